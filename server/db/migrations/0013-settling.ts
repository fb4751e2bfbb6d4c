import { type Kysely, sql } from 'kysely';

/**
 * Takes off the way into the log what need not be done for each message: what was said means something for its
 * conversation, the customer service window and what is unread, and that is worked out for many at once, by whoever
 * reads or changes those next.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [settling, people, reading, appending]) await sql.raw(statement).execute(db);
}

const settling = /* sql */ `
-- Of the messages that WhatsApp refused none has an id: whoever looks for those without one looked through them all.
alter table send_attempt drop constraint send_attempt_wamid_key;
create unique index send_attempt_wamid_key on send_attempt (wamid) where wamid is not null;

-- Up to where conversations, windows and marks say what the log says.
alter table feed_head add column settled bigint;
update feed_head set settled = position;
alter table feed_head alter column settled set not null, alter column settled set default 0;

/*
 * Brings conversations, windows and marks up to date with the log. Whoever reads them asks for this first; whoever
 * changes them, but for append_batch, has it done by lock_feed.
 */
create function settle() returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  head feed_head;
begin
  if exists (select from feed_head where settled = position) then return; end if;
  select * into head from feed_head for update;
  with fresh as materialized (
    select e.id, e.conversation_id, e.sender_id, e.type, e.direction, e.spoken, e.phone, e.sender_name,
      e.business_number_id, e.occurred_at, e.logged_at
    from comms_entry e where e.id > head.settled and e.id <= head.position
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
  update feed_head set settled = head.position;
end $$;

create or replace function lock_feed() returns bigint language plpgsql as $$
declare
  head bigint;
begin
  select position into head from feed_head for update;
  perform settle();
  return head;
end $$;

-- As before; what was settled before the change still is.
create or replace function advance_feed() returns void language plpgsql as $$
begin
  update feed_head h set position = step.newest,
    comms_position = coalesce(step.comms, h.comms_position), inbox_position = coalesce(step.inbox, h.inbox_position),
    settled = case when h.settled = h.position then step.newest else h.settled end
  from (
    select max(s.position) as newest,
      max(s.position) filter (where s.subject = 'entry') as comms,
      max(s.position) filter (where s.staff_id is null and (s.subject <> 'entry' or s.change = 'LOGGED')) as inbox
    from feed_step s where s.position > (select position from feed_head)
  ) step
  where step.newest is not null;
  perform pg_notify('comms_feed', '');
end $$;
`;

const people = /* sql */ `
drop function know_sender(text, text, text, text, text, text, text);
-- The sender whom an item names, made where nobody is known. What the item tells of them is kept, also for search.
create function know_sender(
  item_phone text, item_phone_key text, item_user_id text, item_name text, item_search text,
  new_phone_key text, new_user_id text
) returns sender language plpgsql as $$
declare
  known bigint := find_sender(item_phone_key, item_user_id);
  kept_id text := 'unknown:' || coalesce(item_phone, item_user_id, new_user_id);
  home text;
  them sender;
begin
  -- A changed identity whose old one nobody knew.
  if known is null then known := find_sender(new_phone_key, new_user_id); end if;
  if known is null then
    home := coalesce(find_customer(item_phone_key, item_phone), kept_id);
    insert into conversation (id, phone, sender_name, search_text)
      values (home, item_phone, item_name, item_search) on conflict do nothing;
    insert into sender (unknown_id, conversation_id) values (kept_id, home) returning id into known;
  end if;
  insert into sender_identifier (identifier, sender_id)
    select identifier, known from unnest(array[
      'phone:' || item_phone_key, 'user:' || item_user_id, 'phone:' || new_phone_key, 'user:' || new_user_id
    ]) identifier where identifier is not null
    on conflict do nothing;
  -- Only what is news: many of a new sender's messages may come at once.
  update sender s set profile_name = coalesce(item_name, s.profile_name), phone = coalesce(item_phone, s.phone),
    user_id = coalesce(item_user_id, s.user_id)
  where s.id = known and (coalesce(item_name, s.profile_name), coalesce(item_phone, s.phone), coalesce(item_user_id, s.user_id))
    is distinct from (s.profile_name, s.phone, s.user_id);
  select * into them from sender where id = known;
  perform find_by(them.conversation_id, item_search);
  return them;
end $$;

-- Lets a conversation be found by names and numbers.
create function find_by(conversation text, names text) returns void language sql as $$
  update conversation c set search_text = left(concat_ws(' ', names, c.search_text), 1000)
  where c.id = conversation and position(names in c.search_text) = 0
$$;
`;

const reading = /* sql */ `
-- As before, but what is not settled yet belongs to the last moment.
create or replace function mark_everything_read(reader text) returns void language plpgsql as $$
declare
  head bigint := (select settled from feed_head);
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

const appending = /* sql */ `
/*
 * Logs what is new among the items, in their order, and keeps the bodies that they came in, which come one behind the
 * other: as an array of bytea each would be written out in digits. The caller gets a row for each message.
 *
 * What entries mean beyond themselves is left to settle(), unless so much of that has come together that who reads next
 * would wait for it. Whom a message names is looked for message by message, in order.
 */
create function append_batch(
  hashes bytea, bodies bytea, starts integer[], lengths integer[], body_problems jsonb, messages jsonb, statuses jsonb
) returns table (ordinal integer, entry_id bigint, logged boolean) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  head feed_head;
  logged_now timestamptz(3);
  body_ids bigint[];
  newest bigint;
begin
  select * into head from feed_head for update;
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
  ), note as (
    update webhook_body w set problems = coalesce(w.problems, '[]') || (select g.problems from given g where g.id = w.id)
    where w.id = any (array(select g.id from given g where not g.is_new and g.problems is not null))
      and not coalesce(w.problems, '[]') @> (select g.problems from given g where g.id = w.id)
  )
  select array_agg(g.id order by g.index) into body_ids from given g;

  if statuses <> '[]' then
    insert into message_status (ext_message_id, status, occurred_at, callback_data, errors)
      select s.ext_message_id, s.status, coalesce(s.occurred_at, logged_now), s.callback_data, s.errors
      from jsonb_to_recordset(statuses) as s (
        ext_message_id text, status text, occurred_at timestamptz, callback_data text, errors jsonb)
      on conflict do nothing;
    perform apply_statuses(array(
      select distinct s.ext_message_id from jsonb_to_recordset(statuses) as s (ext_message_id text)));
    perform advance_feed();
    select * into head from feed_head;
  end if;
  if messages = '[]' then return; end if;

  return query
  with item as materialized (
    select n.*, head.position + count(*) filter (where n.present_id is null) over (rows unbounded preceding) as id
    from (
      select m.*, home.home_id, home.home_sender_id, same.present_id,
        case when m.conversation_id is not null or same.present_id is not null then null
          when s.id is null or m.new_phone_key is not null or m.new_user_id is not null
            or phone.identifier is null and m.phone_key is not null
            or account.identifier is null and m.user_id is not null
            or m.direction = 'INBOUND' and m.sender_name is not null
              and (m.sender_name, coalesce(m.phone, s.phone), coalesce(m.user_id, s.user_id))
                is distinct from (s.profile_name, s.phone, s.user_id)
          then know_sender(m.phone, m.phone_key, m.user_id, m.sender_name, m.sender_search, m.new_phone_key, m.new_user_id)
          else s end as them
      from jsonb_to_recordset(messages) as m (
        ordinal integer, body_index integer, conversation_id text, type text, direction text, text text,
        status text, ext_message_id text, item_hash text, phone text, phone_key text, user_id text, sender_name text,
        sender_search text, new_phone_key text, new_user_id text, business_number_id text, occurred_at timestamptz,
        logged_at timestamptz, author_id text, search_text text, spoken boolean, idempotency_key text, recipient_user_id text)
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
      idempotency_key, recipient_user_id)
    select i.id, coalesce(i.home_id, (i.them).conversation_id), coalesce(i.home_sender_id, (i.them).id), i.type,
      i.direction, i.text, i.status, i.spoken, i.ext_message_id, i.item_hash, i.phone, i.sender_name,
      i.business_number_id, least(i.occurred_at, coalesce(i.logged_at, logged_now)), coalesce(i.logged_at, logged_now),
      i.author_id, body_ids[i.body_index], i.idempotency_key, i.recipient_user_id
    from item i where i.present_id is null
  ),
  to_send as (
    insert into outbox (entry_id, recipient)
    select i.id, coalesce('phone:' || i.phone_key, 'user:' || i.recipient_user_id) from item i
    where i.present_id is null and i.status = 'QUEUED'
  ),
  searchable as (
    insert into entry_search_queue (entry_id, search_text)
    select i.id, i.search_text from item i where i.present_id is null
  )
  select i.ordinal, coalesce(i.present_id, i.id), i.present_id is null from item i;

  newest := (select max(id) from comms_entry where id > head.position);
  if newest is null then return; end if;
  update feed_head set position = newest, comms_position = newest, inbox_position = newest;
  perform pg_notify('comms_feed', '');
  if messages @? '$[*] ? (@.direction != "INBOUND" || exists (@.conversation_id))' then
    perform find_by(coalesce(home.moved_to, home.id), m.sender_search)
      from jsonb_to_recordset(messages) as m (conversation_id text, sender_search text)
      join conversation home on home.id = m.conversation_id;
    perform settle();
  elsif newest - head.settled > 5000 then
    perform settle();
  end if;
end $$;

-- The older version's ways.
create or replace function append_comms(
  hashes bytea[], bodies bytea[], body_problems jsonb, messages jsonb, statuses jsonb
) returns table (ordinal integer, entry_id bigint, logged boolean) language sql as $$
  select a.* from (
    select coalesce(string_agg(b.sha256, '' order by index), '') as hashes,
      coalesce(string_agg(b.bytes, '' order by index), '') as bodies,
      array_agg((b.before + 1)::integer order by index) as starts, array_agg(length(b.bytes) order by index) as lengths
    from (
      select *, sum(length(bytes)) over (order by index) - length(bytes) as before
      from unnest(hashes, bodies) with ordinality as b (sha256, bytes, index)
    ) b
  ) run, append_batch(run.hashes, run.bodies, run.starts, run.lengths, body_problems, messages, statuses) a
$$;

create or replace function append_message(hash bytea, body bytea, message jsonb)
returns table (ordinal integer, entry_id bigint, logged boolean) language sql as $$
  select * from append_batch(hash, body, array[1], array[length(body)], '[]', jsonb_build_array(message), '[]')
$$;
`;
