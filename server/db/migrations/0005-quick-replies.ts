import { type Kysely, sql } from 'kysely';

/** What the team says often. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table quick_reply (
      id bigint primary key generated always as identity,
      shortcut text not null,
      -- The shortcut as search compares it.
      shortcut_key text not null unique,
      text text not null
    )`.execute(db);
}
