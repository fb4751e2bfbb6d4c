import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { CommsType } from './entry.ts';

export type ConversationCounts = {
  all: number;
  unread: number;
  unanswered: number;
  unknown: number;
  failed: number;
  types: { type: CommsType; count: number }[];
};

/** Past this nobody wants to know how many. */
const COUNTED = 1_000;
const TYPES: readonly CommsType[] = ['WHATSAPP', 'EMAIL', 'SMS', 'CALL', 'NOTE', 'MEETING'];

/** How many conversations there are of each kind; unread: by who asks. */
export async function countConversations(db: Kysely<DB>, readerId: string): Promise<ConversationCounts> {
  const ofTypes = TYPES.map(
    (type) => sql`${countUpTo(sql`conversation_type where type = ${type}`)} as ${sql.ref(type)}`,
  );
  const { rows } = await sql<Omit<ConversationCounts, 'types'> & Record<string, number>>`
    select
      ${countUpTo(sql`conversation c where c.moved_to is null`)} as all,
      ${countUpTo(sql`read_mark m where m.staff_id = ${readerId} and m.behind`)} as unread,
      ${countUpTo(sql`conversation c where c.moved_to is null and c.unanswered`)} as unanswered,
      ${countUpTo(sql`conversation c where c.moved_to is null and c.customer_id is null`)} as unknown,
      ${countUpTo(sql`conversation c where c.moved_to is null and c.failed`)} as failed,
      ${sql.join(ofTypes)}`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('counting answered nothing');
  return { ...counts, types: TYPES.map((type) => ({ type, count: counts[type.toLowerCase()] ?? 0 })) };
}

function countUpTo(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) from (select from ${rows} limit ${COUNTED}) counted)`;
}
