import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { Entry, ReferenceKind } from './entry.ts';
import { phoneKey } from './phone-number.ts';
import { storableText } from './storable-text.ts';

/** A message whose turn it is. */
export type DueSend = {
  entryId: number;
  body: string;
  /** Digits of the number, or Meta's user id where there is none. */
  phone: string | null;
  recipientUserId: string | null;
  /** Which of the company's numbers it was written for. */
  businessNumberId: string | null;
  referenceKind: ReferenceKind | null;
  referenceId: string | null;
  referenceText: string | null;
  /** How often in a row WhatsApp said "later", since when, and the last time why. */
  waits: number;
  waitingSince: Date | null;
  waitCode: string | null;
};

/** What became of an attempt. */
export type SendAnswer =
  | { outcome: 'ACCEPTED'; wamid: string }
  | { outcome: 'REFUSED'; code: string; details: string | undefined }
  /** Not accepted: to be tried again at `due`. */
  | { outcome: 'LATER'; code: string; details: string | undefined; due: Date }
  /** It may have been accepted. The recipient's next messages wait until `due`. */
  | { outcome: 'UNKNOWN'; due: Date };

/** Why nothing can be sent at present, and by which token that was found. */
export type ChannelStop = { stoppedAt: Date; code: string; details: string | null; tokenDigest: string };

/** What may be sent now, of each recipient the oldest; `soonest` is when more will be due. */
export async function dueSends(db: Kysely<DB>, limit: number): Promise<{ due: DueSend[]; soonest: Date | null }> {
  const { rows } = await sql<DueSend & { notBefore: Date; now: Date }>`
    select e.id as entry_id, e.body, e.phone, e.recipient_user_id, e.business_number_id, e.reference_kind, e.reference_id,
      e.reference_text, o.waits, o.waiting_since, o.wait_code, o.not_before, clock_timestamp() as now
    from outbox o join comms_entry e on e.id = o.entry_id
    where o.state = 'WAITING' and not exists (
      select from outbox earlier where earlier.recipient = o.recipient and earlier.entry_id < o.entry_id
        and (earlier.state <> 'UNKNOWN' or earlier.not_before > clock_timestamp()))
    order by o.not_before > clock_timestamp(), o.entry_id limit ${limit}`.execute(db);
  const due = rows.filter(({ notBefore, now }) => notBefore <= now);
  const later = rows.filter(({ notBefore, now }) => notBefore > now).map(({ notBefore }) => notBefore.getTime());
  return { due, soonest: later.length > 0 ? new Date(Math.min(...later)) : null };
}

/** Puts an attempt on record, before the call. Its number, or undefined where it isn't (any more) ours to make. */
export async function claimSend(db: Kysely<DB>, entryId: number): Promise<number | undefined> {
  const { rows } = await sql<{ number: number | null }>`select claim_send(${entryId}) as number`.execute(db);
  return rows[0]?.number ?? undefined;
}

/** Ends an attempt. Saying it twice changes nothing. */
export async function recordAnswer(db: Kysely<DB>, entryId: number, number: number, answer: SendAnswer): Promise<void> {
  const wamid = 'wamid' in answer ? storableText(answer.wamid) : null;
  const code = 'code' in answer ? storableText(answer.code) : null;
  const details = 'details' in answer && answer.details !== undefined ? storableText(answer.details) : null;
  const due = 'due' in answer ? answer.due : null;
  await sql`
    select record_answer(${entryId}, ${number}, ${answer.outcome}, ${wamid}, ${code}, ${details}, ${due})`.execute(db);
}

/** Marks as UNKNOWN what a process that is gone was calling. Returns how many that were. */
export async function abandonCalls(db: Kysely<DB>, holdMs: number): Promise<number> {
  const { rows } = await sql<{ abandoned: number }>`
    select abandon_calls(make_interval(secs => ${holdMs / 1000})) as abandoned`.execute(db);
  return rows[0]?.abandoned ?? 0;
}

/** Forgets those of which nobody knows, and that hold nothing up any more. */
export async function releaseUnknown(db: Kysely<DB>): Promise<void> {
  await sql`delete from outbox where state = 'UNKNOWN' and not_before <= clock_timestamp()`.execute(db);
}

/** How many messages wait to be sent. */
export async function countQueued(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from outbox where state <> 'UNKNOWN'`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}

/** How many there are in each state, and how long ago the oldest of them was written. */
export async function outboxByState(
  db: Kysely<DB>,
): Promise<{ state: string; count: number; oldestSeconds: number }[]> {
  const { rows } = await sql<{ state: string; count: number; oldestSeconds: number }>`
    select s.state, o.count, coalesce(extract(epoch from clock_timestamp() - e.logged_at)::float8, 0) as oldest_seconds
    from unnest(array['WAITING', 'CALLING', 'UNKNOWN']) s (state)
    cross join lateral (select count(*), min(entry_id) as oldest from outbox where state = s.state) o
    left join comms_entry e on e.id = o.oldest`.execute(db);
  return rows;
}

export async function channelStop(db: Kysely<DB>): Promise<ChannelStop | undefined> {
  const { rows } = await sql<ChannelStop>`
    select stopped_at, code, details, token_digest from channel where stopped_at is not null`.execute(db);
  return rows[0];
}

/** Closes the way out. False where it was closed already. */
export async function stopChannel(
  db: Kysely<DB>,
  stop: { code: string; details: string | undefined; tokenDigest: string },
): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`
    select set_channel(true, ${storableText(stop.code)}, ${storableText(stop.details ?? '')}, ${stop.tokenDigest}) as changed`.execute(
    db,
  );
  return rows[0]?.changed === true;
}

/** Opens the way out again. False where it was open. */
export async function reopenChannel(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`select set_channel(false, null, null, null) as changed`.execute(db);
  return rows[0]?.changed === true;
}

/** How WhatsApp writes one of the company's numbers; null where it hasn't told. */
export async function businessNumber(db: Kysely<DB>, numberId: string): Promise<string | null> {
  const row = await db.selectFrom('channel').select('number').where('numberId', '=', numberId).executeTakeFirst();
  return row?.number ?? null;
}

export async function noteBusinessNumber(db: Kysely<DB>, numberId: string, number: string): Promise<void> {
  await sql`select set_channel_number(${numberId}, ${storableText(number)})`.execute(db);
}

/** What goes with each message besides its own number, so that no other database takes its statuses for its own. */
export async function channelMark(db: Kysely<DB>): Promise<string> {
  return (await db.selectFrom('channel').select('mark').executeTakeFirstOrThrow()).mark;
}

/** Tries a failed or unknown message again, by this number; changes nothing where it is on its way, or arrived. */
export async function retrySend(
  db: Kysely<DB>,
  { id, phone, recipientUserId }: Entry,
  byNumberId: string | undefined,
): Promise<void> {
  const recipient = phone === null ? `user:${recipientUserId}` : `phone:${phoneKey(phone)}`;
  await sql`select retry_send(${id}, ${recipient}, ${byNumberId ?? null})`.execute(db);
}

/** Notes that a message that failed is not to be sent any more; changes nothing where it didn't fail. */
export async function discardSend(db: Kysely<DB>, entryId: number, staffId: string): Promise<void> {
  await sql`select discard_send(${entryId}, ${staffId})`.execute(db);
}

/** Notes what somebody knows of a message of which WhatsApp said nothing; changes nothing where it did meanwhile. */
export async function settleSend(db: Kysely<DB>, entryId: number, arrived: boolean): Promise<void> {
  await sql`select settle_send(${entryId}, ${arrived})`.execute(db);
}
