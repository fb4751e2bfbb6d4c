import { type Kysely, sql } from 'kysely';

/** Up to which entry WhatsApp has been told that it was read, of each who writes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [column, taking]) await sql.raw(statement).execute(db);
}

const column = /* sql */ `
alter table sender add column read_told bigint not null default 0;
`;

const taking = /* sql */ `
/*
 * The newest message of each who wrote in a conversation to a number of the company's, up to an entry, where no newer one
 * was taken before: whoever takes it tells WhatsApp that it was read.
 */
create function take_untold_reads(wanted text, up_to bigint, to_number text) returns setof text language plpgsql as $$
begin
  perform lock_feed();
  return query
  update sender s set read_told = newest.id
  from sender known cross join lateral (
    select e.id, e.ext_message_id from comms_entry e
    where e.conversation_id = wanted and e.sender_id = known.id and e.id <= up_to
      and e.direction = 'INBOUND' and e.ext_message_id is not null and e.business_number_id = to_number
    order by e.id desc limit 1
  ) newest
  where known.conversation_id = wanted and s.id = known.id and s.read_told < newest.id
  returning newest.ext_message_id;
end $$;
`;
