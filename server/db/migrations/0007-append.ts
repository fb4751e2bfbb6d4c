import { type Kysely, sql } from 'kysely';

/** The way into the log, as fast as the tables allow. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [indexes, searching, appending, appendingOne]) await sql.raw(statement).execute(db);
}

const indexes = /* sql */ `
-- Few entries have one of these: an index of the others costs each new one a look.
alter table comms_entry drop constraint comms_entry_item_hash_key;
create unique index comms_entry_by_item_hash on comms_entry (item_hash) where item_hash is not null;
alter table comms_entry drop constraint comms_entry_author_id_idempotency_key_key;
create unique index comms_entry_by_idempotency_key on comms_entry (author_id, idempotency_key)
  where idempotency_key is not null;
-- Of WhatsApp messages there are so many that the log itself is as good an index.
drop index comms_entry_by_type;
create index comms_entry_by_type on comms_entry (type, id desc) where type <> 'WHATSAPP';

-- Looked for by age once an hour, in the order in which they came.
drop index comms_feed_by_age;
create index comms_feed_by_age on comms_feed using brin (created_at);
drop index webhook_body_by_age;
create index webhook_body_by_age on webhook_body using brin (received_at);
drop index message_status_by_age;
create index message_status_by_age on message_status using brin (received_at);

-- What changes again and again stays where it is, out of the indexes' sight.
alter table comms_entry set (fillfactor = 90);
alter table send_attempt set (fillfactor = 70);
alter table customer_service_window set (fillfactor = 50);

-- append_comms makes or finds both, and nobody removes one.
alter table comms_entry drop constraint comms_entry_conversation_id_fkey;
alter table comms_entry drop constraint comms_entry_sender_id_fkey;

-- As good as an index that keeps it unique.
alter table conversation add check (customer_id = id);
alter table conversation drop constraint conversation_customer_id_key;
`;

const searching = /* sql */ `
-- What a conversation is found by, beside it: a conversation changes with every message, and this hardly ever.
drop index conversation_search;
create table conversation_search (
  conversation_id text primary key references conversation,
  search_text text not null
);
insert into conversation_search (conversation_id, search_text) select id, search_text from conversation;
create index conversation_search_trigrams on conversation_search using gin (search_text gin_trgm_ops);

create function note_conversation_search() returns trigger language plpgsql as $$
begin
  insert into conversation_search (conversation_id, search_text) values (new.id, new.search_text)
    on conflict (conversation_id) do update set search_text = excluded.search_text;
  return null;
end $$;
create trigger note_new_conversation_search after insert on conversation
  for each row execute function note_conversation_search();
create trigger note_conversation_search after update of search_text on conversation
  for each row when (old.search_text is distinct from new.search_text) execute function note_conversation_search();
`;

const appending = /* sql */ `
/*
 * As before, but of items that are the same the caller gives one; and what is joined to the items is looked up item by
 * item, whatever the planner believes of tables that were empty when the connection was made.
 */
create or replace function append_comms(
  hashes bytea[], bodies bytea[], body_problems jsonb, messages jsonb, statuses jsonb
) returns table (ordinal integer, entry_id bigint, logged boolean) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  head bigint := lock_feed();
  logged_now timestamptz(3) := clock_timestamp();
begin
  insert into webhook_body (sha256, bytes, problems)
    select b.sha256, b.bytes, nullif(body_problems -> (b.index::integer - 1), 'null')
    from unnest(hashes, bodies) with ordinality as b (sha256, bytes, index)
    on conflict (sha256) do update set problems = coalesce(webhook_body.problems, '[]') || excluded.problems
      where not coalesce(webhook_body.problems, '[]') @> excluded.problems;

  if statuses <> '[]' then
    insert into message_status (ext_message_id, status, occurred_at, callback_data, errors)
      select s.ext_message_id, s.status, coalesce(s.occurred_at, logged_now), s.callback_data, s.errors
      from jsonb_to_recordset(statuses) as s (
        ext_message_id text, status text, occurred_at timestamptz, callback_data text, errors jsonb)
      on conflict do nothing;
    perform apply_statuses(array(
      select distinct s.ext_message_id from jsonb_to_recordset(statuses) as s (ext_message_id text)));
    head := feed_end();
  end if;

  -- People who are new, or of whom something new is told: few, so one by one and in order.
  perform know_sender(m.phone, m.phone_key, m.user_id, m.sender_name, m.sender_search, m.new_phone_key, m.new_user_id)
    from jsonb_to_recordset(messages) as m (
      conversation_id text, phone text, phone_key text, user_id text, sender_name text, sender_search text,
      new_phone_key text, new_user_id text)
    left join sender_identifier phone on phone.identifier = 'phone:' || m.phone_key
    left join sender_identifier account on account.identifier = 'user:' || m.user_id
    where m.conversation_id is null and (
      phone.identifier is null and m.phone_key is not null or account.identifier is null and m.user_id is not null
      or m.new_phone_key is not null or m.new_user_id is not null);

  return query
  with item as materialized (
    select m.*, coalesce(s.id, home_sender.id) as known_sender,
      coalesce(home.moved_to, home.id, s.conversation_id) as home_id,
      least(coalesce(m.occurred_at, m.logged_at, logged_now), coalesce(m.logged_at, logged_now)) as occurred_time,
      coalesce(m.logged_at, logged_now) as logged_time,
      coalesce(same_id.id, same_hash.id, same_key.id) as present_id
    from jsonb_to_recordset(messages) as m (
      ordinal integer, body_index integer, conversation_id text, type text, direction text, text text,
      status text, ext_message_id text, item_hash text, phone text, phone_key text, user_id text, sender_name text,
      sender_search text, new_phone_key text, new_user_id text, business_number_id text, occurred_at timestamptz,
      logged_at timestamptz, author_id text, search_text text, spoken boolean, idempotency_key text, recipient_user_id text)
    left join comms_entry same_id on same_id.ext_message_id = m.ext_message_id
    left join comms_entry same_hash on same_hash.item_hash = m.item_hash
    left join comms_entry same_key on same_key.author_id = m.author_id and same_key.idempotency_key = m.idempotency_key
    left join conversation home on home.id = m.conversation_id
    left join sender home_sender on home_sender.conversation_id = home.id and home.customer_id is null
    left join sender_identifier phone on m.conversation_id is null
      and phone.identifier = 'phone:' || coalesce(m.phone_key, m.new_phone_key)
    left join sender_identifier account on m.conversation_id is null
      and account.identifier = 'user:' || coalesce(m.user_id, m.new_user_id)
    left join sender s on s.id = case when phone.sender_id is distinct from account.sender_id
      and phone.sender_id is not null and account.sender_id is not null
      then find_sender(coalesce(m.phone_key, m.new_phone_key), coalesce(m.user_id, m.new_user_id))
      else coalesce(account.sender_id, phone.sender_id) end
  ),
  fresh as materialized (
    select i.*, head + row_number() over (order by i.ordinal) as id from item i where i.present_id is null
  ),
  entry as (
    insert into comms_entry (id, conversation_id, sender_id, type, direction, body, status, spoken, ext_message_id,
      item_hash, phone, sender_name, business_number_id, occurred_at, logged_at, author_id, webhook_body_id,
      idempotency_key, recipient_user_id)
    select f.id, f.home_id, f.known_sender, f.type, f.direction, f.text, f.status, f.spoken, f.ext_message_id,
      f.item_hash, f.phone, f.sender_name, f.business_number_id, f.occurred_time, f.logged_time, f.author_id, b.id,
      f.idempotency_key, f.recipient_user_id
    from fresh f left join webhook_body b on b.sha256 = hashes[f.body_index]
  ),
  to_send as (
    insert into outbox (entry_id, recipient)
    select f.id, coalesce('phone:' || f.phone_key, 'user:' || f.recipient_user_id) from fresh f where f.status = 'QUEUED'
  ),
  searchable as (
    insert into entry_search_queue (entry_id, search_text) select f.id, f.search_text from fresh f
  ),
  step as (
    insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
    select f.id, 'entry', 'LOGGED', f.id, f.type, f.home_id from fresh f
  ),
  service_window as (
    insert into customer_service_window (sender_id, business_number_id, last_message_at)
    select f.known_sender, f.business_number_id, max(f.occurred_time) from fresh f
    where f.spoken and f.direction = 'INBOUND' and f.type = 'WHATSAPP'
      and f.known_sender is not null and f.business_number_id is not null
    group by f.known_sender, f.business_number_id
    on conflict (sender_id, business_number_id) do update
      set last_message_at = greatest(customer_service_window.last_message_at, excluded.last_message_at)
  ),
  name_given as (
    update sender s set profile_name = n.sender_name, phone = coalesce(n.phone, s.phone), user_id = coalesce(n.user_id, s.user_id)
    from (
      select distinct on (f.known_sender) f.known_sender, f.sender_name, f.phone, f.user_id from fresh f
      where f.sender_name is not null and f.direction = 'INBOUND' order by f.known_sender, f.id desc
    ) n
    where s.id = n.known_sender and (s.profile_name, s.phone, s.user_id) is distinct from
      (n.sender_name, coalesce(n.phone, s.phone), coalesce(n.user_id, s.user_id))
  ),
  talk as (
    update conversation c set
      revision = c.revision + 1,
      last_entry_id = case when t.newest_occurred_at >= coalesce(c.last_occurred_at, '-infinity')
        then t.newest_id else c.last_entry_id end,
      last_occurred_at = greatest(c.last_occurred_at, t.newest_occurred_at),
      last_activity_at = greatest(t.logged_at, case when c.last_entry_id is not null then c.last_activity_at end),
      unanswered = coalesce(t.unanswered, c.unanswered),
      inbound_count = c.inbound_count + t.inbound,
      phone = coalesce(t.phone, c.phone),
      sender_name = coalesce(t.sender_name, c.sender_name),
      search_text = case when position(t.sender_search in c.search_text) = 0
        then left(concat_ws(' ', t.sender_search, c.search_text), 1000) else c.search_text end
    from (
      select f.home_id,
        (array_agg(f.id order by f.occurred_time desc, f.id desc))[1] as newest_id,
        max(f.occurred_time) as newest_occurred_at,
        max(f.logged_time) as logged_at,
        count(*) filter (where f.direction = 'INBOUND') as inbound,
        (array_agg(f.direction = 'INBOUND') filter (where f.spoken))[1] as unanswered,
        (array_agg(f.phone) filter (where f.phone is not null))[1] as phone,
        (array_agg(f.sender_name) filter (where f.sender_name is not null))[1] as sender_name,
        (array_agg(f.sender_search) filter (where f.sender_search is not null))[1] as sender_search
      from (select * from fresh order by home_id, id desc) f group by f.home_id
    ) t
    where c.id = t.home_id
  )
  select i.ordinal, i.present_id, false from item i where i.present_id is not null
  union all select f.ordinal, f.id, true from fresh f;

  perform advance_feed();
end $$;
`;

const appendingOne = /* sql */ `
/*
 * append_comms for what comes most, a message by itself from somebody who is known: the plan above takes longer to set
 * up than that takes to write. Whatever isn't so simple goes the general way.
 */
create function append_message(hash bytea, body bytea, message jsonb)
returns table (ordinal integer, entry_id bigint, logged boolean) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
set plan_cache_mode = force_generic_plan as $$
declare
  head bigint := lock_feed();
  new_id bigint := head + 1;
  logged_now timestamptz(3) := clock_timestamp();
  occurred timestamptz(3);
  body_id bigint;
  them sender;
  m record;
begin
  select * into m from jsonb_to_record(message) as m (
    type text, direction text, text text, status text, ext_message_id text, phone text, phone_key text, user_id text,
    sender_name text, sender_search text, new_phone_key text, new_user_id text, business_number_id text,
    occurred_at timestamptz, search_text text, spoken boolean);
  select s.* into them from sender_identifier i join sender s on s.id = i.sender_id
    where i.identifier = 'phone:' || m.phone_key;
  if them.id is null or m.direction <> 'INBOUND' or m.ext_message_id is null or m.business_number_id is null
    or num_nonnulls(m.new_phone_key, m.new_user_id) > 0
    or (m.phone, m.sender_name, coalesce(m.user_id, them.user_id))
      is distinct from (them.phone, them.profile_name, them.user_id)
    or m.user_id is not null and not exists (
      select from sender_identifier i where i.identifier = 'user:' || m.user_id and i.sender_id = them.id)
    or exists (select from comms_entry e where e.ext_message_id = m.ext_message_id)
  then
    return query select * from append_comms(array[hash], array[body], '[null]', jsonb_build_array(message), '[]');
    return;
  end if;

  insert into webhook_body (sha256, bytes) values (hash, body) on conflict do nothing returning id into body_id;
  if body_id is null then body_id := (select id from webhook_body where sha256 = hash); end if;
  occurred := least(m.occurred_at, logged_now);
  -- Before the entry, whose trigger looks at it.
  update conversation c set
    revision = c.revision + 1,
    last_entry_id = case when occurred >= coalesce(c.last_occurred_at, '-infinity') then new_id else c.last_entry_id end,
    last_occurred_at = greatest(c.last_occurred_at, occurred),
    last_activity_at = greatest(logged_now, case when c.last_entry_id is not null then c.last_activity_at end),
    unanswered = m.spoken or c.unanswered,
    inbound_count = c.inbound_count + 1,
    phone = coalesce(m.phone, c.phone),
    sender_name = coalesce(m.sender_name, c.sender_name),
    search_text = case when position(m.sender_search in c.search_text) = 0
      then left(concat_ws(' ', m.sender_search, c.search_text), 1000) else c.search_text end
  where c.id = them.conversation_id;
  insert into comms_entry (id, conversation_id, sender_id, type, direction, body, status, spoken, ext_message_id, phone,
      sender_name, business_number_id, occurred_at, logged_at, webhook_body_id)
    values (new_id, them.conversation_id, them.id, m.type, m.direction, m.text, m.status, m.spoken, m.ext_message_id,
      m.phone, m.sender_name, m.business_number_id, occurred, logged_now, body_id);
  insert into entry_search_queue (entry_id, search_text) values (new_id, m.search_text);
  if m.spoken then
    insert into customer_service_window as w (sender_id, business_number_id, last_message_at)
      values (them.id, m.business_number_id, occurred)
      on conflict (sender_id, business_number_id) do update
        set last_message_at = greatest(w.last_message_at, excluded.last_message_at);
  end if;
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
    values (new_id, 'entry', 'LOGGED', new_id, m.type, them.conversation_id);
  update feed_head set position = new_id, comms_position = new_id, inbox_position = new_id;
  perform pg_notify('comms_feed', '');
  return query select 1, new_id, true;
end $$;
`;
