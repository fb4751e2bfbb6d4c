import { type Kysely, sql } from 'kysely';

/** What failed and is not to be sent any more, by somebody's decision. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [columns, counting, deciding]) await sql.raw(statement).execute(db);
}

const columns = /* sql */ `
alter table comms_entry add column discarded_at timestamptz(3), add column discarded_by text;
`;

const counting = /* sql */ `
-- As before, but what was discarded doesn't count as failed.
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
      select e.status = 'FAILED' from comms_entry e
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
        select from comms_entry e where e.id = any (entry_ids) and e.conversation_id = c.id and e.status = 'FAILED'))
      and c.failed <> coalesce((
        select e.status = 'FAILED' from comms_entry e
        where e.conversation_id = c.id and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' and e.discarded_at is null
        order by e.id desc limit 1), false)
    returning c.id
  )
  insert into comms_feed (position, subject, change, subject_id)
  select (select feed_end()) + row_number() over (order by id), 'conversation', 'UPDATED', id from changed;
end $$;
`;

const deciding = /* sql */ `
-- Somebody's decision that a message that failed is not to be sent any more. It stays in the log.
create function discard_send(wanted bigint, by_staff text) returns void language plpgsql as $$
begin
  perform lock_feed();
  with discarded as (
    update comms_entry e set discarded_at = clock_timestamp(), discarded_by = by_staff, revision = e.revision + 1
    where e.id = wanted and e.direction = 'OUTBOUND' and e.status = 'FAILED' and e.discarded_at is null
    returning e.id, e.type, e.conversation_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
  select feed_end() + 1, 'entry', 'UPDATED', d.id, d.type, d.conversation_id from discarded d;
  if not found then return; end if;
  perform refresh_failed(array[wanted]);
  perform advance_feed();
end $$;

-- As before, and what was discarded is to be sent after all.
create or replace function retry_send(wanted bigint, its_recipient text, by_number text default null)
returns void language plpgsql as $$
begin
  perform lock_feed();
  insert into outbox (entry_id, recipient)
  select e.id, its_recipient from comms_entry e
  where e.id = wanted and e.direction = 'OUTBOUND' and e.status in ('FAILED', 'UNKNOWN')
  on conflict (entry_id) do update set state = 'WAITING', not_before = clock_timestamp(), waits = 0, waiting_since = null
    where outbox.state = 'UNKNOWN';
  if not found then return; end if;
  update comms_entry set business_number_id = coalesce(by_number, business_number_id), discarded_at = null,
    discarded_by = null where id = wanted;
  perform refresh_entries(array[wanted]);
  perform advance_feed();
end $$;
`;
