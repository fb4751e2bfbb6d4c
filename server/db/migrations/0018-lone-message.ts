import { type Kysely, sql } from 'kysely';

/**
 * Lets a message that comes alone, as most do, be logged without what only many need: a statement of many parts takes
 * longer to begin than one message to be logged.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [appending, alone, farewell]) await sql.raw(statement).execute(db);
}

const appending = /* sql */ `
-- As append_items, which stays for the version before this one: that one has not been the same everywhere.
create function append_entries(
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

const alone = /* sql */ `
/*
 * A webhook with nothing in it but one message. Where that is new, from a sender who is known as it names them, and
 * changes no other and is changed by none, nothing has to be worked out; any other is left to append_entries.
 */
create function append_message(hash bytea, body bytea, message json)
returns table (logged_after bigint, entry_ids jsonb) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan as $$
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
end $$;
`;

const farewell = /* sql */ `
-- What only the version before the last one needed.
drop function append_batch;
alter table feed_head drop column settled;
`;
