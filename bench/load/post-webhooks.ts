import { HttpConnection } from './http-connection.ts';
import { Latencies } from './latencies.ts';
import { messagesBody, signedRequest, statusBody } from './webhook-body.ts';

/** A process that plays Meta: posts signed webhooks, and tells how they were answered. */
export type PostOptions = {
  /** Of one server or several, which get equal shares of the connections. */
  urls: string[];
  secret: string;
  connections: number;
  /** Webhooks a second, come what may; without it each connection posts as soon as it is answered. */
  rate?: number;
  messagesEach: number;
  /** The number of the first message. */
  firstMessage?: number;
  /** From so many in turn. */
  senders?: number;
  /** Of four webhooks, three bring the status of a message that is known, and one brings a message. */
  statuses?: boolean;
  /** Not counted: for all to get warm. */
  warmUpSeconds: number;
  seconds: number;
};

/** Of the seconds that count. Times are from when a webhook was due. */
export type Posted = {
  webhooks: number;
  messages: number;
  refused: number;
  seconds: number;
  p50: number;
  p99: number;
  max: number;
  /** The messages that count, by their number. */
  first: number;
  end: number;
};

/** Told when the seconds begin that count. */
export type PostEvent = { countFrom: number };

const options = JSON.parse(process.argv[2] ?? '') as PostOptions;
const urls = options.urls.map((url) => new URL('/api/crm/whatsapp/webhook', url));
const url = urls[0] as URL;
const connections = await Promise.all(
  Array.from({ length: options.connections }, (_, index) => HttpConnection.open(urls[index % urls.length] ?? url)),
);

process.on('disconnect', () => process.exit());

let posted = 0;
let messages = options.firstMessage ?? 0;
let statuses = 0;
let answered: (scheduled: number, status: number) => void = () => {};

await run(options.warmUpSeconds);
const first = messages;
const latencies = new Latencies();
let refused = 0;
let webhooks = 0;
const began = now();
const ends = began + options.seconds * 1000;
process.send?.({ countFrom: began } satisfies PostEvent);
answered = (scheduled, status) => {
  if (status !== 200) refused += 1;
  // What an overloaded server answers later counts as slow, and not as done.
  else if (now() <= ends) webhooks += 1;
  latencies.add(now() - scheduled);
};
await run(options.seconds);
for (const connection of connections) connection.close();
const seconds = (ends - began) / 1000;
const each = options.statuses ? 0.25 : options.messagesEach;
const result = { webhooks, messages: webhooks * each, refused, seconds, ...latencies.summary(), first, end: messages };
process.send?.(result satisfies Posted, () => process.disconnect?.());

function run(seconds: number): Promise<void> {
  return options.rate === undefined ? askInTurn(seconds) : keepRate(seconds, options.rate);
}

async function askInTurn(seconds: number): Promise<void> {
  const ends = now() + seconds * 1000;
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((done) => {
          const next = () => {
            if (now() >= ends) done();
            else post(connection, now(), next);
          };
          next();
        }),
    ),
  );
}

/** Each webhook has its time; where no connection is free then, it is late. */
async function keepRate(seconds: number, rate: number): Promise<void> {
  const free = [...connections];
  const waiting: number[] = [];
  const start = now();
  const total = Math.round(seconds * rate);
  if (total === 0) return;
  let due = 0;
  let done = 0;
  await new Promise<void>((finished) => {
    const release = (connection: HttpConnection) => {
      done += 1;
      const scheduled = waiting.shift();
      if (scheduled === undefined) free.push(connection);
      else post(connection, scheduled, () => release(connection));
      if (done === total) finished();
    };
    const tick = () => {
      for (; due < total && start + (due * 1000) / rate <= now(); due++) {
        const scheduled = start + (due * 1000) / rate;
        // In turn: a connection on which nothing is asked for a while is closed by the server.
        const connection = free.shift();
        if (connection) post(connection, scheduled, () => release(connection));
        else waiting.push(scheduled);
      }
      if (due < total) setTimeout(tick, Math.max(0, start + (due * 1000) / rate - now()));
    };
    tick();
  });
}

function post(connection: HttpConnection, scheduled: number, done: () => void): void {
  const tell = answered;
  connection.ask(signedRequest(url, nextBody(scheduled), options.secret), (status) => {
    tell(scheduled, status);
    done();
  });
}

function nextBody(scheduled: number): string {
  posted += 1;
  if (options.statuses && posted % 4 !== 0) {
    statuses += 1;
    return statusBody(statuses - 1, scheduled);
  }
  messages += options.messagesEach;
  return messagesBody(messages - options.messagesEach, options.messagesEach, scheduled, options.senders);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
