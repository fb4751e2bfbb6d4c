import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createQueue } from './queue.ts';
import type { TestServer } from './server.ts';
import type { TestStaff } from './staff.ts';

/** One subscription on a socket of its own, by the protocol's own client. It never reconnects by itself. */
export interface Subscriber<Data> extends AsyncDisposable {
  /** The data of the next event; throws a SubscriptionFault where it is something else. */
  next(): Promise<Data>;
  /** Takes events up to and with the first that matches. */
  until(matches: (data: Data) => boolean): Promise<Data[]>;
  /** How many have come that nobody took yet. */
  waiting(): number;
  /** Cuts the connection as a lost network does, without a word. */
  drop(): void;
  /** Resolves when the socket has closed. */
  closed: Promise<Closed>;
}

export interface Closed {
  code: number;
  reason: string;
}

/** The subscription ended: with GraphQL errors, in good order, or because the socket closed. */
export class SubscriptionFault extends Error {
  readonly end: End;

  constructor(end: End) {
    super(`The subscription ended: ${JSON.stringify(end)}`);
    this.end = end;
  }
}

type End = { errors: readonly { message: string; extensions?: unknown }[] } | { complete: true } | { closed: Closed };

export function subscribe<Data>(
  server: TestServer,
  staff: Pick<TestStaff, 'authorization'>,
  query: string,
  variables: Record<string, unknown> = {},
): Subscriber<Data> {
  const queue = createQueue<{ data: Data } | { end: End }>('event');
  const closing = Promise.withResolvers<Closed>();
  let socket: WebSocket | undefined;
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: staff.authorization },
    retryAttempts: 0,
    on: {
      opened: (opened) => {
        if (opened instanceof WebSocket) socket = opened;
      },
      closed: (event) => closing.resolve(closedBy(event)),
    },
  });
  client.subscribe<Data & Record<string, unknown>>(
    { query, variables },
    {
      next: (result) => queue.push(result.data && !result.errors ? { data: result.data } : { end: faults(result) }),
      error: (error) => queue.push({ end: Array.isArray(error) ? { errors: error } : { closed: closedBy(error) } }),
      complete: () => queue.push({ end: { complete: true } }),
    },
  );

  const next = async () => {
    const item = await queue.next();
    if ('end' in item) throw new SubscriptionFault(item.end);
    return item.data;
  };
  return {
    next,
    closed: closing.promise,
    waiting: () => queue.waiting.length,
    drop: () => socket?.terminate(),
    async until(matches) {
      const taken = [await next()];
      while (!matches(taken.at(-1) as Data)) taken.push(await next());
      return taken;
    },
    async [Symbol.asyncDispose]() {
      await client.dispose();
      socket?.terminate();
    },
  };
}

function faults(result: Pick<FormattedExecutionResult, 'errors'>): End {
  return { errors: result.errors ?? [{ message: 'neither data nor errors' }] };
}

function closedBy(event: unknown): Closed {
  if (typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number') {
    return { code: event.code, reason: 'reason' in event ? String(event.reason) : '' };
  }
  return { code: 0, reason: String(event) };
}
