import { randomUUID } from 'node:crypto';
import { Latencies } from './latencies.ts';
import { MARK, NUMBER_DIGITS, TIME_DIGITS } from './webhook-body.ts';
import { WebSocketConnection } from './websocket-connection.ts';

/** A process with many subscribers, each of which checks that it is told every message once, in everybody's order. */
export type FollowOptions = {
  url: string;
  authorization?: string;
  count: number;
  query: string;
  /** The first subscriber has the first of these, and so on, around. */
  variables: Record<string, unknown>[];
  /** So many of them stop reading once they are there. */
  stopReading?: number;
};

export type FollowCommand =
  /** Times count from messages on that are due from then on. */
  | { countFrom: number; seconds: number }
  /** Waits for the messages with these numbers, as long as any come. */
  | { finish: { first: number; end: number } };

export type Followed = {
  /** Events a second, told while messages counted. */
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
  missed: number;
  twice: number;
  /** Events whose position was not behind that before; and subscribers who had another order than the first. */
  disordered: number;
  /** Subscriptions that ended, with or without errors. */
  ended: number;
  /** From the first connection to the last event. */
  span: number;
};

type Subscriber = { seen: Uint8Array; position: number; order: number; reads: boolean };

const NEXT_PLACE = `{"id":"${randomUUID()}","type":"`.length;
const PATIENCE_MS = 5_000;
const MARK_BYTES = Buffer.from(MARK);
const POSITION_BYTES = Buffer.from('"position":"');
const POSITION_DIGITS = 16;

const options = JSON.parse(process.argv[2] ?? '') as FollowOptions;
const latencies = new Latencies();
const began = now();
let counting = { from: Number.POSITIVE_INFINITY, until: 0 };
let counted = 0;
let lastAt = 0;
let twice = 0;
let disordered = 0;
let ended = 0;
let subscribed = 0;
let markPlace = 0;
let positionPlace = 0;

const subscribers = Array.from({ length: options.count }, (_, index) => subscribe(index));

process.on('disconnect', () => process.exit());
process.on('message', (command: FollowCommand) => {
  if ('countFrom' in command) {
    counting = { from: command.countFrom, until: command.countFrom + command.seconds * 1000 };
  } else {
    void finish(command.finish.first, command.finish.end);
  }
});

function subscribe(index: number): Subscriber {
  const subscriber: Subscriber = { seen: new Uint8Array(64 * 1024), position: -1, order: 0, reads: true };
  const url = new URL('/graphql', options.url);
  const payload = options.authorization ? { authorization: options.authorization } : {};
  const connection = new WebSocketConnection(url, () => {
    connection.send(JSON.stringify({ type: 'connection_init', payload }));
  });
  connection.onClose = () => {
    ended += 1;
    connection.onClose = () => {};
  };
  connection.onText = (bytes, start, end) => {
    if (bytes[start + 2] === I && bytes[start + NEXT_PLACE] === N) event(subscriber, bytes, start, end);
    else reply(bytes.toString('utf8', start, end));
  };
  const reply = (text: string) => {
    const { type } = JSON.parse(text);
    if (type !== 'connection_ack') {
      ended += 1;
      return;
    }
    const variables = options.variables[index % options.variables.length];
    connection.send(
      JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query: options.query, variables } }),
    );
    if (index < (options.stopReading ?? 0)) {
      subscriber.reads = false;
      connection.pause();
    }
    subscribed += 1;
    if (subscribed === options.count) process.send?.('ready');
  };
  return subscriber;
}

/** Looks for what it needs where the last event had it, else everywhere: it has a microsecond. */
function event(subscriber: Subscriber, bytes: Buffer, start: number, end: number): void {
  const at = now();
  if (at <= counting.until && at >= counting.from) counted += 1;
  lastAt = at;
  positionPlace = placeOf(POSITION_BYTES, positionPlace, bytes, start, end);
  if (positionPlace > 0) {
    // Behind the epoch, which is of one length.
    const digits = bytes.indexOf(DOT, start + positionPlace + POSITION_BYTES.length) + 1;
    const position = readDigits(bytes, digits, POSITION_DIGITS);
    if (position <= subscriber.position) disordered += 1;
    subscriber.position = position;
  }
  markPlace = placeOf(MARK_BYTES, markPlace, bytes, start, end);
  if (markPlace < 0) return;
  const digits = start + markPlace + MARK_BYTES.length;
  const number = readDigits(bytes, digits, NUMBER_DIGITS);
  const due = readDigits(bytes, digits + NUMBER_DIGITS + 1, TIME_DIGITS) / 100;
  if (due >= counting.from) latencies.add(at - due);
  subscriber.order = (Math.imul(subscriber.order, 31) + number) | 0;
  if (number >= subscriber.seen.length) subscriber.seen = grown(subscriber.seen, number);
  if (subscriber.seen[number]) twice += 1;
  subscriber.seen[number] = 1;
}

function placeOf(wanted: Buffer, last: number, bytes: Buffer, start: number, end: number): number {
  const there = start + last;
  if (last > 0 && bytes[there] === wanted[0] && bytes[there + 1] === wanted[1] && bytes[there + 2] === wanted[2]) {
    return last;
  }
  // Of this event alone: in one that hasn't it, the search would go through all that was read with it.
  return bytes.subarray(start, end).indexOf(wanted);
}

function readDigits(bytes: Buffer, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) number = number * 10 + (bytes[at] ?? 0) - 48;
  return number;
}

function grown(seen: Uint8Array, number: number): Uint8Array {
  const larger = new Uint8Array(Math.max(2 * seen.length, number + 1));
  larger.set(seen);
  return larger;
}

async function finish(first: number, end: number): Promise<void> {
  const readers = subscribers.filter(({ reads }) => reads);
  const missing = () => {
    let missed = 0;
    for (const { seen } of readers) for (let number = first; number < end; number++) if (!seen[number]) missed += 1;
    return missed;
  };
  const asked = now();
  while (missing() > 0 && now() - Math.max(asked, lastAt) < PATIENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const result: Followed = {
    perSecond: (counted * 1000) / (counting.until - counting.from),
    ...latencies.summary(),
    missed: missing(),
    twice,
    disordered: disordered + readers.filter(({ order }) => order !== readers[0]?.order).length,
    ended,
    span: lastAt - began,
  };
  process.send?.(result);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

const N = 'n'.charCodeAt(0);
const I = 'i'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);
