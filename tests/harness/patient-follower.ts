import { WebSocket } from 'ws';
import type { TestServer } from './server.ts';

/** One event as a patient follower keeps it: where it stands, and whose change it is. */
export interface Followed {
  position: string;
  id: string;
  revision: number;
  body: string;
}

/** A subscriber as a browser is one: whatever becomes of its connection, it comes back and goes on where it was. */
export interface PatientFollower extends Disposable {
  /** The position that it began after. */
  start: string;
  /** Every event in the order it came. */
  events: Followed[];
  /** How often it had to connect. */
  connections: number;
  /** Resolves when as many events have come. */
  reaches(count: number): Promise<void>;
  /** Stops taking anything from the network, as a laptop that sleeps, and goes on. */
  pause(): void;
  resume(): void;
  /** Loses its connection without a word. */
  cut(): void;
}

const RETRY_MS = 300;

/**
 * Follows the log from `after`. `server` is asked for again each time: it may be another one by then. Subscriptions of
 * different names are no equals to the server.
 */
export function followPatiently(
  server: () => Pick<TestServer, 'url'>,
  authorization: string,
  after: string,
  name = 'Follow',
): PatientFollower {
  const query = `subscription ${name}($after: String) { commsLogged(after: $after) { position entry { id revision body } } }`;
  const events: Followed[] = [];
  const waiting: { count: number; resolve(): void }[] = [];
  let connections = 0;
  let socket: WebSocket;
  let over = false;
  connect();

  return {
    start: after,
    events,
    get connections() {
      return connections;
    },
    reaches(count) {
      if (events.length >= count) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    cut: () => socket.terminate(),
    [Symbol.dispose]() {
      over = true;
      socket.terminate();
    },
  };

  function connect(): void {
    connections += 1;
    socket = new WebSocket(`${server().url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('open', () => send({ type: 'connection_init', payload: { authorization } }));
    socket.on('message', (data) => receive(JSON.parse(String(data))));
    socket.on('error', () => {
      // Its close tells as much.
    });
    socket.on('close', () => {
      if (!over) setTimeout(connect, RETRY_MS * (0.5 + Math.random()));
    });
  }

  function receive(message: Message): void {
    switch (message.type) {
      case 'connection_ack':
        send({ id: '1', type: 'subscribe', payload: { query, variables: { after: position() } } });
        return;
      case 'next': {
        const event = message.payload.data?.commsLogged;
        if (!event) throw new Error(`A follower was told ${JSON.stringify(message)}`);
        events.push({ position: event.position, ...event.entry });
        while (waiting[0] && waiting[0].count <= events.length) waiting.shift()?.resolve();
        return;
      }
      case 'ping':
        send({ type: 'pong' });
        return;
      case 'pong':
        return;
      case 'complete':
      case 'error':
        throw new Error(`A follower was told ${JSON.stringify(message)}`);
    }
  }

  function position(): string {
    return events.at(-1)?.position ?? after;
  }

  function send(message: object): void {
    socket.send(JSON.stringify(message));
  }
}

type Message =
  | { type: 'connection_ack' | 'ping' | 'pong' | 'complete' | 'error' }
  | {
      type: 'next';
      payload: { data: { commsLogged: { position: string; entry: Omit<Followed, 'position'> } } | null };
    };
