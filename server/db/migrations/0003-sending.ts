import { type Kysely, sql } from 'kysely';

/**
 * What is on its way to WhatsApp. An entry is the job; the outbox says when it is due; each call to WhatsApp is an
 * attempt, on record before the call.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [tables, statuses, calls, decisions]) await sql.raw(statement).execute(db);
}

const tables = /* sql */ `
create table outbox (
  entry_id bigint primary key references comms_entry,
  -- Whose turn it is: one message after the other to each.
  recipient text not null,
  -- WAITING for not_before; CALLING WhatsApp; UNKNOWN, which holds the recipient's next ones until not_before.
  state text not null default 'WAITING' check (state in ('WAITING', 'CALLING', 'UNKNOWN')),
  not_before timestamptz(3) not null default clock_timestamp(),
  -- How often in a row WhatsApp said "later", since when, and why.
  waits integer not null default 0,
  waiting_since timestamptz(3),
  wait_code text
);
create index outbox_of_recipient on outbox (recipient, entry_id);

create table send_attempt (
  entry_id bigint not null references comms_entry,
  number integer not null,
  wamid text unique,
  claimed_at timestamptz(3) not null default clock_timestamp(),
  -- What WhatsApp answered; null while it hasn't. LATER: not accepted, and tried again.
  outcome text check (outcome in ('ACCEPTED', 'LATER', 'REFUSED', 'UNKNOWN')),
  sent_at timestamptz(3),
  delivered_at timestamptz(3),
  read_at timestamptz(3),
  failed_at timestamptz(3),
  error_code text,
  error_details text,
  primary key (entry_id, number)
);

-- The way out, where it is closed for everything: why, and by which token it was.
create table channel (
  single boolean primary key default true check (single),
  stopped_at timestamptz(3),
  code text,
  details text,
  token_digest text
);
insert into channel default values;
`;

const statuses = /* sql */ `
/*
 * Brings entries up to date with their attempts, and tells of those that changed. Shown is the newest attempt, unless
 * an older one turned out delivered. Within an attempt a status only moves forward, and a failure loses to a delivery.
 */
create function refresh_entries(ids bigint[]) returns void language sql as $$
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
    delete from outbox o using attempt a
    where o.entry_id = a.entry_id and o.state = 'WAITING' and a.status in ('SENT', 'DELIVERED', 'READ')
  ), shown as (
    select a.*, case when o.state in ('WAITING', 'CALLING') and a.status not in ('SENT', 'DELIVERED', 'READ')
      then 'QUEUED' else a.status end as entry_status
    from attempt a left join outbox o on o.entry_id = a.entry_id
  ), changed as (
    update comms_entry e set
      revision = e.revision + 1, status = s.entry_status, ext_message_id = coalesce(s.wamid, e.ext_message_id),
      sent_at = s.sent_at, delivered_at = s.delivered_at, read_at = s.read_at, failed_at = s.failed_at,
      failure_code = case when s.entry_status in ('FAILED', 'QUEUED') then s.error_code end,
      failure_details = case when s.entry_status in ('FAILED', 'QUEUED') then s.error_details end
    from shown s
    where e.id = s.entry_id and (
      e.status, e.ext_message_id, e.sent_at, e.delivered_at, e.read_at, e.failed_at, e.failure_code)
      is distinct from (
      s.entry_status, coalesce(s.wamid, e.ext_message_id), s.sent_at, s.delivered_at, s.read_at, s.failed_at,
      case when s.entry_status in ('FAILED', 'QUEUED') then s.error_code end)
    returning e.id, e.type, e.conversation_id
  )
  insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
  select feed_end() + row_number() over (order by c.id), 'entry', 'UPDATED', c.id, c.type, c.conversation_id
  from changed c
$$;

/*
 * Applies what Meta told of these messages to the attempts that they are. One whose answer never came is known by the
 * data that went with it. Called when a status comes and when an answer does, whichever is second.
 */
create function apply_statuses(wamids text[]) returns void language plpgsql
set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  touched bigint[];
begin
  if cardinality(wamids) = 0 then return; end if;
  update send_attempt a set wamid = m.ext_message_id
  from (
    select distinct on (m.callback_data) m.ext_message_id, m.callback_data,
      split_part(m.callback_data, '.', 1)::bigint as entry_id, split_part(m.callback_data, '.', 2)::integer as number
    from message_status m
    where m.ext_message_id = any (wamids) and m.callback_data ~ '^[0-9]{1,15}\\.[0-9]{1,6}$'
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

const calls = /* sql */ `
-- Begins an attempt, unless somebody else has, or the recipient's turn isn't this entry's.
create function claim_send(wanted bigint) returns integer language sql as $$
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
$$;

/*
 * Ends an attempt by WhatsApp's answer. An answer that comes after the attempt was given up as UNKNOWN still counts.
 * due: when it is tried again (LATER), or until when the recipient's next ones wait (UNKNOWN).
 */
create function record_answer(
  wanted bigint, wanted_number integer, answer text, given_wamid text, code text, details text, due timestamptz
) returns void language plpgsql as $$
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
end $$;

-- Whose calls nobody waits for any more, since their process is gone: nobody knows what became of them.
create function abandon_calls(hold interval) returns integer language plpgsql as $$
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
end $$;

-- Closes or opens the way out, once.
create function set_channel(is_stopped boolean, new_code text, new_details text, new_token_digest text)
returns boolean language plpgsql as $$
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
end $$;
`;

const decisions = /* sql */ `
-- Somebody's decision to try a message again that failed, or of which nobody knows.
create function retry_send(wanted bigint, its_recipient text) returns void language plpgsql as $$
begin
  perform lock_feed();
  insert into outbox (entry_id, recipient)
  select e.id, its_recipient from comms_entry e
  where e.id = wanted and e.direction = 'OUTBOUND' and e.status in ('FAILED', 'UNKNOWN')
  on conflict (entry_id) do update set state = 'WAITING', not_before = clock_timestamp(), waits = 0, waiting_since = null
    where outbox.state = 'UNKNOWN';
  if not found then return; end if;
  perform refresh_entries(array[wanted]);
  perform advance_feed();
end $$;

-- Somebody's knowledge of a message of which WhatsApp said nothing.
create function settle_send(wanted bigint, arrived boolean) returns void language plpgsql as $$
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
end $$;
`;
