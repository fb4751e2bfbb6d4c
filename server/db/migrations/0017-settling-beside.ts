import { type Kysely, sql } from 'kysely';

/**
 * Lets messages be logged while others are settled: how far that has come is a row of its own, and so is its lock. Whoever
 * needs both takes that of the feed first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [place, settling, advancing, naming, appending]) await sql.raw(statement).execute(db);
}

const place = /* sql */ `
-- Up to where conversations, windows and marks say what the log says. (feed_head.settled: for the version before this one.)
create table settled_head (
  single boolean primary key default true check (single),
  position bigint not null
);
insert into settled_head (position) select settled from feed_head;
`;

const settling = /* sql */ `
-- As before, but beside the messages that are logged meanwhile.
create or replace function settle() returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  done bigint;
  head bigint;
begin
  if exists (select from feed_head join settled_head using (position)) then return; end if;
  select position into done from settled_head for update;
  head := (select position from feed_head);
  if done = head then return; end if;
  with fresh as materialized (
    select e.id, e.conversation_id, e.sender_id, e.type, e.direction, e.spoken, e.phone, e.sender_name,
      e.business_number_id, e.occurred_at, e.logged_at
    from comms_entry e where e.id > done and e.id <= head
  ),
  service_window as (
    insert into customer_service_window as w (sender_id, business_number_id, last_message_at)
    select f.sender_id, f.business_number_id, max(f.occurred_at) from fresh f
    where f.spoken and f.direction = 'INBOUND' and f.type = 'WHATSAPP'
      and f.sender_id is not null and f.business_number_id is not null
    group by f.sender_id, f.business_number_id
    on conflict (sender_id, business_number_id) do update
      set last_message_at = greatest(w.last_message_at, excluded.last_message_at)
  ),
  news as materialized (
    select f.conversation_id,
      (array_agg(f.id order by f.occurred_at desc, f.id desc))[1] as newest_id,
      max(f.occurred_at) as newest_occurred_at,
      max(f.logged_at) as logged_at,
      count(*) filter (where f.direction = 'INBOUND') as inbound,
      bool_or(f.direction = 'OUTBOUND' and f.type = 'WHATSAPP') as sent,
      (array_agg(f.direction = 'INBOUND') filter (where f.spoken))[1] as unanswered,
      (array_agg(f.phone) filter (where f.phone is not null))[1] as phone,
      (array_agg(f.sender_name) filter (where f.sender_name is not null))[1] as sender_name
    from (select * from fresh order by conversation_id, id desc) f group by f.conversation_id
  ),
  talk as (
    update conversation c set
      revision = c.revision + 1,
      last_entry_id = case when n.newest_occurred_at >= coalesce(c.last_occurred_at, '-infinity')
        then n.newest_id else c.last_entry_id end,
      last_occurred_at = greatest(c.last_occurred_at, n.newest_occurred_at),
      last_activity_at = greatest(n.logged_at, case when c.last_entry_id is not null then c.last_activity_at end),
      unanswered = coalesce(n.unanswered, c.unanswered),
      failed = c.failed and not n.sent,
      inbound_count = c.inbound_count + n.inbound,
      phone = coalesce(n.phone, c.phone),
      sender_name = coalesce(n.sender_name, c.sender_name)
    from news n where c.id = n.conversation_id
    returning c.id, n.inbound > 0 and c.inbound_count = n.inbound as heard_first
  ),
  kind as (
    insert into conversation_type (type, conversation_id)
    select distinct f.type, f.conversation_id from fresh f
    where not exists (
      select from conversation_type t where t.type = f.type and t.conversation_id = f.conversation_id)
    on conflict do nothing
  ),
  unread as (
    update read_mark m set behind = true
    where not m.behind and m.conversation_id = any (array(select n.conversation_id from news n where n.inbound > 0))
  )
  -- Everybody has a mark where anything was heard.
  insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count, revision, behind)
  select staff.id, t.id, 0, 0, 0, true from talk t cross join staff where t.heard_first
  on conflict do nothing;
  update settled_head set position = head;
end $$;

-- The same.
create or replace function mark_everything_read(reader text) returns void language plpgsql as $$
declare
  head bigint := (select position from settled_head);
begin
  insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count)
    select reader, c.id, head, c.inbound_count from conversation c where c.inbound_count > 0
    on conflict do nothing;
  perform lock_feed();
  insert into read_mark as m (staff_id, conversation_id, up_to_entry_id, read_count)
    select reader, c.id, h.position, c.inbound_count from conversation c, feed_head h
    where c.inbound_count > 0 and c.id in (select conversation_id from comms_entry where id > head)
    on conflict (staff_id, conversation_id) do update
      set up_to_entry_id = excluded.up_to_entry_id, read_count = excluded.read_count, behind = false;
end $$;
`;

const advancing = /* sql */ `
-- As before. Who settles just now says how far that came without being told.
create or replace function advance_feed() returns void language plpgsql as $$
declare
  before bigint := (select position from feed_head);
  step record;
begin
  select max(s.position) as newest,
    max(s.position) filter (where s.subject = 'entry') as comms,
    max(s.position) filter (where s.staff_id is null and (s.subject <> 'entry' or s.change = 'LOGGED')) as inbox
  into step from feed_step s where s.position > before;
  if step.newest is not null then
    update feed_head h set position = step.newest,
      comms_position = coalesce(step.comms, h.comms_position), inbox_position = coalesce(step.inbox, h.inbox_position);
    update settled_head set position = step.newest
      where position = before and exists (select from settled_head for update skip locked);
  end if;
  perform pg_notify('comms_feed', '');
end $$;
`;

const naming = /* sql */ `
-- As before. Settling changes conversations too, in another order.
create or replace function find_by(conversation text, names text) returns void language plpgsql as $$
begin
  if exists (select from conversation c where c.id = $1 and position(names in c.search_text) = 0) then
    perform from settled_head for update;
    update conversation c set search_text = left(concat_ws(' ', names, c.search_text), 1000)
    where c.id = $1 and position(names in c.search_text) = 0;
  end if;
end $$;
`;

const appending = /* sql */ `
drop function append_comms, append_message;

/*
 * As append_batch, which stays for the version before this one, but what hardly a batch has is looked for only where it
 * has it; items come as json, which takes a third less than to make jsonb of them first; and the caller is told in one
 * row: the entries of the messages in their order, of which those are new that lie behind \`logged_after\`.
 */
create function append_items(
  hashes bytea, bodies bytea, starts integer[], lengths integer[], body_problems jsonb, messages json, statuses json
) returns table (logged_after bigint, entry_ids jsonb) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  head bigint;
  logged_now timestamptz(3);
  body_ids bigint[];
  newest bigint;
  to_send boolean;
  told_home boolean;
  changing text[];
begin
  select position into head from feed_head for update;
  logged_now := clock_timestamp();
  with given as materialized (
    select b.index, b.sha256, substr(bodies, b.start, b.length) as bytes,
      nullif(body_problems -> (b.index::integer - 1), 'null') as problems,
      kept.id is null as is_new, coalesce(kept.id, nextval('webhook_body_id_seq')) as id
    from (
      select index, substr(hashes, 32 * index::integer - 31, 32) as sha256, start, length
      from unnest(starts, lengths) with ordinality as b (start, length, index) offset 0
    ) b left join webhook_body kept on kept.sha256 = b.sha256
  ), keep as (
    insert into webhook_body (id, sha256, bytes, problems) overriding system value
    select g.id, g.sha256, g.bytes, g.problems from given g where g.is_new
  )
  select array_agg(g.id order by g.index) into body_ids from given g;
  if body_problems <> '[]' then
    update webhook_body w set problems = coalesce(w.problems, '[]') || g.problems
    from (select id, body_problems -> (index::integer - 1) as problems from unnest(body_ids) with ordinality g (id, index)) g
    where w.id = g.id and g.problems <> 'null' and not coalesce(w.problems, '[]') @> g.problems;
  end if;

  if statuses::text <> '[]' then
    insert into message_status (ext_message_id, status, occurred_at, callback_data, errors)
      select s.ext_message_id, s.status, coalesce(s.occurred_at, logged_now), s.callback_data, s.errors
      from json_to_recordset(statuses) as s (
        ext_message_id text, status text, occurred_at timestamptz, callback_data text, errors jsonb)
      on conflict do nothing;
    perform apply_statuses(array(
      select distinct s.ext_message_id from json_to_recordset(statuses) as s (ext_message_id text)));
    perform advance_feed();
    head := (select position from feed_head);
  end if;
  if messages::text = '[]' then return; end if;

  with item as materialized (
    select n.*, head + count(*) filter (where n.present_id is null) over (rows unbounded preceding) as id
    from (
      select m.*, home.home_id, home.home_sender_id, same.present_id, s.id as sender_id, s.conversation_id as sender_home,
        case when m.conversation_id is null and same.present_id is null and (
          s.id is null or m.new_phone_key is not null or m.new_user_id is not null
          or phone.identifier is null and m.phone_key is not null
          or account.identifier is null and m.user_id is not null
          or m.direction = 'INBOUND' and m.sender_name is not null
            and (m.sender_name, coalesce(m.phone, s.phone), coalesce(m.user_id, s.user_id))
              is distinct from (s.profile_name, s.phone, s.user_id))
        then know_sender(m.phone, m.phone_key, m.user_id, m.sender_name, m.sender_search, m.new_phone_key, m.new_user_id)
        end as told
      from json_to_recordset(messages) as m (
        ordinal integer, body_index integer, conversation_id text, type text, direction text, text text,
        status text, ext_message_id text, item_hash text, phone text, phone_key text, user_id text, sender_name text,
        sender_search text, new_phone_key text, new_user_id text, business_number_id text, occurred_at timestamptz,
        logged_at timestamptz, author_id text, search_text text, spoken boolean, idempotency_key text, recipient_user_id text,
        reference_kind text, reference_id text, reference_text text)
      cross join lateral (
        select coalesce(
          (select e.id from comms_entry e where e.ext_message_id = m.ext_message_id),
          case when m.item_hash is not null then (select e.id from comms_entry e where e.item_hash = m.item_hash) end,
          case when m.idempotency_key is not null then (
            select e.id from comms_entry e where e.author_id = m.author_id and e.idempotency_key = m.idempotency_key) end
        ) as present_id offset 0
      ) same
      left join lateral (
        select coalesce(c.moved_to, c.id) as home_id, (
            select s.id from sender s where s.conversation_id = c.id and c.customer_id is null) as home_sender_id
        from conversation c where c.id = m.conversation_id
      ) home on true
      left join sender_identifier phone on m.conversation_id is null and phone.identifier = 'phone:' || m.phone_key
      left join sender_identifier account on m.conversation_id is null and account.identifier = 'user:' || m.user_id
      left join sender s on s.id = case when phone.sender_id is distinct from account.sender_id
        and phone.sender_id is not null and account.sender_id is not null
        then find_sender(m.phone_key, m.user_id)
        else coalesce(account.sender_id, phone.sender_id) end
    ) n
  ),
  entry as (
    insert into comms_entry (id, conversation_id, sender_id, type, direction, body, status, spoken, ext_message_id,
      item_hash, phone, sender_name, business_number_id, occurred_at, logged_at, author_id, webhook_body_id,
      idempotency_key, recipient_user_id, reference_kind, reference_id, reference_text)
    select i.id, coalesce(i.home_id, (i.told).conversation_id, i.sender_home),
      coalesce(i.home_sender_id, (i.told).id, i.sender_id), i.type,
      i.direction, i.text, i.status, i.spoken, i.ext_message_id, i.item_hash, i.phone, i.sender_name,
      i.business_number_id, least(i.occurred_at, coalesce(i.logged_at, logged_now)), coalesce(i.logged_at, logged_now),
      i.author_id, body_ids[i.body_index], i.idempotency_key, i.recipient_user_id, i.reference_kind, i.reference_id,
      i.reference_text
    from item i where i.present_id is null
  ),
  searchable as (
    insert into entry_search_queue (entry_id, search_text)
    select i.id, i.search_text from item i where i.present_id is null
  )
  select head, jsonb_agg(coalesce(i.present_id, i.id) order by i.ordinal), max(i.id) filter (where i.present_id is null),
    bool_or(i.status = 'QUEUED'), bool_or(i.direction <> 'INBOUND' or i.conversation_id is not null),
    array_agg(i.reference_id) filter (where i.present_id is null and i.reference_kind <> 'REPLY')
      || array_agg(i.ext_message_id) filter (where i.present_id is null and exists (
        select from comms_entry r where r.reference_kind <> 'REPLY' and r.reference_id = i.ext_message_id))
  into logged_after, entry_ids, newest, to_send, told_home, changing from item i;
  return next;
  if newest is null then return; end if;

  if to_send then
    insert into outbox (entry_id, recipient)
      select m.entry_id, coalesce('phone:' || m.phone_key, 'user:' || m.recipient_user_id)
      from (
        select (entry_ids -> (m.ordinal - 1))::bigint as entry_id, m.* from json_to_recordset(messages) as m (
          ordinal integer, status text, phone_key text, recipient_user_id text)
      ) m
      where m.status = 'QUEUED' and m.entry_id > head;
  end if;
  update feed_head set position = newest, comms_position = newest, inbox_position = newest;
  perform pg_notify('comms_feed', '');
  if changing is not null then
    perform annotate(changing);
    perform advance_feed();
  end if;
  if told_home then
    perform find_by(coalesce(home.moved_to, home.id), m.sender_search)
      from json_to_recordset(messages) as m (conversation_id text, sender_search text)
      join conversation home on home.id = m.conversation_id;
    perform settle();
  elsif newest - (select position from settled_head) > 20000 then
    perform settle();
  end if;
end $$;
`;
