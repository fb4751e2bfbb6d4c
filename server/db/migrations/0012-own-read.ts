import { type Kysely, sql } from 'kysely';

/** Who logs what a customer said has read it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(ownRead).execute(db);
}

const ownRead = /* sql */ `
-- Moves somebody's read mark on over an entry of their own, where that is all that they have not read.
create function mark_own_read(reader text, logged bigint) returns void language plpgsql as $$
declare
  conversation text;
  read_up_to bigint;
begin
  perform lock_feed();
  select e.conversation_id into conversation from comms_entry e where e.id = logged;
  select m.up_to_entry_id into read_up_to from read_mark m where m.staff_id = reader and m.conversation_id = conversation;
  if oldest_unread(conversation, coalesce(read_up_to, 0)) = logged then
    perform mark_read(reader, conversation, logged);
  end if;
end $$;
`;
