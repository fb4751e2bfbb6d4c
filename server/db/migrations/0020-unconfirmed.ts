import { type Kysely, sql } from 'kysely';

/**
 * A message of which nobody knows whether it went out waits for a person as one that failed does: its conversation is
 * found by the same mark, also after the customer has gone on talking.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [counting, marking, farewell]) await sql.raw(statement).execute(db);
}

const counting = /* sql */ `
-- As before, but what isn't known to have gone out counts as what failed.
create or replace function refresh_conversation(wanted text) returns void language sql as $$
  update conversation c set
    revision = c.revision + 1,
    last_entry_id = newest.id,
    last_occurred_at = newest.occurred_at,
    last_activity_at = coalesce(total.logged_at, customer.created_at, c.last_activity_at),
    inbound_count = total.inbound,
    unanswered = coalesce((
      select e.direction = 'INBOUND' and not e.answered from comms_entry e
      where e.conversation_id = wanted and coalesce(e.spoken, e.direction <> 'INTERNAL') order by e.id desc limit 1), false),
    failed = coalesce((
      select e.status in ('FAILED', 'UNKNOWN') from comms_entry e
      where e.conversation_id = wanted and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' and e.discarded_at is null
      order by e.id desc limit 1), false),
    phone = coalesce((
      select e.phone from comms_entry e where e.conversation_id = wanted and e.phone is not null
      order by e.id desc limit 1), unknown.phone),
    sender_name = coalesce((
      select e.sender_name from comms_entry e where e.conversation_id = wanted and e.sender_name is not null
      order by e.id desc limit 1), unknown.profile_name)
  from (
    select count(*) filter (where direction = 'INBOUND') as inbound, max(logged_at) as logged_at
    from comms_entry where conversation_id = wanted
  ) total
  left join lateral (
    select id, occurred_at from comms_entry where conversation_id = wanted order by occurred_at desc, id desc limit 1
  ) newest on true
  left join customer on customer.id = wanted
  left join sender unknown on unknown.unknown_id = wanted
  where c.id = wanted;

  delete from conversation_type where conversation_id = wanted;
  insert into conversation_type (type, conversation_id)
    select distinct type, conversation_id from comms_entry where conversation_id = wanted;
$$;

-- The same.
create or replace function refresh_failed(entry_ids bigint[]) returns void language plpgsql as $$
begin
  with changed as (
    update conversation c set failed = not c.failed, revision = c.revision + 1
    where c.id = any (array(select distinct e.conversation_id from comms_entry e where e.id = any (entry_ids)))
      and (c.failed or exists (
        select from comms_entry e
        where e.id = any (entry_ids) and e.conversation_id = c.id and e.status in ('FAILED', 'UNKNOWN')))
      and c.failed <> coalesce((
        select e.status in ('FAILED', 'UNKNOWN') from comms_entry e
        where e.conversation_id = c.id and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' and e.discarded_at is null
        order by e.id desc limit 1), false)
    returning c.id
  )
  insert into comms_feed (position, subject, change, subject_id)
  select (select feed_end()) + row_number() over (order by id), 'conversation', 'UPDATED', id from changed;
end $$;
`;

const marking = /* sql */ `
select lock_feed();
select refresh_failed(array(select entry_id from outbox where state = 'UNKNOWN'));
select advance_feed();
`;

const farewell = /* sql */ `
-- What only the version before the last one needed.
drop function append_items;
`;
