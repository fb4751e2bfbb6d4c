-- What the migrations come to, by "npm run codegen": above each the one it is from, which says why it is so.

-- 0003-sending.ts
CREATE OR REPLACE FUNCTION public.abandon_calls(hold interval)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  abandoned bigint[];
begin
  perform lock_feed();
  with gone as (
    update outbox set state = 'UNKNOWN', not_before = clock_timestamp() + hold where state = 'CALLING'
    returning entry_id
  )
  select array_agg(entry_id) into abandoned from gone;
  update send_attempt set outcome = 'UNKNOWN' where entry_id = any (abandoned) and outcome is null;
  perform refresh_entries(abandoned);
  perform advance_feed();
  return coalesce(cardinality(abandoned), 0);
end $function$
;

-- 0019-under-the-lock.ts
CREATE OR REPLACE FUNCTION public.add_staff(new_name text, new_email text, new_role text, password_hash text, is_one_time boolean, is_first boolean)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  made text;
begin
  if is_first then
    lock table staff in share row exclusive mode;
    if exists (select from staff) then return null; end if;
  end if;
  insert into staff (id, name, email, role, must_change_password)
    values (gen_random_uuid()::text, new_name, new_email, new_role, is_one_time)
    on conflict (email) do nothing returning id into made;
  if made is null then return null; end if;
  insert into staff_account (id, user_id, account_id, provider_id, password)
    values (gen_random_uuid()::text, made, made, 'credential', password_hash);
  perform mark_everything_read(made);
  return made;
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.adopt_unknown(adopter text, phone_keys text[], by_staff text, made boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  unknown text;
begin
  for unknown in
    select distinct s.conversation_id from unnest(phone_keys) k (phone_key)
    join sender_identifier i on i.identifier = 'phone:' || k.phone_key
    join sender s on s.id = i.sender_id
    join conversation v on v.id = s.conversation_id and v.customer_id is null
    where not exists (select from contact other where other.phone_key = k.phone_key and other.customer_id <> adopter)
  loop
    perform link_sender(unknown, adopter, by_staff, made);
  end loop;
end $function$
;

-- 0017-settling-beside.ts
CREATE OR REPLACE FUNCTION public.advance_feed()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0014-references.ts
CREATE OR REPLACE FUNCTION public.annotate(wamids text[])
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  with referrer as (
    select target.id as target_id, r.id, r.direction, r.reference_kind as kind, r.reference_text as text, r.author_id,
      r.occurred_at
    from comms_entry target join comms_entry r
      on r.reference_kind <> 'REPLY' and r.reference_id = target.ext_message_id and r.id <> target.id
    where target.ext_message_id = any (wamids) and r.conversation_id = target.conversation_id and r.status <> 'FAILED'
      and (r.reference_kind = 'REACTION' or r.direction = target.direction)
  ), newest as (
    select distinct on (target_id, kind, direction) * from referrer
    order by target_id, kind, direction, occurred_at desc, id desc
  ), annotated as (
    select target.id, nullif(jsonb_strip_nulls(jsonb_build_object(
        'reactions', jsonb_agg(jsonb_build_object('emoji', n.text, 'by', n.author_id, 'at', n.occurred_at)
          order by n.direction) filter (where n.kind = 'REACTION' and n.text is not null),
        'edited', (jsonb_agg(jsonb_build_object('body', n.text, 'at', n.occurred_at))
          filter (where n.kind = 'EDIT' and n.text is not null)) -> 0,
        'deletedAt', min(n.occurred_at) filter (where n.kind = 'DELETION')
      )), '{}') as annotations
    from comms_entry target left join newest n on n.target_id = target.id
    where target.ext_message_id = any (wamids) group by target.id
  ), changed as (
    update comms_entry e set annotations = a.annotations, revision = e.revision + 1
    from annotated a where e.id = a.id and e.annotations is distinct from a.annotations
    returning e.id, e.type, e.conversation_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
  select (select feed_end()) + row_number() over (order by c.id), 'entry', 'UPDATED', c.id, c.type, c.conversation_id
  from changed c;
end $function$
;

-- 0014-references.ts
CREATE OR REPLACE FUNCTION public.annotate_around(ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  targets text[];
begin
  select array_agg(case when e.reference_kind <> 'REPLY' then e.reference_id else e.ext_message_id end) into targets
    from comms_entry e where e.id = any (ids) and (e.reference_kind <> 'REPLY' or exists (
      select from comms_entry r where r.reference_kind <> 'REPLY' and r.reference_id = e.ext_message_id));
  if targets is not null then perform annotate(targets); end if;
end $function$
;

-- 0018-lone-message.ts
CREATE OR REPLACE FUNCTION public.append_entries(hashes bytea, bodies bytea, starts integer[], lengths integer[], body_problems jsonb, messages json, statuses json)
 RETURNS TABLE(logged_after bigint, entry_ids jsonb)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
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
end $function$
;

-- 0018-lone-message.ts
CREATE OR REPLACE FUNCTION public.append_message(hash bytea, body bytea, message json)
 RETURNS TABLE(logged_after bigint, entry_ids jsonb)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
#variable_conflict use_column
declare
  m record;
  home record;
  body_id bigint;
  logged_now timestamptz(3);
begin
  select position into logged_after from feed_head for update;
  logged_now := clock_timestamp();
  select * into m from json_to_record(message) as m (
    conversation_id text, type text, direction text, text text, status text, ext_message_id text, phone text,
    phone_key text, user_id text, sender_name text, new_phone_key text, new_user_id text, business_number_id text,
    occurred_at timestamptz, search_text text, spoken boolean, reference_kind text, reference_id text, reference_text text);
  select s.id as sender_id, s.conversation_id into home
  from sender_identifier phone
  join sender_identifier account on account.sender_id = phone.sender_id
  join sender s on s.id = phone.sender_id
  where m.direction = 'INBOUND' and m.conversation_id is null and m.new_phone_key is null and m.new_user_id is null
    and phone.identifier = coalesce('phone:' || m.phone_key, 'user:' || m.user_id)
    and account.identifier = coalesce('user:' || m.user_id, 'phone:' || m.phone_key)
    and (m.sender_name is null or (m.sender_name, coalesce(m.phone, s.phone), coalesce(m.user_id, s.user_id))
      is not distinct from (s.profile_name, s.phone, s.user_id))
    and coalesce(m.reference_kind, 'REPLY') = 'REPLY'
    and not exists (select from comms_entry r where r.reference_kind <> 'REPLY' and r.reference_id = m.ext_message_id)
    and not exists (select from comms_entry e where e.ext_message_id = m.ext_message_id);
  if home.sender_id is not null and m.ext_message_id is not null then
    insert into webhook_body (sha256, bytes) values (hash, body) on conflict do nothing returning id into body_id;
  end if;
  if body_id is null then
    return query select * from append_entries(
      hash, body, array[1], array[length(body)], '[]', json_build_array(message), '[]');
    return;
  end if;

  insert into comms_entry (id, conversation_id, sender_id, type, direction, body, status, spoken, ext_message_id, phone,
    sender_name, business_number_id, occurred_at, logged_at, webhook_body_id, reference_kind, reference_id, reference_text)
  values (logged_after + 1, home.conversation_id, home.sender_id, m.type, m.direction, m.text, m.status, m.spoken,
    m.ext_message_id, m.phone, m.sender_name, m.business_number_id, least(m.occurred_at, logged_now), logged_now, body_id,
    m.reference_kind, m.reference_id, m.reference_text);
  insert into entry_search_queue (entry_id, search_text) values (logged_after + 1, m.search_text);
  update feed_head set position = logged_after + 1, comms_position = logged_after + 1, inbox_position = logged_after + 1;
  perform pg_notify('comms_feed', '');
  entry_ids := jsonb_build_array(logged_after + 1);
  return next;
end $function$
;

-- 0008-business-number.ts
CREATE OR REPLACE FUNCTION public.apply_statuses(wamids text[])
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  touched bigint[];
  ours text := (select '^[0-9]{1,15}\.[0-9]{1,6}(\.' || mark || ')?$' from channel);
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
end $function$
;

-- 0003-sending.ts
CREATE OR REPLACE FUNCTION public.claim_send(wanted bigint)
 RETURNS integer
 LANGUAGE sql
AS $function$
  with claimed as (
    update outbox o set state = 'CALLING'
    where o.entry_id = wanted and o.state = 'WAITING' and not exists (
      select from outbox earlier where earlier.recipient = o.recipient and earlier.entry_id < o.entry_id
        and (earlier.state <> 'UNKNOWN' or earlier.not_before > clock_timestamp()))
    returning o.entry_id
  )
  insert into send_attempt (entry_id, number)
  select c.entry_id, 1 + coalesce((select max(a.number) from send_attempt a where a.entry_id = c.entry_id), 0)
  from claimed c
  returning number
$function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.create_customer(new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb, by_staff text DEFAULT NULL::text, from_unknown text DEFAULT NULL::text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
  made text;
begin
  if from_unknown is not null and not exists (
    select from conversation where id = from_unknown and customer_id is null and moved_to is null) then return null; end if;
  insert into customer (name, organization, sort_name, search_text)
    values (new_name, new_organization, new_sort_name, new_search_text) returning id into made;
  insert into contact (customer_id, type, value, label, digits, phone_key)
    select made, c.type, c.value, c.label, c.digits, c.phone_key
    from jsonb_to_recordset(contacts) as c (type text, value text, label text, digits text, phone_key text);
  insert into conversation (id, customer_id) values (made, made);
  insert into comms_feed (position, subject, change, subject_id) values
    (head + 1, 'customer', 'LOGGED', made), (head + 2, 'conversation', 'LOGGED', made);
  if from_unknown is not null then perform link_sender(from_unknown, made, by_staff, true); end if;
  perform adopt_unknown(made, array(select c.phone_key from contact c where c.customer_id = made), by_staff, true);
  perform advance_feed();
  return made;
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.current_conversation(wanted text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  with recursive alias as (
    select id, moved_to from conversation where id = wanted
    union all
    select c.id, c.moved_to from alias a join conversation c on c.id = a.moved_to
  )
  select id from alias where moved_to is null
$function$
;

-- 0015-discards.ts
CREATE OR REPLACE FUNCTION public.discard_send(wanted bigint, by_staff text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.end_conversation(ended text, goes_on_as text)
 RETURNS void
 LANGUAGE sql
AS $function$
  delete from conversation_type where conversation_id = ended;
  update conversation set moved_to = goes_on_as, revision = revision + 1, last_entry_id = null, last_occurred_at = null,
    inbound_count = 0, unanswered = false, failed = false where id = ended;
  insert into comms_feed (position, subject, change, subject_id, previous_id)
    values (feed_end() + 1, 'conversation', 'MOVED', goes_on_as, ended);
$function$
;

-- 0011-logged-once.ts
CREATE OR REPLACE FUNCTION public.feed_end()
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  head bigint := (select position from feed_head);
begin
  return greatest(head, (select max(id) from comms_entry where id > head),
    (select max(position) from comms_feed where position > head));
end $function$
;

-- 0017-settling-beside.ts
CREATE OR REPLACE FUNCTION public.find_by(conversation text, names text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from conversation c where c.id = $1 and position(names in c.search_text) = 0) then
    perform from settled_head for update;
    update conversation c set search_text = left(concat_ws(' ', names, c.search_text), 1000)
    where c.id = $1 and position(names in c.search_text) = 0;
  end if;
end $function$
;

-- 0002-comms.ts
CREATE OR REPLACE FUNCTION public.find_customer(wanted_phone_key text, wanted_digits text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select c.customer_id from contact c join customer on customer.id = c.customer_id
  where c.phone_key = wanted_phone_key
  order by c.digits = wanted_digits desc, c.type = 'WHATSAPP' desc, customer.created_at, customer.id limit 1
$function$
;

-- 0002-comms.ts
CREATE OR REPLACE FUNCTION public.find_sender(wanted_phone_key text, wanted_user_id text)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select s.id from sender_identifier i join sender s on s.id = i.sender_id
  where i.identifier in ('phone:' || wanted_phone_key, 'user:' || wanted_user_id)
  order by s.conversation_id like 'unknown:%', i.identifier desc limit 1
$function$
;

-- 0002-comms.ts
CREATE OR REPLACE FUNCTION public.index_entries()
 RETURNS boolean
 LANGUAGE sql
AS $function$
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
$function$
;

-- 0013-settling.ts
CREATE OR REPLACE FUNCTION public.know_sender(item_phone text, item_phone_key text, item_user_id text, item_name text, item_search text, new_phone_key text, new_user_id text)
 RETURNS sender
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.link_conversation(unknown text, to_customer text, by_staff text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
begin
  if exists (select from conversation where id = unknown and customer_id is null and moved_to is null)
    and exists (select from customer where id = to_customer) then
    perform link_sender(unknown, to_customer, by_staff, false);
    perform advance_feed();
  end if;
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.link_sender(unknown text, to_customer text, by_staff text, made boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into sender_link (unknown_id, customer_id, linked_by, made_customer) values (unknown, to_customer, by_staff, made);

  -- What somebody has not read in either stays unread: the mark goes to before the oldest of that.
  with before as (
    select staff.id as staff_id, coalesce(there.up_to_entry_id, 0) as there, coalesce(unread.oldest - 1,
        greatest(here.up_to_entry_id, there.up_to_entry_id)) as joined,
      least(1, greatest(here.revision, there.revision)) as has_read
    from staff
    left join read_mark here on here.staff_id = staff.id and here.conversation_id = unknown
    left join read_mark there on there.staff_id = staff.id and there.conversation_id = to_customer
    cross join lateral (
      select least(oldest_unread(unknown, coalesce(here.up_to_entry_id, 0)),
        oldest_unread(to_customer, coalesce(there.up_to_entry_id, 0))) as oldest
    ) unread
    where here.staff_id is not null or there.staff_id is not null
  ), mark as (
    insert into read_mark as m (staff_id, conversation_id, up_to_entry_id, read_count, revision)
    select staff_id, to_customer, case when has_read = 1 then joined else 0 end, 0, has_read from before
    on conflict (staff_id, conversation_id) do update
      set up_to_entry_id = excluded.up_to_entry_id, revision = m.revision + excluded.revision
    returning staff_id, revision
  )
  insert into mark_before_link (unknown_id, staff_id, up_to_entry_id, revision)
  select unknown, staff_id, there, revision from mark join before using (staff_id) where has_read = 1;
  update read_mark m set behind = false from staff
    where m.staff_id = staff.id and m.conversation_id = unknown and m.behind;

  perform move_entries(array(select id from comms_entry where conversation_id = unknown), to_customer);
  update sender set conversation_id = to_customer where unknown_id = unknown;
  update conversation c set search_text = left(concat_ws(' ', u.search_text, c.search_text), 1000)
    from conversation u where u.id = unknown and c.id = to_customer;
  perform end_conversation(unknown, to_customer);
  perform tell_refreshed(to_customer);
end $function$
;

-- 0013-settling.ts
CREATE OR REPLACE FUNCTION public.lock_feed()
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  head bigint;
begin
  select position into head from feed_head for update;
  perform settle();
  return head;
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.mark_answered(wanted_conversation text, up_to bigint, is_answered boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
  spoken_last comms_entry;
begin
  select e.* into spoken_last from comms_entry e
  where e.conversation_id = wanted_conversation and coalesce(e.spoken, e.direction <> 'INTERNAL')
  order by e.id desc limit 1;
  if spoken_last.direction is distinct from 'INBOUND' or spoken_last.id > up_to then return; end if;
  update comms_entry set answered = is_answered where id = spoken_last.id and answered <> is_answered;
  update conversation set unanswered = not is_answered, revision = revision + 1
    where id = wanted_conversation and unanswered = is_answered;
  if found then
    insert into comms_feed (position, subject, change, subject_id)
      values (head + 1, 'conversation', 'UPDATED', wanted_conversation);
    perform advance_feed();
  end if;
end $function$
;

-- 0017-settling-beside.ts
CREATE OR REPLACE FUNCTION public.mark_everything_read(reader text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0012-own-read.ts
CREATE OR REPLACE FUNCTION public.mark_own_read(reader text, logged bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.mark_read(reader text, wanted_conversation text, up_to bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
begin
  insert into read_mark as m (staff_id, conversation_id, up_to_entry_id, read_count, behind)
  select reader, c.id, least(up_to, head), c.inbound_count - later.count, later.count > 0
  from conversation c, lateral (
    select count(*) from comms_entry e where e.conversation_id = c.id and e.direction = 'INBOUND' and e.id > up_to
  ) later
  where c.id = wanted_conversation and c.moved_to is null
  on conflict (staff_id, conversation_id) do update set up_to_entry_id = excluded.up_to_entry_id,
      read_count = excluded.read_count, behind = excluded.behind, revision = m.revision + 1
    where m.up_to_entry_id < excluded.up_to_entry_id;
  if found then
    insert into comms_feed (position, subject, change, subject_id, staff_id)
      values (head + 1, 'read_mark', 'UPDATED', wanted_conversation, reader);
    perform advance_feed();
  end if;
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.mark_unread(reader text, wanted_conversation text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
begin
  update read_mark m set up_to_entry_id = newest.id - 1, read_count = c.inbound_count - 1, behind = true,
    revision = m.revision + 1
  from conversation c, lateral (
    select e.id from comms_entry e where e.conversation_id = c.id and e.direction = 'INBOUND' order by e.id desc limit 1
  ) newest
  where c.id = wanted_conversation and m.conversation_id = c.id and m.staff_id = reader and m.up_to_entry_id >= newest.id;
  if found then
    insert into comms_feed (position, subject, change, subject_id, staff_id)
      values (head + 1, 'read_mark', 'UPDATED', wanted_conversation, reader);
    perform advance_feed();
  end if;
end $function$
;

-- 0014-references.ts
CREATE OR REPLACE FUNCTION public.move_entries(ids bigint[], to_conversation text)
 RETURNS void
 LANGUAGE sql
AS $function$
  with moved as (
    update comms_entry e set conversation_id = to_conversation, revision = e.revision + 1
    from comms_entry before where e.id = any (ids) and before.id = e.id
    returning e.id, e.type, before.conversation_id as previous_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id, previous_id)
  select feed_end() + row_number() over (order by id), 'entry', 'UPDATED', id, type, to_conversation, previous_id from moved;
  select annotate_around(ids)
$function$
;

-- 0007-append.ts
CREATE OR REPLACE FUNCTION public.note_conversation_search()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into conversation_search (conversation_id, search_text) values (new.id, new.search_text)
    on conflict (conversation_id) do update set search_text = excluded.search_text;
  return null;
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.oldest_unread(conversation text, up_to bigint)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select e.id from comms_entry e where e.conversation_id = conversation and e.direction = 'INBOUND' and e.id > up_to
  order by e.id limit 1
$function$
;

-- 0003-sending.ts
CREATE OR REPLACE FUNCTION public.record_answer(wanted bigint, wanted_number integer, answer text, given_wamid text, code text, details text, due timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  known_wamid text;
begin
  perform lock_feed();
  -- An id that another message has says nothing of this one.
  if exists (select from send_attempt a
      where a.wamid = given_wamid and (a.entry_id, a.number) is distinct from (wanted, wanted_number))
    or exists (select from comms_entry e where e.ext_message_id = given_wamid and e.id <> wanted) then
    given_wamid := null;
  end if;
  update send_attempt a set
    outcome = answer, wamid = coalesce(given_wamid, a.wamid),
    sent_at = coalesce(a.sent_at, case when answer = 'ACCEPTED' then clock_timestamp() end),
    failed_at = case when answer = 'REFUSED' then clock_timestamp() else a.failed_at end,
    error_code = coalesce(code, a.error_code), error_details = coalesce(details, a.error_details)
  where a.entry_id = wanted and a.number = wanted_number and coalesce(a.outcome, 'UNKNOWN') = 'UNKNOWN'
  returning a.wamid into known_wamid;
  if not found then return; end if;

  -- Not where the entry is on its way again.
  if not exists (select from send_attempt a where a.entry_id = wanted and a.number > wanted_number) then
    -- A status that told the message's id was quicker than an answer that doesn't.
    if answer in ('ACCEPTED', 'REFUSED') or known_wamid is not null then
      delete from outbox where entry_id = wanted and state <> 'WAITING';
    else
      update outbox set state = case answer when 'LATER' then 'WAITING' else 'UNKNOWN' end, not_before = due,
        waits = case when answer <> 'LATER' then waits when wait_code = code then waits + 1 else 1 end,
        waiting_since = case when wait_code = code then coalesce(waiting_since, clock_timestamp())
          else clock_timestamp() end,
        wait_code = code
      where entry_id = wanted and state <> 'WAITING';
    end if;
  end if;

  if given_wamid is not null then perform apply_statuses(array[given_wamid]); end if;
  perform refresh_entries(array[wanted]);
  perform advance_feed();
end $function$
;

-- 0020-unconfirmed.ts
CREATE OR REPLACE FUNCTION public.refresh_conversation(wanted text)
 RETURNS void
 LANGUAGE sql
AS $function$
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
$function$
;

-- 0014-references.ts
CREATE OR REPLACE FUNCTION public.refresh_entries(ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform show_attempts(ids);
  perform annotate_around(ids);
  perform refresh_failed(ids);
end $function$
;

-- 0020-unconfirmed.ts
CREATE OR REPLACE FUNCTION public.refresh_failed(entry_ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.refresh_marks(wanted text)
 RETURNS void
 LANGUAGE sql
AS $function$
  update read_mark m set read_count = covered.count, behind = covered.behind
  from (
    select m.staff_id, inbound.count, c.inbound_count > inbound.count as behind
    from conversation c cross join staff join read_mark m on m.staff_id = staff.id and m.conversation_id = c.id,
    lateral (
      select count(*) from comms_entry e where e.conversation_id = c.id and e.direction = 'INBOUND' and e.id <= m.up_to_entry_id
    ) inbound
    where c.id = wanted
  ) covered
  where m.staff_id = covered.staff_id and m.conversation_id = wanted
$function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.remove_customer(wanted text, goes_on_as text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select end_conversation(wanted, goes_on_as);
  delete from read_mark m using staff where m.staff_id = staff.id and m.conversation_id = wanted;
  update conversation set customer_id = null where id = wanted;
  delete from contact where customer_id = wanted;
  delete from customer where id = wanted;
  insert into comms_feed (position, subject, change, subject_id)
    values (feed_end() + 1, 'customer', 'REMOVED', wanted);
$function$
;

-- 0015-discards.ts
CREATE OR REPLACE FUNCTION public.retry_send(wanted bigint, its_recipient text, by_number text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0003-sending.ts
CREATE OR REPLACE FUNCTION public.set_channel(is_stopped boolean, new_code text, new_details text, new_token_digest text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
begin
  update channel set stopped_at = case when is_stopped then clock_timestamp() end, code = new_code,
    details = new_details, token_digest = new_token_digest
  where (stopped_at is not null) <> is_stopped;
  if not found then return false; end if;
  insert into comms_feed (position, subject, change) values (feed_end() + 1, 'channel', 'UPDATED');
  perform advance_feed();
  return true;
end $function$
;

-- 0008-business-number.ts
CREATE OR REPLACE FUNCTION public.set_channel_number(new_number_id text, new_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform lock_feed();
  update channel set number_id = new_number_id, number = new_number
    where (number_id, number) is distinct from (new_number_id, new_number);
  if not found then return; end if;
  insert into comms_feed (position, subject, change) values (feed_end() + 1, 'channel', 'UPDATED');
  perform advance_feed();
end $function$
;

-- 0017-settling-beside.ts
CREATE OR REPLACE FUNCTION public.settle()
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
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
end $function$
;

-- 0003-sending.ts
CREATE OR REPLACE FUNCTION public.settle_send(wanted bigint, arrived boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform lock_feed();
  update send_attempt a set
    delivered_at = case when arrived then clock_timestamp() end,
    failed_at = case when not arrived then clock_timestamp() end,
    error_code = case when not arrived then 'NOT_ARRIVED' end
  from comms_entry e
  where e.id = wanted and e.status = 'UNKNOWN' and a.entry_id = e.id
    and a.number = (select max(number) from send_attempt where entry_id = wanted);
  if not found then return; end if;
  delete from outbox where entry_id = wanted and state = 'UNKNOWN';
  perform refresh_entries(array[wanted]);
  perform advance_feed();
end $function$
;

-- 0011-logged-once.ts
CREATE OR REPLACE FUNCTION public.show_attempts(ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0016-read-receipts.ts
CREATE OR REPLACE FUNCTION public.take_untold_reads(wanted text, up_to bigint, to_number text)
 RETURNS SETOF text
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.tell_marks(conversation text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into comms_feed (position, subject, change, subject_id, staff_id)
  select feed_end() + row_number() over (order by m.staff_id), 'read_mark', 'UPDATED', m.conversation_id, m.staff_id
  from staff join read_mark m on m.staff_id = staff.id and m.conversation_id = conversation
  where m.revision > 0
$function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.tell_refreshed(conversation text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select refresh_conversation(conversation);
  select refresh_marks(conversation);
  insert into comms_feed (position, subject, change, subject_id)
    values (feed_end() + 1, 'conversation', 'UPDATED', conversation);
  select tell_marks(conversation);
$function$
;

-- 0006-day-work.ts
CREATE OR REPLACE FUNCTION public.unlink_conversation(unknown text, phones text[], unknown_search text, customer_search text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
  link sender_link;
  them sender;
begin
  select * into link from sender_link where unknown_id = unknown;
  if not found then return false; end if;
  select * into them from sender where unknown_id = unknown;

  perform move_entries(array(
    select e.id from comms_entry e where e.conversation_id = link.customer_id and (e.sender_id = them.id or (
      e.sender_id is null and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' and (
        e.phone = any (phones || them.phone) or e.recipient_user_id in (
          select substr(identifier, 6) from sender_identifier where sender_id = them.id and identifier like 'user:%'))))
  ), unknown);
  update sender set conversation_id = unknown where id = them.id;
  update conversation set moved_to = null, search_text = unknown_search where id = unknown;
  update conversation set search_text = customer_search where id = link.customer_id;

  -- A mark that nobody has touched since goes back to the two that it was made of; any other covers what it covers.
  with mark as (
    select m.staff_id, least(1, m.revision) as has_read,
      case when before.revision = m.revision then before.up_to_entry_id else m.up_to_entry_id end as stays,
      case when before.revision = m.revision then coalesce(own.up_to_entry_id, 0) else m.up_to_entry_id end as goes
    from staff
    join read_mark m on m.staff_id = staff.id and m.conversation_id = link.customer_id
    left join mark_before_link before on before.staff_id = staff.id and before.unknown_id = unknown
    left join read_mark own on own.staff_id = staff.id and own.conversation_id = unknown
  ), going as (
    insert into read_mark as m (staff_id, conversation_id, up_to_entry_id, read_count, revision)
    select staff_id, unknown, goes, 0, has_read from mark
    on conflict (staff_id, conversation_id) do update
      set up_to_entry_id = excluded.up_to_entry_id, revision = m.revision + excluded.revision
  )
  update read_mark m set up_to_entry_id = stays, revision = m.revision + has_read
    from mark where m.staff_id = mark.staff_id and m.conversation_id = link.customer_id;

  delete from sender_link where unknown_id = unknown;
  if link.made_customer and not exists (
    select from comms_entry where conversation_id = link.customer_id
    union all select from sender where conversation_id = link.customer_id
    union all select from sender_link where customer_id = link.customer_id
    union all select from customer where id = link.customer_id and revision > 1)
  then
    perform remove_customer(link.customer_id, unknown);
  else
    perform tell_refreshed(link.customer_id);
  end if;
  perform tell_refreshed(unknown);
  perform advance_feed();
  return true;
end $function$
;

-- 0019-under-the-lock.ts
CREATE OR REPLACE FUNCTION public.update_customer(wanted text, new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb, by_staff text DEFAULT NULL::text, judged_revision integer DEFAULT NULL::integer)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  head bigint := lock_feed();
  keys_before text[] := array(select phone_key from contact where customer_id = wanted and phone_key is not null);
begin
  update customer set revision = revision + 1, name = new_name, organization = new_organization,
    sort_name = new_sort_name, search_text = new_search_text
  where id = wanted and revision = coalesce(judged_revision, revision);
  if not found then return false; end if;

  if contacts is not null then
    delete from contact c where c.customer_id = wanted and not exists (
      select from jsonb_to_recordset(contacts) as k (id bigint) where k.id = c.id);
    update contact c set type = k.type, value = k.value, label = k.label, digits = k.digits, phone_key = k.phone_key
      from jsonb_to_recordset(contacts) as k (
        id bigint, type text, value text, label text, digits text, phone_key text)
      where c.id = k.id and c.customer_id = wanted;
    insert into contact (customer_id, type, value, label, digits, phone_key)
      select wanted, k.type, k.value, k.label, k.digits, k.phone_key
      from jsonb_to_recordset(contacts) as k (
        id bigint, type text, value text, label text, digits text, phone_key text)
      where k.id is null;
  end if;

  update conversation set revision = revision + 1 where id = wanted;
  insert into comms_feed (position, subject, change, subject_id) values
    (head + 1, 'customer', 'UPDATED', wanted), (head + 2, 'conversation', 'UPDATED', wanted);
  perform adopt_unknown(wanted, array(
    select c.phone_key from contact c
    where c.customer_id = wanted and c.phone_key is not null and c.phone_key <> all (keys_before)), by_staff, false);
  perform advance_feed();
  return true;
end $function$
;

-- 0011-logged-once.ts
CREATE VIEW feed_step AS
 SELECT e.id AS "position",
    'entry'::text AS subject,
    'LOGGED'::text AS change,
    e.id AS entry_id,
    e.type AS comms_type,
    e.conversation_id AS subject_id,
    NULL::text AS previous_id,
    NULL::text AS staff_id,
    e.logged_at AS created_at
   FROM comms_entry e
UNION ALL
 SELECT comms_feed."position",
    comms_feed.subject,
    comms_feed.change,
    comms_feed.entry_id,
    comms_feed.comms_type,
    comms_feed.subject_id,
    comms_feed.previous_id,
    comms_feed.staff_id,
    comms_feed.created_at
   FROM comms_feed;

-- 0007-append.ts
CREATE TRIGGER note_conversation_search AFTER UPDATE OF search_text ON conversation FOR EACH ROW WHEN (old.search_text IS DISTINCT FROM new.search_text) EXECUTE FUNCTION note_conversation_search();

-- 0007-append.ts
CREATE TRIGGER note_new_conversation_search AFTER INSERT ON conversation FOR EACH ROW EXECUTE FUNCTION note_conversation_search();

CREATE UNIQUE INDEX channel_pkey ON public.channel USING btree (single);

-- 0006-day-work.ts
CREATE INDEX comms_entry_as_logged ON public.comms_entry USING btree (conversation_id, id DESC);

-- 0007-append.ts
CREATE UNIQUE INDEX comms_entry_by_idempotency_key ON public.comms_entry USING btree (author_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);

-- 0007-append.ts
CREATE UNIQUE INDEX comms_entry_by_item_hash ON public.comms_entry USING btree (item_hash) WHERE (item_hash IS NOT NULL);

-- 0007-append.ts
CREATE INDEX comms_entry_by_type ON public.comms_entry USING btree (type, id DESC) WHERE (type <> 'WHATSAPP'::text);

-- 0014-references.ts
CREATE INDEX comms_entry_changing ON public.comms_entry USING btree (reference_id) WHERE (reference_kind <> 'REPLY'::text);

CREATE UNIQUE INDEX comms_entry_ext_message_id_key ON public.comms_entry USING btree (ext_message_id);

-- 0006-day-work.ts
CREATE INDEX comms_entry_failed ON public.comms_entry USING btree (id DESC) WHERE (failed_at IS NOT NULL);

-- 0002-comms.ts
CREATE INDEX comms_entry_of_conversation ON public.comms_entry USING btree (conversation_id, occurred_at DESC, id DESC);

CREATE UNIQUE INDEX comms_entry_pkey ON public.comms_entry USING btree (id);

-- 0007-append.ts
CREATE INDEX comms_feed_by_age ON public.comms_feed USING brin (created_at);

CREATE UNIQUE INDEX comms_feed_pkey ON public.comms_feed USING btree ("position");

-- 0002-comms.ts
CREATE INDEX contact_by_phone ON public.contact USING btree (phone_key) WHERE (phone_key IS NOT NULL);

-- 0002-comms.ts
CREATE INDEX contact_of_customer ON public.contact USING btree (customer_id, id);

CREATE UNIQUE INDEX contact_pkey ON public.contact USING btree (id);

-- 0011-logged-once.ts
CREATE INDEX conversation_by_activity ON public.conversation USING btree (activity_slot DESC) WHERE (moved_to IS NULL);

-- 0011-logged-once.ts
CREATE INDEX conversation_failed ON public.conversation USING btree (activity_slot DESC) WHERE ((moved_to IS NULL) AND failed);

CREATE UNIQUE INDEX conversation_pkey ON public.conversation USING btree (id);

CREATE UNIQUE INDEX conversation_search_pkey ON public.conversation_search USING btree (conversation_id);

-- 0007-append.ts
CREATE INDEX conversation_search_trigrams ON public.conversation_search USING gin (search_text gin_trgm_ops);

-- 0006-day-work.ts
CREATE INDEX conversation_type_of ON public.conversation_type USING btree (conversation_id);

CREATE UNIQUE INDEX conversation_type_pkey ON public.conversation_type USING btree (type, conversation_id);

-- 0011-logged-once.ts
CREATE INDEX conversation_unanswered ON public.conversation USING btree (activity_slot DESC) WHERE ((moved_to IS NULL) AND unanswered);

-- 0011-logged-once.ts
CREATE INDEX conversation_unknown ON public.conversation USING btree (activity_slot DESC) WHERE ((moved_to IS NULL) AND (customer_id IS NULL));

-- 0002-comms.ts
CREATE INDEX customer_by_name ON public.customer USING btree (sort_name, id);

CREATE UNIQUE INDEX customer_pkey ON public.customer USING btree (id);

-- 0002-comms.ts
CREATE INDEX customer_search ON public.customer USING gin (search_text gin_trgm_ops);

CREATE UNIQUE INDEX customer_service_window_pkey ON public.customer_service_window USING btree (sender_id, business_number_id);

CREATE UNIQUE INDEX entry_search_pkey ON public.entry_search USING btree (entry_id);

CREATE UNIQUE INDEX entry_search_queue_pkey ON public.entry_search_queue USING btree (entry_id);

-- 0002-comms.ts
CREATE INDEX entry_search_trigrams ON public.entry_search USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit='256');

CREATE UNIQUE INDEX feed_head_pkey ON public.feed_head USING btree (single);

CREATE UNIQUE INDEX kysely_migration_lock_pkey ON public.kysely_migration_lock USING btree (id);

CREATE UNIQUE INDEX kysely_migration_pkey ON public.kysely_migration USING btree (name);

CREATE UNIQUE INDEX mark_before_link_pkey ON public.mark_before_link USING btree (unknown_id, staff_id);

-- 0007-append.ts
CREATE INDEX message_status_by_age ON public.message_status USING brin (received_at);

CREATE UNIQUE INDEX message_status_ext_message_id_status_occurred_at_key ON public.message_status USING btree (ext_message_id, status, occurred_at);

CREATE UNIQUE INDEX message_status_pkey ON public.message_status USING btree (id);

-- 0003-sending.ts
CREATE INDEX outbox_of_recipient ON public.outbox USING btree (recipient, entry_id);

CREATE UNIQUE INDEX outbox_pkey ON public.outbox USING btree (entry_id);

CREATE UNIQUE INDEX quick_reply_pkey ON public.quick_reply USING btree (id);

CREATE UNIQUE INDEX quick_reply_shortcut_key_key ON public.quick_reply USING btree (shortcut_key);

-- 0006-day-work.ts
CREATE INDEX read_mark_behind ON public.read_mark USING btree (staff_id, conversation_id) WHERE behind;

-- 0006-day-work.ts
CREATE INDEX read_mark_caught_up ON public.read_mark USING btree (conversation_id) WHERE (NOT behind);

CREATE UNIQUE INDEX read_mark_pkey ON public.read_mark USING btree (staff_id, conversation_id);

CREATE UNIQUE INDEX send_attempt_pkey ON public.send_attempt USING btree (entry_id, number);

-- 0013-settling.ts
CREATE UNIQUE INDEX send_attempt_wamid_key ON public.send_attempt USING btree (wamid) WHERE (wamid IS NOT NULL);

CREATE UNIQUE INDEX sender_identifier_pkey ON public.sender_identifier USING btree (identifier);

-- 0006-day-work.ts
CREATE INDEX sender_link_of_customer ON public.sender_link USING btree (customer_id);

CREATE UNIQUE INDEX sender_link_pkey ON public.sender_link USING btree (unknown_id);

-- 0002-comms.ts
CREATE INDEX sender_of_conversation ON public.sender USING btree (conversation_id);

CREATE UNIQUE INDEX sender_pkey ON public.sender USING btree (id);

CREATE UNIQUE INDEX sender_unknown_id_key ON public.sender USING btree (unknown_id);

CREATE UNIQUE INDEX settled_head_pkey ON public.settled_head USING btree (single);

CREATE INDEX sign_in_attempt_expires_at_idx ON public.sign_in_attempt USING btree (expires_at);

CREATE UNIQUE INDEX sign_in_attempt_pkey ON public.sign_in_attempt USING btree (key);

CREATE UNIQUE INDEX staff_account_pkey ON public.staff_account USING btree (id);

CREATE UNIQUE INDEX staff_account_provider_id_account_id_key ON public.staff_account USING btree (provider_id, account_id);

CREATE INDEX staff_account_user_id_idx ON public.staff_account USING btree (user_id);

CREATE UNIQUE INDEX staff_email_key ON public.staff USING btree (email);

CREATE UNIQUE INDEX staff_pkey ON public.staff USING btree (id);

CREATE INDEX staff_session_expires_at_idx ON public.staff_session USING btree (expires_at);

CREATE UNIQUE INDEX staff_session_pkey ON public.staff_session USING btree (id);

CREATE UNIQUE INDEX staff_session_token_key ON public.staff_session USING btree (token);

CREATE INDEX staff_session_user_id_idx ON public.staff_session USING btree (user_id);

CREATE INDEX staff_verification_identifier_idx ON public.staff_verification USING btree (identifier);

CREATE UNIQUE INDEX staff_verification_pkey ON public.staff_verification USING btree (id);

-- 0007-append.ts
CREATE INDEX webhook_body_by_age ON public.webhook_body USING brin (received_at);

CREATE UNIQUE INDEX webhook_body_pkey ON public.webhook_body USING btree (id);

CREATE UNIQUE INDEX webhook_body_sha256_key ON public.webhook_body USING btree (sha256);

-- 0002-comms.ts
CREATE INDEX webhook_body_with_problems ON public.webhook_body USING btree (id) WHERE (problems IS NOT NULL);
