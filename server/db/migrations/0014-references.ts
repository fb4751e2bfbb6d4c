import { type Kysely, sql } from 'kysely';

/** Which message another one quotes, reacts to, edits or deletes, and what became of that one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [columns, annotating, telling, appending]) await sql.raw(statement).execute(db);
}

const columns = /* sql */ `
alter table comms_entry
  -- REPLY, REACTION, EDIT or DELETION; of which message; and the emoji or the new text.
  add column reference_kind text,
  add column reference_id text,
  add column reference_text text,
  -- What later entries made of this one: reactions, edited, deletedAt.
  add column annotations jsonb;
create index comms_entry_changing on comms_entry (reference_id) where reference_kind <> 'REPLY';
`;

const annotating = /* sql */ `
/*
 * Brings up to date what reactions, edits and deletions make of these messages, whichever of both came first, and tells
 * of those that changed. Only within one conversation; only one's own can be edited or deleted. Either side has one
 * reaction to a message at a time.
 */
create function annotate(wamids text[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan as $$
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
end $$;
`;

const telling = /* sql */ `
-- The same for the messages that these entries are, and for those that they change.
create function annotate_around(ids bigint[]) returns void language plpgsql as $$
declare
  targets text[];
begin
  select array_agg(case when e.reference_kind <> 'REPLY' then e.reference_id else e.ext_message_id end) into targets
    from comms_entry e where e.id = any (ids) and (e.reference_kind <> 'REPLY' or exists (
      select from comms_entry r where r.reference_kind <> 'REPLY' and r.reference_id = e.ext_message_id));
  if targets is not null then perform annotate(targets); end if;
end $$;

-- As before, and what the company's reactions, or reactions to what is now known to be sent, mean for their targets.
create or replace function refresh_entries(ids bigint[]) returns void language plpgsql as $$
begin
  perform show_attempts(ids);
  perform annotate_around(ids);
  perform refresh_failed(ids);
end $$;

-- As before, and what is in one conversation with what it refers to, or no longer is.
create or replace function move_entries(ids bigint[], to_conversation text) returns void language sql as $$
  with moved as (
    update comms_entry e set conversation_id = to_conversation, revision = e.revision + 1
    from comms_entry before where e.id = any (ids) and before.id = e.id
    returning e.id, e.type, before.conversation_id as previous_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id, previous_id)
  select feed_end() + row_number() over (order by id), 'entry', 'UPDATED', id, type, to_conversation, previous_id from moved;
  select annotate_around(ids)
$$;
`;

const appending = /* sql */ `
-- As before, with what a message refers to; where that changes another entry, or waited for this one, the other is told.
create or replace function append_batch(
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
  referring text[];
  awaited text[];
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
    select i.id, coalesce(i.home_id, (i.them).conversation_id), coalesce(i.home_sender_id, (i.them).id), i.type,
      i.direction, i.text, i.status, i.spoken, i.ext_message_id, i.item_hash, i.phone, i.sender_name,
      i.business_number_id, least(i.occurred_at, coalesce(i.logged_at, logged_now)), coalesce(i.logged_at, logged_now),
      i.author_id, body_ids[i.body_index], i.idempotency_key, i.recipient_user_id, i.reference_kind, i.reference_id,
      i.reference_text
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

  select max(e.id), array_agg(e.reference_id) filter (where e.reference_kind <> 'REPLY'),
      array_agg(e.ext_message_id) filter (where exists (
        select from comms_entry r where r.reference_kind <> 'REPLY' and r.reference_id = e.ext_message_id))
    into newest, referring, awaited
    from comms_entry e where e.id > head.position;
  if newest is null then return; end if;
  update feed_head set position = newest, comms_position = newest, inbox_position = newest;
  perform pg_notify('comms_feed', '');
  if referring is not null or awaited is not null then
    perform annotate(referring || awaited);
    perform advance_feed();
  end if;
  if messages @? '$[*] ? (@.direction != "INBOUND" || exists (@.conversation_id))' then
    perform find_by(coalesce(home.moved_to, home.id), m.sender_search)
      from jsonb_to_recordset(messages) as m (conversation_id text, sender_search text)
      join conversation home on home.id = m.conversation_id;
    perform settle();
  elsif newest - head.settled > 5000 then
    perform settle();
  end if;
end $$;
`;
