import { createHash } from 'node:crypto';
import {
  abandonCalls,
  channelMark,
  channelStop,
  claimSend,
  type DueSend,
  dueSends,
  recordAnswer,
  releaseUnknown,
  reopenChannel,
  type SendAnswer,
  stopChannel,
} from '../comms/outbox.ts';
import type { Config } from '../config.ts';
import type { AppContext } from '../context.ts';
import { type GraphAnswer, type Outgoing, postMessage } from './graph-api.ts';
import { sendError } from './send-errors.ts';
import { onlySender, type Turn } from './sender-turn.ts';

const ANSWER_WITHIN_MS = 30_000;
/** How long one of which nobody knows holds up the recipient's next ones. */
const UNKNOWN_HOLDS_MS = 15_000;
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1_000;
const MOST_CALLS_AT_ONCE = 200;
const LOOK_EVERY_MS = 1_000;
/** While the way out is closed, one message at a time finds out whether it is open again. */
const FIRST_PROBE_MS = 5_000;
const LAST_PROBE_MS = 60_000;
const FINISH_CALLS_MS = 5_000;

/**
 * Sends what is in the outbox: one process at a time, so that each recipient's order and the number's rate need no
 * more than a loop. What it was calling when it ends is UNKNOWN, and never sent again by itself.
 */
export function startSender({ config, database, log }: AppContext): AsyncDisposable {
  const db = database.kysely;
  const { whatsapp } = config;
  const tokenDigest = digestOf(whatsapp);
  const calls = new Set<Promise<void>>();
  const givenUp = new AbortController();
  const pace = createPace(whatsapp.sendsPerSecond);
  let mark = '';
  let probeDelay = FIRST_PROBE_MS;
  let probeAt = 0;
  /** How often this process has found the way out closed. */
  let stops = 0;

  const turns = onlySender(database, log, async (turn) => {
    // Our own calls from an earlier turn know best what became of them.
    await Promise.all(calls);
    const abandoned = await abandonCalls(db, UNKNOWN_HOLDS_MS);
    if (abandoned > 0) log.warn({ abandoned }, 'messages whose outcome nobody knows, after a sender was gone');
    mark = await channelMark(db);
    const stop = await channelStop(db);
    if (stop && stop.tokenDigest !== tokenDigest) await reopen('the access token is another one');
    else if (stop) probeAt = Date.now();
    while (turn.isOurs()) {
      const soonest = await sendDue(turn);
      await turn.pause(Math.max(0, Math.min(LOOK_EVERY_MS, soonest - Date.now())));
    }
    // While nobody else can take them for abandoned.
    await Promise.all(calls);
  });

  return {
    async [Symbol.asyncDispose]() {
      const late = setTimeout(() => givenUp.abort(), FINISH_CALLS_MS);
      await turns.end();
      // A turn that ended for want of the database leaves its calls under way.
      await Promise.all(calls);
      clearTimeout(late);
    },
  };

  /** Begins the calls that are due; returns when there may be more. */
  async function sendDue(turn: Turn): Promise<number> {
    const stopsBefore = stops;
    await releaseUnknown(db);
    const stopped = (await channelStop(db)) !== undefined;
    if (stopped && calls.size > 0) return Number.POSITIVE_INFINITY;
    if (stopped && Date.now() < probeAt) return probeAt;
    const { due, soonest } = await dueSends(db, stopped ? 1 : MOST_CALLS_AT_ONCE);
    for (const send of due) {
      if (calls.size >= MOST_CALLS_AT_ONCE) await Promise.race(calls);
      const isOurs = (send.businessNumberId ?? whatsapp.phoneNumberId) === whatsapp.phoneNumberId;
      if (isOurs) await pace.slot();
      if (!turn.isOurs() || stops > stopsBefore) return 0;
      const number = await claimSend(db, send.entryId);
      if (number === undefined) continue;
      if (!isOurs) {
        await recordAnswer(db, send.entryId, number, { outcome: 'REFUSED', code: 'OTHER_NUMBER', details: undefined });
        continue;
      }
      const call = makeCall(send, number, stopped).finally(() => {
        calls.delete(call);
        turn.wake();
      });
      calls.add(call);
    }
    if (stopped && due.length > 0) {
      probeAt = Date.now() + probeDelay;
      probeDelay = Math.min(LAST_PROBE_MS, probeDelay * 2);
      return probeAt;
    }
    return soonest?.getTime() ?? Number.POSITIVE_INFINITY;
  }

  async function makeCall(send: DueSend, number: number, isProbe: boolean): Promise<void> {
    const to = send.phone === null ? { userId: send.recipientUserId ?? '' } : { phone: send.phone };
    const answer = await postMessage(
      whatsapp,
      { to, content: contentOf(send), callbackData: `${send.entryId}.${number}.${mark}` },
      AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), givenUp.signal]),
    );
    // First whether the way out is closed: what is recorded as waiting may be sent in that moment.
    await untilWritten(() => judgeChannel(answer, isProbe));
    await untilWritten(() => recordAnswer(db, send.entryId, number, judge(send, answer)));
  }

  /** What an answer means for the message. */
  function judge(send: DueSend, answer: GraphAnswer): SendAnswer {
    if (answer.kind === 'ACCEPTED') {
      pace.accepted();
      return { outcome: 'ACCEPTED', wamid: answer.wamid };
    }
    const { details } = answer;
    if (answer.kind === 'NO_ANSWER') {
      log.warn({ entryId: send.entryId, reason: details }, 'nobody knows whether a message went out');
      return { outcome: 'UNKNOWN', due: new Date(Date.now() + UNKNOWN_HOLDS_MS) };
    }
    const code = answer.kind === 'ERROR' ? answer.code : 'NO_CONNECTION';
    const error = sendError(code);
    const { waits, waitingSince } = send.waitCode === code ? send : { waits: 0, waitingSince: null };
    const tooLong = waitingSince !== null && Date.now() - waitingSince.getTime() > GIVE_UP_AFTER_MS;
    if (error.class === 'CHANNEL') return { outcome: 'LATER', code, details, due: new Date() };
    if (error.class === 'NEVER' || waits >= (error.tries ?? Number.POSITIVE_INFINITY) || tooLong) {
      return { outcome: 'REFUSED', code, details };
    }
    const delay = delayOf(error.wait ?? 'SECONDS', waits);
    if (error.wait === 'NUMBER') pace.slowDown(delay);
    return { outcome: 'LATER', code, details, due: new Date(Date.now() + delay) };
  }

  /**
   * What it means for all messages. Only WhatsApp's own word closes the way out, or shows that it is open again: to a
   * call that was begun before it was closed, or that is told to come back later, it says nothing of that.
   */
  async function judgeChannel(answer: GraphAnswer, isProbe: boolean): Promise<void> {
    const errorClass = answer.kind === 'ERROR' ? sendError(answer.code).class : undefined;
    if (answer.kind === 'ERROR' && errorClass === 'CHANNEL') {
      const { code, details } = answer;
      const closed = await stopChannel(db, { code, details, tokenDigest });
      stops += 1;
      if (closed) {
        probeDelay = FIRST_PROBE_MS;
        probeAt = Date.now() + probeDelay;
        log.error({ code, remedy: sendError(code).next }, 'sending is stopped: WhatsApp refuses the company');
      }
    } else if (isProbe && (answer.kind === 'ACCEPTED' || errorClass === 'NEVER')) {
      await reopen('WhatsApp takes messages');
    }
  }

  async function reopen(reason: string): Promise<void> {
    if (!(await reopenChannel(db))) return;
    probeDelay = FIRST_PROBE_MS;
    log.info({ reason }, 'sending goes on');
  }

  /** An answer isn't asked for twice, so what became of a message is kept until the database takes it, or the end. */
  async function untilWritten(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        log.warn({ err: error }, 'an answer of WhatsApp waits for the database');
        if (givenUp.signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref());
      }
    }
  }
}

function contentOf({ body, referenceKind, referenceId, referenceText }: DueSend): Outgoing {
  return referenceKind === 'REACTION' && referenceId !== null
    ? { reactsTo: referenceId, emoji: referenceText ?? '' }
    : { text: body, quotes: referenceId ?? undefined };
}

/** How long until the next try after WhatsApp said "later" so many times before. */
function delayOf(kind: 'PAIR' | 'NUMBER' | 'SECONDS' | 'MINUTES', waits: number): number {
  const jitter = 1 + Math.random() / 4;
  switch (kind) {
    // Meta's own recipe ("About the platform", pair rate limits), and no sooner.
    case 'PAIR':
      return Math.min(4 ** waits * 1_000, 60 * 60 * 1_000);
    case 'NUMBER':
      return Math.min(2 ** waits * 1_000, 60_000) * jitter;
    case 'SECONDS':
      return Math.min(2 ** waits * 1_000, 5 * 60 * 1_000) * jitter;
    case 'MINUTES':
      return Math.min(2 ** waits * 60_000, 60 * 60 * 1_000) * jitter;
  }
}

/** One call after the other at the number's rate; slower after WhatsApp complained, for a while. */
function createPace(perSecond: number) {
  const shortest = 1_000 / perSecond;
  let interval = shortest;
  let next = 0;
  let pausedUntil = 0;
  return {
    async slot(): Promise<void> {
      const now = performance.now();
      const at = Math.max(now, next);
      next = at + interval;
      if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
    },
    slowDown(pauseMs: number): void {
      const now = performance.now();
      // Of the calls that were under way together, the first complaint counts for all.
      if (now >= pausedUntil) interval = Math.min(interval * 2, 1_000);
      pausedUntil = Math.max(pausedUntil, now + pauseMs);
      next = Math.max(next, pausedUntil);
    },
    accepted(): void {
      interval = Math.max(shortest, interval * 0.98);
    },
  };
}

/** Tells whether the token that was refused is still the one that is used. */
function digestOf({ accessToken, phoneNumberId }: Config['whatsapp']): string {
  return createHash('sha256').update(`${phoneNumberId}\n${accessToken}`).digest('hex').slice(0, 16);
}
