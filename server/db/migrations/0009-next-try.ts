import { type Kysely, sql } from 'kysely';

/** When a message that WhatsApp wants later is tried again, for who waits for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [column, showing]) await sql.raw(statement).execute(db);
}

const column = /* sql */ `
alter table comms_entry add column next_try_at timestamptz(3);
`;

const showing = /* sql */ `
/*
 * As before, and when it is tried again. Where the way out is closed that is at once, over and over, and not told.
 */
create or replace function show_attempts(ids bigint[]) returns void language sql as $$
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
  select feed_end() + row_number() over (order by c.id), 'entry', 'UPDATED', c.id, c.type, c.conversation_id
  from changed c
$$;
`;
