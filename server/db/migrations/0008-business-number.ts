import { type Kysely, sql } from 'kysely';

/** The number that is sent from: how it is written, which messages are its own, and which statuses are this database's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [number, claims, retries]) await sql.raw(statement).execute(db);
}

const number = /* sql */ `
alter table channel
  add column number text,
  -- Meta's id of it.
  add column number_id text,
  -- Goes with each message and comes back with its statuses, which every database on the same WhatsApp account is told.
  add column mark text not null default substr(md5(gen_random_uuid()::text), 1, 6);

-- Notes how WhatsApp writes the number; told where it is news.
create function set_channel_number(new_number_id text, new_number text) returns void language plpgsql as $$
begin
  perform lock_feed();
  update channel set number_id = new_number_id, number = new_number
    where (number_id, number) is distinct from (new_number_id, new_number);
  if not found then return; end if;
  insert into comms_feed (position, subject, change) values (feed_end() + 1, 'channel', 'UPDATED');
  perform advance_feed();
end $$;
`;

const claims = /* sql */ `
/*
 * As before, but what went with a message may end with this database's mark (entry.number.mark); with another's it
 * isn't ours.
 */
create or replace function apply_statuses(wamids text[]) returns void language plpgsql
set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  touched bigint[];
  ours text := (select '^[0-9]{1,15}\\.[0-9]{1,6}(\\.' || mark || ')?$' from channel);
begin
  if cardinality(wamids) = 0 then return; end if;
  update send_attempt a set wamid = m.ext_message_id
  from (
    select distinct on (m.callback_data) m.ext_message_id, m.callback_data,
      split_part(m.callback_data, '.', 1)::bigint as entry_id, split_part(m.callback_data, '.', 2)::integer as number
    from message_status m
    where m.ext_message_id = any (wamids) and m.callback_data ~ ours
    order by m.callback_data, m.id
  ) m
  where a.entry_id = m.entry_id and a.number = m.number and a.wamid is null and a.outcome is distinct from 'REFUSED'
    and not exists (select from send_attempt other where other.wamid = m.ext_message_id);

  with told as (
    select m.ext_message_id,
      min(m.occurred_at) filter (where m.status = 'sent') as sent_at,
      min(m.occurred_at) filter (where m.status = 'delivered') as delivered_at,
      min(m.occurred_at) filter (where m.status in ('read', 'played')) as read_at,
      min(m.occurred_at) filter (where m.status = 'failed') as failed_at,
      (array_agg(m.errors -> 0 order by m.id) filter (where m.status = 'failed'))[1] as error
    from message_status m where m.ext_message_id = any (wamids) group by m.ext_message_id
  ), changed as (
    update send_attempt a set
      sent_at = coalesce(t.sent_at, a.sent_at), delivered_at = coalesce(t.delivered_at, a.delivered_at),
      read_at = coalesce(t.read_at, a.read_at), failed_at = coalesce(a.failed_at, t.failed_at),
      error_code = coalesce(t.error ->> 'code', a.error_code),
      error_details = case when t.error is null then a.error_details
        else coalesce(t.error ->> 'details', t.error ->> 'message') end
    from told t where a.wamid = t.ext_message_id
    returning a.entry_id
  )
  select array_agg(distinct c.entry_id) into touched from changed c;
  -- What was held until somebody knows is known.
  delete from outbox o where o.entry_id = any (touched) and o.state = 'UNKNOWN';
  perform refresh_entries(touched);
end $$;
`;

const retries = /* sql */ `
drop function retry_send(bigint, text);
-- As before, but it goes out by the number that is the company's now. Without one (the older version): by the same.
create function retry_send(wanted bigint, its_recipient text, by_number text default null)
returns void language plpgsql as $$
begin
  perform lock_feed();
  insert into outbox (entry_id, recipient)
  select e.id, its_recipient from comms_entry e
  where e.id = wanted and e.direction = 'OUTBOUND' and e.status in ('FAILED', 'UNKNOWN')
  on conflict (entry_id) do update set state = 'WAITING', not_before = clock_timestamp(), waits = 0, waiting_since = null
    where outbox.state = 'UNKNOWN';
  if not found then return; end if;
  update comms_entry set business_number_id = coalesce(by_number, business_number_id) where id = wanted;
  perform refresh_entries(array[wanted]);
  perform advance_feed();
end $$;
`;
