import { type Kysely, sql } from 'kysely';

/** What a new message or status costs the database: fewer rows and looks, indexes that most changes leave alone, and plans that are kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [steps, activity, telling, appending, appendingOne]) await sql.raw(statement).execute(db);
}

const steps = /* sql */ `
/*
 * That an entry was logged needs no row of the feed: its id is the position, and it is there for ever. The feed is the
 * two together; comms_feed has what happened after that.
 */
alter table feed_head add column oldest bigint;
update feed_head set oldest = coalesce((select min(position) from comms_feed), position + 1);
alter table feed_head alter column oldest set not null, alter column oldest set default 1;
delete from comms_feed where subject = 'entry' and change = 'LOGGED';

create view feed_step as
  select e.id as position, 'entry' as subject, 'LOGGED' as change, e.id as entry_id, e.type as comms_type,
    e.conversation_id as subject_id, null::text as previous_id, null::text as staff_id, e.logged_at as created_at
  from comms_entry e
  union all
  select position, subject, change, entry_id, comms_type, subject_id, previous_id, staff_id, created_at
  from comms_feed;

-- Where the change under way has come to. Stable: the same for all rows that one statement adds.
create or replace function feed_end() returns bigint language plpgsql stable as $$
declare
  head bigint := (select position from feed_head);
begin
  return greatest(head, (select max(id) from comms_entry where id > head),
    (select max(position) from comms_feed where position > head));
end $$;

-- Ends a change: moves the head over the steps that were added behind it, and wakes the readers.
create or replace function advance_feed() returns void language plpgsql as $$
begin
  update feed_head h set position = step.newest,
    comms_position = coalesce(step.comms, h.comms_position), inbox_position = coalesce(step.inbox, h.inbox_position)
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

const activity = /* sql */ `
/*
 * Conversations are found by ten seconds of activity and put in order within them: so of many messages in a moment only
 * the first touches an index.
 */
alter table conversation add column activity_slot timestamptz(0)
  generated always as (date_bin('10 seconds', last_activity_at, 'epoch')) stored;
drop index conversation_by_activity, conversation_unknown, conversation_unanswered, conversation_failed;
create index conversation_by_activity on conversation (activity_slot desc) where moved_to is null;
create index conversation_unknown on conversation (activity_slot desc) where moved_to is null and customer_id is null;
create index conversation_unanswered on conversation (activity_slot desc) where moved_to is null and unanswered;
create index conversation_failed on conversation (activity_slot desc) where moved_to is null and failed;
alter table conversation set (fillfactor = 50);

-- Staff are never removed.
alter table comms_entry drop constraint comms_entry_author_id_fkey;
drop trigger note_logged_entries on comms_entry;
drop function note_logged_entries();
`;

const telling = /* sql */ `
-- As before, but where the feed has come to is asked once, and not for each row.
create or replace function show_attempts(ids bigint[]) returns void language plpgsql as $$
begin
  with attempt as (
    select distinct on (a.entry_id) a.*, case
        when a.read_at is not null then 'READ'
        when a.delivered_at is not null then 'DELIVERED'
        when a.failed_at is not null then 'FAILED'
        when a.wamid is not null or a.outcome = 'ACCEPTED' then 'SENT'
        when a.outcome = 'UNKNOWN' then 'UNKNOWN'
        else 'QUEUED' end as status
    from send_attempt a where a.entry_id = any (ids)
    order by a.entry_id, coalesce(a.read_at, a.delivered_at) is not null desc, a.number desc
  ), accepted_after_all as (
    delete from outbox o where o.state = 'WAITING' and o.entry_id = any (array(
      select a.entry_id from attempt a where a.status in ('SENT', 'DELIVERED', 'READ')))
  ), judged as (
    select a.*, o.not_before, case when o.state in ('WAITING', 'CALLING') and a.status not in ('SENT', 'DELIVERED', 'READ')
      then 'QUEUED' else a.status end as entry_status
    from attempt a left join outbox o on o.entry_id = a.entry_id
  ), shown as (
    select j.*,
      case when j.entry_status in ('FAILED', 'QUEUED') then j.error_code end as failure_code,
      case when j.entry_status = 'QUEUED' and j.error_code is not null and j.not_before > clock_timestamp()
        then j.not_before end as next_try_at
    from judged j
  ), changed as (
    update comms_entry e set
      revision = e.revision + 1, status = s.entry_status, ext_message_id = coalesce(s.wamid, e.ext_message_id),
      sent_at = s.sent_at, delivered_at = s.delivered_at, read_at = s.read_at, failed_at = s.failed_at,
      failure_code = s.failure_code, next_try_at = s.next_try_at,
      failure_details = case when s.entry_status in ('FAILED', 'QUEUED') then s.error_details end
    from shown s
    where e.id = s.entry_id and (
      e.status, e.ext_message_id, e.sent_at, e.delivered_at, e.read_at, e.failed_at, e.failure_code, e.next_try_at)
      is distinct from (
      s.entry_status, coalesce(s.wamid, e.ext_message_id), s.sent_at, s.delivered_at, s.read_at, s.failed_at,
      s.failure_code, s.next_try_at)
    returning e.id, e.type, e.conversation_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
  select (select feed_end()) + row_number() over (order by c.id), 'entry', 'UPDATED', c.id, c.type, c.conversation_id
  from changed c;
end $$;

-- As before, but it looks only where a failure came or may have gone.
create or replace function refresh_failed(entry_ids bigint[]) returns void language plpgsql as $$
begin
  with changed as (
    update conversation c set failed = not c.failed, revision = c.revision + 1
    where c.id = any (array(select distinct e.conversation_id from comms_entry e where e.id = any (entry_ids)))
      and (c.failed or exists (
        select from comms_entry e where e.id = any (entry_ids) and e.conversation_id = c.id and e.status = 'FAILED'))
      and c.failed <> (
        select e.status = 'FAILED' from comms_entry e
        where e.conversation_id = c.id and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' order by e.id desc limit 1)
    returning c.id
  )
  insert into comms_feed (position, subject, change, subject_id)
  select (select feed_end()) + row_number() over (order by id), 'conversation', 'UPDATED', id from changed;
end $$;

create or replace function refresh_entries(ids bigint[]) returns void language plpgsql as $$
begin
  perform show_attempts(ids);
  perform refresh_failed(ids);
end $$;
`;

const appending = /* sql */ `
/*
 * As before, but: bodies get their ids first, so that entries need not look for them; a sender's name is compared where
 * the sender is read; and what an entry means for its conversation is done here, where the conversation is at hand.
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
  body_ids bigint[];
begin
  with given as materialized (
    select b.index, b.sha256, b.bytes, nullif(body_problems -> (b.index::integer - 1), 'null') as problems,
      kept.id is null as is_new, coalesce(kept.id, nextval('webhook_body_id_seq')) as id
    from unnest(hashes, bodies) with ordinality as b (sha256, bytes, index)
    left join webhook_body kept on kept.sha256 = b.sha256
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
    head := feed_end();
  end if;

  if messages <> '[]' then
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
        coalesce(same_id.id, same_hash.id, same_key.id) as present_id,
        m.direction = 'INBOUND' and m.sender_name is not null and (m.sender_name, m.phone, m.user_id)
          is distinct from (s.profile_name, coalesce(s.phone, m.phone), coalesce(s.user_id, m.user_id)) as tells_name
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
        f.item_hash, f.phone, f.sender_name, f.business_number_id, f.occurred_time, f.logged_time, f.author_id,
        body_ids[f.body_index], f.idempotency_key, f.recipient_user_id
      from fresh f
    ),
    to_send as (
      insert into outbox (entry_id, recipient)
      select f.id, coalesce('phone:' || f.phone_key, 'user:' || f.recipient_user_id) from fresh f where f.status = 'QUEUED'
    ),
    searchable as (
      insert into entry_search_queue (entry_id, search_text) select f.id, f.search_text from fresh f
    ),
    service_window as (
      insert into customer_service_window as w (sender_id, business_number_id, last_message_at)
      select f.known_sender, f.business_number_id, max(f.occurred_time) from fresh f
      where f.spoken and f.direction = 'INBOUND' and f.type = 'WHATSAPP'
        and f.known_sender is not null and f.business_number_id is not null
      group by f.known_sender, f.business_number_id
      on conflict (sender_id, business_number_id) do update
        set last_message_at = greatest(w.last_message_at, excluded.last_message_at)
    ),
    name_given as (
      update sender s set profile_name = n.sender_name, phone = coalesce(n.phone, s.phone), user_id = coalesce(n.user_id, s.user_id)
      from (
        select distinct on (f.known_sender) f.known_sender, f.sender_name, f.phone, f.user_id from fresh f
        where f.tells_name order by f.known_sender, f.id desc
      ) n
      where s.id = n.known_sender
    ),
    news as materialized (
      select f.home_id,
        (array_agg(f.id order by f.occurred_time desc, f.id desc))[1] as newest_id,
        max(f.occurred_time) as newest_occurred_at,
        max(f.logged_time) as logged_at,
        count(*) filter (where f.direction = 'INBOUND') as inbound,
        bool_or(f.direction = 'OUTBOUND' and f.type = 'WHATSAPP') as sent,
        (array_agg(f.direction = 'INBOUND') filter (where f.spoken))[1] as unanswered,
        (array_agg(f.phone) filter (where f.phone is not null))[1] as phone,
        (array_agg(f.sender_name) filter (where f.sender_name is not null))[1] as sender_name,
        (array_agg(f.sender_search) filter (where f.sender_search is not null))[1] as sender_search
      from (
        select home_id, id, occurred_time, logged_time, direction, type, spoken, phone, sender_name, sender_search
        from fresh order by home_id, id desc
      ) f group by f.home_id
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
        sender_name = coalesce(n.sender_name, c.sender_name),
        search_text = case when position(n.sender_search in c.search_text) = 0
          then left(concat_ws(' ', n.sender_search, c.search_text), 1000) else c.search_text end
      from news n where c.id = n.home_id
      returning c.id, n.inbound > 0 and c.inbound_count = n.inbound as heard_first
    ),
    kind as (
      insert into conversation_type (type, conversation_id)
      select distinct f.type, f.home_id from fresh f
      where not exists (select from conversation_type t where t.type = f.type and t.conversation_id = f.home_id)
      on conflict do nothing
    ),
    unread as (
      update read_mark m set behind = true
      where not m.behind and m.conversation_id = any (array(select n.home_id from news n where n.inbound > 0))
    ),
    -- Everybody has a mark where anything was heard.
    unread_first as (
      insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count, revision, behind)
      select staff.id, t.id, 0, 0, 0, true from talk t cross join staff where t.heard_first
      on conflict do nothing
    )
    select i.ordinal, i.present_id, false from item i where i.present_id is not null
    union all select f.ordinal, f.id, true from fresh f;
  end if;

  perform advance_feed();
end $$;
`;

const appendingOne = /* sql */ `
-- As before, and as above.
create or replace function append_message(hash bytea, body bytea, message jsonb)
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
  heard integer;
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
    or not exists (select from conversation_type t where t.type = m.type and t.conversation_id = them.conversation_id)
  then
    return query select * from append_comms(array[hash], array[body], '[null]', jsonb_build_array(message), '[]');
    return;
  end if;

  insert into webhook_body (sha256, bytes) values (hash, body) on conflict do nothing returning id into body_id;
  if body_id is null then body_id := (select id from webhook_body where sha256 = hash); end if;
  occurred := least(m.occurred_at, logged_now);
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
  where c.id = them.conversation_id
  returning inbound_count into heard;
  update read_mark set behind = true where not behind and conversation_id = them.conversation_id;
  if heard = 1 then
    insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count, revision, behind)
      select staff.id, them.conversation_id, 0, 0, 0, true from staff on conflict do nothing;
  end if;
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
  update feed_head set position = new_id, comms_position = new_id, inbox_position = new_id;
  perform pg_notify('comms_feed', '');
  return query select 1, new_id, true;
end $$;
`;
