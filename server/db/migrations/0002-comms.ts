import { type Kysely, sql } from 'kysely';

/**
 * The log, the feed, and the people.
 *
 * Whatever writes to these tables is one call of one function of this schema, and begins by locking the one row of
 * `feed_head`. So writers follow one another, positions are handed out in commit order and without gaps, nobody can
 * deadlock, and no process holds the lock between two statements. The function then sees everything committed before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);
  for (const statement of [people, log, feed, writing, indexing, moving]) await sql.raw(statement).execute(db);
}

const people = /* sql */ `
create table customer (
  id text primary key default gen_random_uuid()::text,
  revision integer not null default 1,
  name text not null,
  organization text,
  -- Without case and accents: what lists are ordered by, and what search looks through.
  sort_name text not null,
  search_text text not null,
  created_at timestamptz(3) not null default clock_timestamp()
);
create index customer_by_name on customer (sort_name, id);
create index customer_search on customer using gin (search_text gin_trgm_ops);

create table contact (
  id bigint generated always as identity primary key,
  customer_id text not null references customer,
  type text not null check (type in ('PHONE', 'WHATSAPP', 'EMAIL')),
  value text not null,
  label text,
  -- Of a number: its E.164 digits, and the same without national variants, by which people are found.
  digits text,
  phone_key text
);
create index contact_of_customer on contact (customer_id, id);
create index contact_by_phone on contact (phone_key) where phone_key is not null;

create table conversation (
  id text primary key,
  revision integer not null default 1,
  customer_id text unique references customer,
  -- Set: its history was given to a customer, and this id is an alias.
  moved_to text references conversation,
  sender_name text,
  phone text,
  last_entry_id bigint,
  last_occurred_at timestamptz(3),
  last_activity_at timestamptz(3) not null default clock_timestamp(),
  unanswered boolean not null default false,
  inbound_count integer not null default 0,
  search_text text not null default ''
);
create index conversation_by_activity on conversation (last_activity_at desc, id desc) where moved_to is null;
create index conversation_search on conversation using gin (search_text gin_trgm_ops);

-- Somebody on WhatsApp. unknown_id is the id that their history has while no customer is known for it.
create table sender (
  id bigint generated always as identity primary key,
  unknown_id text not null unique,
  conversation_id text not null references conversation,
  phone text,
  user_id text,
  profile_name text
);
create index sender_of_conversation on sender (conversation_id);

-- 'phone:' and a number without national variants, or 'user:' and Meta's user id.
create table sender_identifier (
  identifier text primary key,
  sender_id bigint not null references sender
);

create table customer_service_window (
  sender_id bigint not null references sender,
  business_number_id text not null,
  last_message_at timestamptz(3) not null,
  primary key (sender_id, business_number_id)
);

create table read_mark (
  staff_id text not null references staff,
  conversation_id text not null references conversation,
  up_to_entry_id bigint not null,
  read_count integer not null,
  primary key (staff_id, conversation_id)
);
create index read_mark_of_conversation on read_mark (conversation_id);
`;

const log = /* sql */ `
-- What Meta sent, as it came. problems: what of it made no sense, as [{ path, reason }].
create table webhook_body (
  id bigint generated always as identity primary key,
  sha256 bytea not null unique,
  bytes bytea not null,
  problems jsonb,
  received_at timestamptz(3) not null default clock_timestamp()
);
create index webhook_body_by_age on webhook_body (received_at);
create index webhook_body_with_problems on webhook_body (id) where problems is not null;

create table comms_entry (
  -- The position at which it was logged.
  id bigint primary key,
  revision integer not null default 1,
  conversation_id text not null references conversation,
  sender_id bigint references sender,
  type text not null check (type in ('WHATSAPP', 'EMAIL', 'SMS', 'CALL', 'NOTE', 'MEETING')),
  direction text not null check (direction in ('INBOUND', 'OUTBOUND', 'INTERNAL')),
  body text not null,
  status text not null check (status in ('RECEIVED', 'QUEUED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'UNKNOWN')),
  ext_message_id text unique,
  -- Stands in for Meta's id on a message that came without one.
  item_hash text unique,
  phone text,
  sender_name text,
  business_number_id text,
  occurred_at timestamptz(3) not null,
  logged_at timestamptz(3) not null,
  author_id text references staff,
  webhook_body_id bigint,
  -- Of what is sent: the caller's key, who gets it where Meta knows no number, and what became of the shown attempt.
  idempotency_key text,
  recipient_user_id text,
  sent_at timestamptz(3),
  delivered_at timestamptz(3),
  read_at timestamptz(3),
  failed_at timestamptz(3),
  failure_code text,
  failure_details text,
  unique (author_id, idempotency_key)
);
create index comms_entry_of_conversation on comms_entry (conversation_id, occurred_at desc, id desc);
create index comms_entry_by_type on comms_entry (type, id desc);

-- What search looks through. Indexing a long text takes longer than Meta should wait, so that it is done afterwards;
-- search looks at both tables, and finds an entry at once.
create table entry_search (
  entry_id bigint primary key,
  search_text text not null
);
create index entry_search_trigrams on entry_search using gin (search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256);
create table entry_search_queue (
  entry_id bigint primary key,
  search_text text not null
);

-- What became of a message, as Meta told it; applied to the entry by whoever comes second.
create table message_status (
  id bigint generated always as identity primary key,
  ext_message_id text not null,
  status text not null,
  occurred_at timestamptz(3) not null,
  callback_data text,
  errors jsonb,
  received_at timestamptz(3) not null default clock_timestamp(),
  unique (ext_message_id, status, occurred_at)
);
create index message_status_by_age on message_status (received_at);
`;

const feed = /* sql */ `
create table feed_head (
  single boolean primary key default true check (single),
  position bigint not null,
  -- The newest position that commsLogged, and that inboxChanged, gives to everybody.
  comms_position bigint not null,
  inbox_position bigint not null
);
insert into feed_head (position, comms_position, inbox_position) values (0, 0, 0);

create table comms_feed (
  position bigint primary key,
  subject text not null check (subject in ('entry', 'conversation', 'customer', 'channel', 'read_mark')),
  change text not null check (change in ('LOGGED', 'UPDATED', 'MOVED')),
  entry_id bigint,
  comms_type text,
  -- The conversation (before: the one that the entry left), or the customer.
  subject_id text,
  previous_id text,
  -- Set: of no concern to anybody else.
  staff_id text,
  created_at timestamptz(3) not null default clock_timestamp()
);
create index comms_feed_by_age on comms_feed (created_at);
`;

const writing = /* sql */ `
create function lock_feed() returns bigint language sql as $$
  select position from feed_head for update
$$;

-- Where the change under way has come to. Stable: the same for all rows that one statement adds.
create function feed_end() returns bigint language sql stable as $$
  select coalesce(max(f.position), (select position from feed_head))
  from comms_feed f where f.position > (select position from feed_head)
$$;

-- Ends a change: moves the head over the steps that were added behind it, and wakes the readers.
create function advance_feed() returns void language sql as $$
  update feed_head h set position = step.newest,
    comms_position = coalesce(step.comms, h.comms_position), inbox_position = coalesce(step.inbox, h.inbox_position)
  from (
    select max(f.position) as newest,
      max(f.position) filter (where f.subject = 'entry') as comms,
      max(f.position) filter (where f.staff_id is null and (f.subject <> 'entry' or f.change = 'LOGGED')) as inbox
    from comms_feed f where f.position > (select position from feed_head)
  ) step
  where step.newest is not null;
  select pg_notify('comms_feed', '');
$$;

-- The sender known by either identifier. One who belongs to a customer goes before one who doesn't, then Meta's
-- user id before the number, which changes hands.
create function find_sender(wanted_phone_key text, wanted_user_id text) returns bigint language sql stable as $$
  select s.id from sender_identifier i join sender s on s.id = i.sender_id
  where i.identifier in ('phone:' || wanted_phone_key, 'user:' || wanted_user_id)
  order by s.conversation_id like 'unknown:%', i.identifier desc limit 1
$$;

-- The customer with this contact point: the number as written before a variant of it, a WhatsApp contact before a
-- phone, then the customer made first.
create function find_customer(wanted_phone_key text, wanted_digits text) returns text language sql stable as $$
  select c.customer_id from contact c join customer on customer.id = c.customer_id
  where c.phone_key = wanted_phone_key
  order by c.digits = wanted_digits desc, c.type = 'WHATSAPP' desc, customer.created_at, customer.id limit 1
$$;

-- The sender whom an item names, made where nobody is known; what the item teaches of them is kept.
create function know_sender(
  item_phone text, item_phone_key text, item_user_id text, item_name text, item_search text,
  new_phone_key text, new_user_id text
) returns bigint language plpgsql as $$
declare
  known bigint := find_sender(item_phone_key, item_user_id);
  kept_id text := 'unknown:' || coalesce(item_phone, item_user_id, new_user_id);
  home text;
begin
  -- A changed identity whose old one nobody knew.
  if known is null then known := find_sender(new_phone_key, new_user_id); end if;
  if known is null then
    home := coalesce(find_customer(item_phone_key, item_phone), kept_id);
    insert into conversation (id, phone, sender_name, search_text)
      values (home, item_phone, item_name, item_search) on conflict do nothing;
    insert into sender (unknown_id, conversation_id, phone, user_id, profile_name)
      values (kept_id, home, item_phone, item_user_id, item_name) returning id into known;
  end if;
  insert into sender_identifier (identifier, sender_id)
    select identifier, known from unnest(array[
      'phone:' || item_phone_key, 'user:' || item_user_id, 'phone:' || new_phone_key, 'user:' || new_user_id
    ]) identifier where identifier is not null
    on conflict do nothing;
  return known;
end $$;

/*
 * Logs what is new among the items, in their order. The caller gets a row for each item: the id of its entry, and
 * whether it was logged now (a message that is there already, or a status, was not).
 */
create function append_comms(hashes bytea[], bodies bytea[], body_problems jsonb, messages jsonb, statuses jsonb)
returns table (ordinal integer, entry_id bigint, logged boolean) language plpgsql
-- Its plans are made once a connection, perhaps while the tables are empty, and must hold when they are large.
set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
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

  insert into message_status (ext_message_id, status, occurred_at, callback_data, errors)
    select s.ext_message_id, s.status, coalesce(s.occurred_at, logged_now), s.callback_data, s.errors
    from jsonb_to_recordset(statuses) as s (
      ext_message_id text, status text, occurred_at timestamptz, callback_data text, errors jsonb)
    on conflict do nothing;
  perform apply_statuses(array(
    select distinct s.ext_message_id from jsonb_to_recordset(statuses) as s (ext_message_id text)));
  head := feed_end();

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
    select m.*, coalesce('id:' || m.ext_message_id, 'hash:' || m.item_hash,
        'key:' || m.author_id || ':' || m.idempotency_key, 'item:' || m.ordinal) as key,
      coalesce(s.id, home_sender.id) as known_sender,
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
    select i.*, head + row_number() over (order by i.ordinal) as id
    from (select distinct on (i.key) i.* from item i where i.present_id is null order by i.key, i.ordinal) i
  ),
  entry as (
    insert into comms_entry (id, conversation_id, sender_id, type, direction, body, status, ext_message_id, item_hash,
      phone, sender_name, business_number_id, occurred_at, logged_at, author_id, webhook_body_id,
      idempotency_key, recipient_user_id)
    select f.id, f.home_id, f.known_sender, f.type, f.direction, f.text, f.status, f.ext_message_id, f.item_hash,
      f.phone, f.sender_name, f.business_number_id, f.occurred_time, f.logged_time, f.author_id, b.id,
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
        (array_agg(f.direction = 'INBOUND' order by f.id desc) filter (where f.spoken))[1] as unanswered,
        (array_agg(f.phone order by f.id desc) filter (where f.phone is not null))[1] as phone,
        (array_agg(f.sender_name order by f.id desc) filter (where f.sender_name is not null))[1] as sender_name,
        (array_agg(f.sender_search order by f.id desc) filter (where f.sender_search is not null))[1] as sender_search
      from fresh f group by f.home_id
    ) t
    where c.id = t.home_id
  )
  select i.ordinal, coalesce(i.present_id, f.id), coalesce(f.ordinal = i.ordinal, false)
  from item i left join fresh f on f.key = i.key;

  perform advance_feed();
end $$;
`;

const indexing = /* sql */ `
-- Indexes some of the entries that wait for it, as much as is done in a moment; false where none waits.
create function index_entries() returns boolean language sql as $$
  with waiting as (
    select entry_id, sum(length(search_text)) over (order by entry_id) - length(search_text) as before
    from (select * from entry_search_queue order by entry_id limit 200 for update skip locked) q
  ), taken as (
    delete from entry_search_queue using waiting
    where entry_search_queue.entry_id = waiting.entry_id and before < 30000
    returning entry_search_queue.entry_id, search_text
  ), indexed as (
    insert into entry_search (entry_id, search_text) select entry_id, search_text from taken
  )
  select exists (select from taken)
$$;
`;

const moving = /* sql */ `
-- Gives the whole history of one conversation to another; returns the position it ends at.
create function move_conversation(from_id text, to_id text, head bigint) returns bigint language plpgsql as $$
declare
  moved bigint;
  left_behind conversation;
begin
  select * into left_behind from conversation where id = from_id;
  with entry as (
    update comms_entry set conversation_id = to_id, revision = revision + 1
    where conversation_id = from_id returning id, type
  ), step as (
    insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id, previous_id)
    select head + row_number() over (order by id), 'entry', 'UPDATED', id, type, to_id, from_id from entry
  )
  select count(*) into moved from entry;
  update sender set conversation_id = to_id where conversation_id = from_id;

  update conversation c set
    revision = c.revision + 1,
    last_entry_id = newest.id,
    last_occurred_at = newest.occurred_at,
    last_activity_at = case when c.last_entry_id is null then left_behind.last_activity_at
      else greatest(c.last_activity_at, left_behind.last_activity_at) end,
    unanswered = case when coalesce(c.last_entry_id, 0) < coalesce(left_behind.last_entry_id, 0)
      then left_behind.unanswered else c.unanswered end,
    inbound_count = c.inbound_count + left_behind.inbound_count,
    phone = coalesce(left_behind.phone, c.phone),
    sender_name = coalesce(left_behind.sender_name, c.sender_name),
    search_text = concat_ws(' ', c.search_text, left_behind.search_text)
  from (select 1) one left join lateral (
    select id, occurred_at from comms_entry where conversation_id = to_id order by occurred_at desc, id desc limit 1
  ) newest on true
  where c.id = to_id;

  -- Whoever had anything unread in either keeps it unread: the earlier mark holds.
  insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count)
  select m.staff_id, to_id, m.up_to, (
    select count(*) from comms_entry e
    where e.conversation_id = to_id and e.direction = 'INBOUND' and e.id <= m.up_to)
  from (
    select r.staff_id, case
        when r.read_here = left_behind.inbound_count and r.read_there = r.inbound_there then greatest(r.here, r.there)
        when r.read_here = left_behind.inbound_count then r.there
        when r.read_there = r.inbound_there then r.here
        else least(r.here, r.there) end as up_to
    from (
      select staff.id as staff_id, target.inbound_count - left_behind.inbound_count as inbound_there,
        coalesce(here.up_to_entry_id, 0) as here, coalesce(here.read_count, 0) as read_here,
        coalesce(there.up_to_entry_id, 0) as there, coalesce(there.read_count, 0) as read_there
      from staff
      join conversation target on target.id = to_id
      left join read_mark here on here.staff_id = staff.id and here.conversation_id = from_id
      left join read_mark there on there.staff_id = staff.id and there.conversation_id = to_id
      where here.staff_id is not null or there.staff_id is not null
    ) r
  ) m
  on conflict (staff_id, conversation_id) do update
    set up_to_entry_id = excluded.up_to_entry_id, read_count = excluded.read_count;
  delete from read_mark where conversation_id = from_id;

  update conversation set moved_to = to_id, revision = revision + 1, last_entry_id = null, inbound_count = 0,
    unanswered = false where id = from_id;
  insert into comms_feed (position, subject, change, subject_id, previous_id) values
    (head + moved + 1, 'conversation', 'MOVED', to_id, from_id),
    (head + moved + 2, 'conversation', 'UPDATED', to_id, null);
  insert into comms_feed (position, subject, change, subject_id, staff_id)
    select head + moved + 2 + row_number() over (order by staff_id), 'read_mark', 'UPDATED', to_id, staff_id
    from read_mark where conversation_id = to_id;
  return (select max(position) from comms_feed);
end $$;

/*
 * Makes a customer. A sender whom nobody knew, and whose number no other customer has, brings the history along.
 * contacts: [{ type, value, label, digits, phone_key }]
 */
create function create_customer(new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb)
returns text language plpgsql as $$
declare
  head bigint := lock_feed();
  made text;
begin
  insert into customer (name, organization, sort_name, search_text)
    values (new_name, new_organization, new_sort_name, new_search_text) returning id into made;
  insert into contact (customer_id, type, value, label, digits, phone_key)
    select made, c.type, c.value, c.label, c.digits, c.phone_key
    from jsonb_to_recordset(contacts) as c (type text, value text, label text, digits text, phone_key text);
  insert into conversation (id, customer_id) values (made, made);
  insert into comms_feed (position, subject, change, subject_id) values
    (head + 1, 'customer', 'LOGGED', made), (head + 2, 'conversation', 'LOGGED', made);
  perform adopt_unknown(made, array(select c.phone_key from contact c where c.customer_id = made), head + 2);
  perform advance_feed();
  return made;
end $$;

-- Moves somebody's read mark forward, never back.
create function mark_read(reader text, wanted_conversation text, up_to bigint) returns void language plpgsql as $$
declare
  head bigint := lock_feed();
begin
  insert into read_mark as m (staff_id, conversation_id, up_to_entry_id, read_count)
  select reader, c.id, least(up_to, head), c.inbound_count - (
    select count(*) from comms_entry e where e.conversation_id = c.id and e.direction = 'INBOUND' and e.id > up_to)
  from conversation c where c.id = wanted_conversation
  on conflict (staff_id, conversation_id) do update
    set up_to_entry_id = excluded.up_to_entry_id, read_count = excluded.read_count
    where m.up_to_entry_id < excluded.up_to_entry_id;
  if found then
    insert into comms_feed (position, subject, change, subject_id, staff_id)
      values (head + 1, 'read_mark', 'UPDATED', wanted_conversation, reader);
    perform advance_feed();
  end if;
end $$;

-- For somebody new: what was said before counts as read.
create function mark_everything_read(reader text) returns void language sql as $$
  insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count)
  select reader, c.id, h.position, c.inbound_count from conversation c, feed_head h where c.inbound_count > 0
  on conflict do nothing
$$;
`;
