import { type Kysely, sql } from 'kysely';

/**
 * What a day's work asks of the inbox: what failed, what needs no answer, how many there are of each kind; marks that
 * go back; and links between unknown senders and customers that can be taken back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [states, counts, reading, failing, answering, links, linking, unlinking, customers]) {
    await sql.raw(statement).execute(db);
  }
}

const states = /* sql */ `
alter table comms_entry
  -- Whether it is part of the talk; null where that was not noted: then all that was said is.
  add column spoken boolean,
  -- Of what the customer said: somebody decided that it needs no answer.
  add column answered boolean not null default false;
create index comms_entry_as_logged on comms_entry (conversation_id, id desc);
-- By a column that no other change of an entry touches.
create index comms_entry_failed on comms_entry (id desc) where failed_at is not null;

-- The newest message that was sent failed.
alter table conversation add column failed boolean not null default false;
create index conversation_unknown on conversation (last_activity_at desc, id desc)
  where moved_to is null and customer_id is null;
create index conversation_unanswered on conversation (last_activity_at desc, id desc) where moved_to is null and unanswered;
create index conversation_failed on conversation (last_activity_at desc, id desc) where moved_to is null and failed;

alter table comms_feed drop constraint comms_feed_change_check;
alter table comms_feed add constraint comms_feed_change_check
  check (change in ('LOGGED', 'UPDATED', 'MOVED', 'REMOVED'));

-- The conversation that an id stands for: itself, or the one that its history was given to.
create function current_conversation(wanted text) returns text language sql stable as $$
  with recursive alias as (
    select id, moved_to from conversation where id = wanted
    union all
    select c.id, c.moved_to from alias a join conversation c on c.id = a.moved_to
  )
  select id from alias where moved_to is null
$$;
`;

const counts = /* sql */ `
-- Which conversations have an entry of a type.
create table conversation_type (
  type text not null,
  conversation_id text not null references conversation,
  primary key (type, conversation_id)
);
create index conversation_type_of on conversation_type (conversation_id);
insert into conversation_type (type, conversation_id) select distinct type, conversation_id from comms_entry;

update conversation c set failed = true
where c.id in (select conversation_id from comms_entry where failed_at is not null and status = 'FAILED') and (
  select e.status = 'FAILED' from comms_entry e
  where e.conversation_id = c.id and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' order by e.id desc limit 1);

-- What every new entry means for its conversation, whoever logs it.
create function note_logged_entries() returns trigger language plpgsql as $$
declare
  heard_in text[] := array(select distinct conversation_id from logged where direction = 'INBOUND');
  sent_in text[] := array(
    select distinct conversation_id from logged where direction = 'OUTBOUND' and type = 'WHATSAPP');
  somebody text := (select min(id) from staff);
begin
  insert into conversation_type (type, conversation_id) select distinct type, conversation_id from logged
    on conflict do nothing;
  update conversation set failed = false where failed and id = any (sent_in);
  update read_mark set behind = true where not behind and conversation_id = any (heard_in);
  -- Where one has no mark, nobody has.
  insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count, revision, behind)
    select staff.id, fresh.id, 0, 0, 0, true
    from (
      select id from unnest(heard_in) heard (id)
      where (select m.revision from read_mark m where m.staff_id = somebody and m.conversation_id = heard.id) is null
      offset 0
    ) fresh cross join staff
    on conflict do nothing;
  return null;
end $$;
create trigger note_logged_entries after insert on comms_entry referencing new table as logged
  for each statement execute function note_logged_entries();

/*
 * Works out anew what a conversation's row says of its entries, after some came from another or went to another.
 * Its names for search stay as they are.
 */
create function refresh_conversation(wanted text) returns void language sql as $$
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
      where e.conversation_id = wanted and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP'
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
`;

const reading = /* sql */ `
/*
 * Every member of staff has a mark in every conversation with an inbound entry, of revision 0 while they never read in
 * it, so that an index knows what is unread. The rows come from staff and conversation alone, where nothing is deleted.
 */
alter table read_mark
  add column revision integer not null default 1,
  -- Whether there are inbound entries that it doesn't cover.
  add column behind boolean not null default false,
  drop constraint read_mark_staff_id_fkey,
  drop constraint read_mark_conversation_id_fkey;
drop index read_mark_of_conversation;
update read_mark m set behind = true
  from conversation c where c.id = m.conversation_id and c.inbound_count > m.read_count;
insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count, revision, behind)
  select staff.id, c.id, 0, 0, 0, true from staff, conversation c where c.inbound_count > 0 on conflict do nothing;
create index read_mark_behind on read_mark (staff_id, conversation_id) where behind;
create index read_mark_caught_up on read_mark (conversation_id) where not behind;

-- Moves somebody's read mark forward, never back.
create or replace function mark_read(reader text, wanted_conversation text, up_to bigint) returns void language plpgsql as $$
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
end $$;

-- Moves somebody's read mark back to before the newest inbound entry, where it covers that.
create function mark_unread(reader text, wanted_conversation text) returns void language plpgsql as $$
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
end $$;

-- For somebody new: what was said before counts as read. Only the last moment of it holds up who writes.
create or replace function mark_everything_read(reader text) returns void language plpgsql as $$
declare
  head bigint := (select position from feed_head);
begin
  insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count)
    select reader, c.id, head, c.inbound_count from conversation c where c.inbound_count > 0
    on conflict do nothing;
  perform lock_feed();
  insert into read_mark as m (staff_id, conversation_id, up_to_entry_id, read_count)
    select reader, c.id, h.position, c.inbound_count from conversation c, feed_head h
    where c.inbound_count > 0 and c.id in (select conversation_id from comms_entry where id > head)
    on conflict (staff_id, conversation_id) do update
      set up_to_entry_id = excluded.up_to_entry_id, read_count = excluded.read_count;
end $$;

-- Works out anew what everybody's marks in a conversation cover, after its entries have changed.
create function refresh_marks(wanted text) returns void language sql as $$
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
$$;

-- The oldest inbound entry of a conversation that a mark does not cover.
create function oldest_unread(conversation text, up_to bigint) returns bigint language sql stable as $$
  select e.id from comms_entry e where e.conversation_id = conversation and e.direction = 'INBOUND' and e.id > up_to
  order by e.id limit 1
$$;

create function tell_marks(conversation text) returns void language sql as $$
  insert into comms_feed (position, subject, change, subject_id, staff_id)
  select feed_end() + row_number() over (order by m.staff_id), 'read_mark', 'UPDATED', m.conversation_id, m.staff_id
  from staff join read_mark m on m.staff_id = staff.id and m.conversation_id = conversation
  where m.revision > 0
$$;
`;

const failing = /* sql */ `
-- Tells of conversations whose newest sent message, one of these, failed or fails no longer.
create function refresh_failed(entry_ids bigint[]) returns void language sql as $$
  with changed as (
    update conversation c set failed = not c.failed, revision = c.revision + 1
    where c.id in (select conversation_id from comms_entry where id = any (entry_ids)) and c.failed <> (
      select e.status = 'FAILED' from comms_entry e
      where e.conversation_id = c.id and e.direction = 'OUTBOUND' and e.type = 'WHATSAPP' order by e.id desc limit 1)
    returning c.id
  )
  insert into comms_feed (position, subject, change, subject_id)
  select feed_end() + row_number() over (order by id), 'conversation', 'UPDATED', id from changed
$$;

alter function refresh_entries(bigint[]) rename to show_attempts;
-- Brings entries up to date with their attempts, and conversations with their entries.
create function refresh_entries(ids bigint[]) returns void language sql as $$
  select show_attempts(ids);
  select refresh_failed(ids);
$$;
`;

const answering = /* sql */ `
-- Notes that what the customer said last needs no answer, or that it does; nothing where they spoke after the entry.
create function mark_answered(wanted_conversation text, up_to bigint, is_answered boolean) returns void language plpgsql as $$
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
end $$;
`;

const links = /* sql */ `
-- Who was unknown until somebody gave them to a customer. made_customer: who was made in that very step.
create table sender_link (
  unknown_id text primary key references sender (unknown_id),
  customer_id text not null references customer,
  linked_by text references staff,
  linked_at timestamptz(3) not null default clock_timestamp(),
  made_customer boolean not null
);
create index sender_link_of_customer on sender_link (customer_id);

-- The marks that staff had in the customer's conversation before the link; good as long as the mark has this revision.
create table mark_before_link (
  unknown_id text not null references sender_link on delete cascade,
  staff_id text not null references staff,
  up_to_entry_id bigint not null,
  revision integer not null,
  primary key (unknown_id, staff_id)
);
`;

const linking = /* sql */ `
drop function adopt_unknown(text, text[], bigint);
drop function move_conversation(text, text, bigint);
drop function link_conversation(text, text);

-- Gives an unknown sender, with the whole history, to a customer. The sender's own marks stay, for when it is taken back.
create function link_sender(unknown text, to_customer text, by_staff text, made boolean) returns void language plpgsql as $$
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
end $$;

create function tell_refreshed(conversation text) returns void language sql as $$
  select refresh_conversation(conversation);
  select refresh_marks(conversation);
  insert into comms_feed (position, subject, change, subject_id)
    values (feed_end() + 1, 'conversation', 'UPDATED', conversation);
  select tell_marks(conversation);
$$;

create function move_entries(ids bigint[], to_conversation text) returns void language sql as $$
  with moved as (
    update comms_entry e set conversation_id = to_conversation, revision = e.revision + 1
    from comms_entry before where e.id = any (ids) and before.id = e.id
    returning e.id, e.type, before.conversation_id as previous_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id, previous_id)
  select feed_end() + row_number() over (order by id), 'entry', 'UPDATED', id, type, to_conversation, previous_id from moved
$$;

-- Makes the id of a conversation that nothing is left of an alias.
create function end_conversation(ended text, goes_on_as text) returns void language sql as $$
  delete from conversation_type where conversation_id = ended;
  update conversation set moved_to = goes_on_as, revision = revision + 1, last_entry_id = null, last_occurred_at = null,
    inbound_count = 0, unanswered = false, failed = false where id = ended;
  insert into comms_feed (position, subject, change, subject_id, previous_id)
    values (feed_end() + 1, 'conversation', 'MOVED', goes_on_as, ended);
$$;

-- Gives a customer the unknown senders with these numbers, where no other customer has the number.
create function adopt_unknown(adopter text, phone_keys text[], by_staff text, made boolean) returns void language plpgsql as $$
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
end $$;

-- Gives an unknown sender's history to a customer, by somebody's decision.
create function link_conversation(unknown text, to_customer text, by_staff text default null) returns void
language plpgsql as $$
declare
  head bigint := lock_feed();
begin
  if exists (select from conversation where id = unknown and customer_id is null and moved_to is null)
    and exists (select from customer where id = to_customer) then
    perform link_sender(unknown, to_customer, by_staff, false);
    perform advance_feed();
  end if;
end $$;
`;

const unlinking = /* sql */ `
/*
 * Takes a link back: what that sender and staff said to each other is unknown again, and so is what they say from now
 * on. phones: those of the sender, as messages went out to them. Answers whether there was such a link.
 */
create function unlink_conversation(unknown text, phones text[], unknown_search text, customer_search text)
returns boolean language plpgsql as $$
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
end $$;

-- Of whom nothing is left but the id, which goes on as another conversation's.
create function remove_customer(wanted text, goes_on_as text) returns void language sql as $$
  select end_conversation(wanted, goes_on_as);
  delete from read_mark m using staff where m.staff_id = staff.id and m.conversation_id = wanted;
  update conversation set customer_id = null where id = wanted;
  delete from contact where customer_id = wanted;
  delete from customer where id = wanted;
  insert into comms_feed (position, subject, change, subject_id)
    values (feed_end() + 1, 'customer', 'REMOVED', wanted);
$$;
`;

const customers = /* sql */ `
drop function create_customer(text, text, text, text, jsonb);
drop function update_customer(text, text, text, text, text, jsonb);

/*
 * Makes a customer. A sender whom nobody knew, and whose number no other customer has, brings the history along; so
 * does the one of from_unknown. Null where that is nobody unknown (any more).
 * contacts: [{ type, value, label, digits, phone_key }]
 */
create function create_customer(
  new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb,
  by_staff text default null, from_unknown text default null
) returns text language plpgsql as $$
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
end $$;

/*
 * Changes a customer. contacts: null leaves them alone, else [{ id, type, value, label, digits, phone_key }] is all
 * that remains; without id it is a new one. Numbers that are new bring unknown senders' histories along.
 */
create function update_customer(
  wanted text, new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb,
  by_staff text default null
) returns void language plpgsql as $$
declare
  head bigint := lock_feed();
  keys_before text[] := array(select phone_key from contact where customer_id = wanted and phone_key is not null);
begin
  update customer set revision = revision + 1, name = new_name, organization = new_organization,
    sort_name = new_sort_name, search_text = new_search_text where id = wanted;
  if not found then return; end if;

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
end $$;
`;
