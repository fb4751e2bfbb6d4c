import { gapsInFeed, query } from '../harness/database.ts';
import type { PatientFollower } from '../harness/patient-follower.ts';
import type { MoodyCall, MoodyGraphApi } from './moody-graph-api.ts';

/** What was done to the product, and what it told. */
export interface Account {
  databaseUrl: string;
  /** The messages that got their 200. */
  taken: Set<string>;
  /** The entry that each idempotency key was answered with. */
  asked: Map<string, string>;
  calls: MoodyGraphApi['calls'];
  followers: PatientFollower[];
}

/** What does not agree, in words; nothing where all is well. */
export async function differences(account: Account): Promise<string[]> {
  const entries = await query<LogEntry>(
    account.databaseUrl,
    `select id::text, ext_message_id as wamid, idempotency_key as key, direction, status, revision from comms_entry`,
  );
  const steps = await query<{ id: string }>(
    account.databaseUrl,
    `select entry_id::text as id from feed_step where subject = 'entry' order by position`,
  );
  return [
    ...ofLog(entries, account),
    ...(await gapsInFeed(account.databaseUrl)).map((position) => `feed: no step before ${position}`),
    ...account.followers.flatMap((follower, number) =>
      ofFollower(follower, steps, entries).map((text) => `subscriber ${number}: ${text}`),
    ),
    ...entries.flatMap((entry) =>
      entry.direction === 'OUTBOUND' ? ofSend(entry, account.calls.get(entry.id) ?? []) : [],
    ),
  ];
}

interface LogEntry {
  id: string;
  wamid: string | null;
  key: string | null;
  direction: string;
  status: string;
  revision: number;
}

/** Each message and each send is there once, and no other. */
function ofLog(entries: LogEntry[], { taken, asked }: Account): string[] {
  const received = entries.flatMap(({ direction, wamid }) => (direction === 'INBOUND' ? [wamid ?? ''] : []));
  const sent = entries.flatMap(({ direction, key, id }) => (direction === 'OUTBOUND' ? [`${key}: ${id}`] : []));
  return [
    ...compare('log, received', received, [...taken]),
    ...compare(
      'log, sent',
      sent,
      [...asked].map(([key, id]) => `${key}: ${id}`),
    ),
  ];
}

function compare(what: string, found: string[], expected: string[]): string[] {
  const [foundOnce, wanted] = [new Set(found), new Set(expected)];
  return [
    ...(foundOnce.size < found.length ? [`${what}: ${found.length - foundOnce.size} doubled`] : []),
    ...[...wanted.difference(foundOnce)].map((id) => `${what}: ${id} is missing`),
    ...[...foundOnce.difference(wanted)].map((id) => `${what}: nobody knows of ${id}`),
  ];
}

/** It was told every step of the log once and in order, and shows each entry as it is. */
function ofFollower({ events }: PatientFollower, steps: { id: string }[], entries: LogEntry[]): string[] {
  const shown = new Map(events.map(({ id, revision }) => [id, revision]));
  const stale = entries.filter(({ id, revision }) => shown.get(id) !== revision);
  const wrong = steps.findIndex(({ id }, index) => events[index]?.id !== id);
  return [
    ...(events.length === steps.length ? [] : [`was told ${events.length} of ${steps.length} steps`]),
    ...(wrong < 0 ? [] : [`step ${wrong} is of entry ${steps[wrong]?.id}, and it was told ${events[wrong]?.id}`]),
    ...stale.map(({ id, revision }) => `shows revision ${shown.get(id)} of entry ${id}, which is at ${revision}`),
  ];
}

/** Called again only after WhatsApp said "later"; shown as WhatsApp last told it. */
function ofSend({ id, status }: LogEntry, calls: MoodyCall[]): string[] {
  const answers = calls.map(({ answer }) => answer);
  const again = answers.slice(0, -1).some((answer) => answer !== 'later');
  const possible = outcomes(calls);
  return [
    ...(again ? [`send: entry ${id} was called again, after ${answers.join(', ')}`] : []),
    ...(possible.includes(status) ? [] : [`send: entry ${id} is ${status}, after ${JSON.stringify(calls)}`]),
  ];
}

/** A program may be killed before it has noted an answer: then nobody knows, unless the webhook tells. */
function outcomes(calls: MoodyCall[]): string[] {
  const ticks = calls.flatMap((call) => call.ticks);
  const furthest = (['read', 'delivered', 'failed', 'sent'] as const).find((tick) => ticks.includes(tick));
  if (furthest) return [furthest.toUpperCase()];
  switch (calls.at(-1)?.answer) {
    case 'accepted':
      return ['SENT', 'UNKNOWN'];
    case 'never':
      return ['FAILED', 'UNKNOWN'];
    default:
      return ['UNKNOWN'];
  }
}
