import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createQueue } from './queue.ts';
import type { TestServer } from './server.ts';
import type { Closed } from './subscriber.ts';

/** The WebSocket door without a client's manners, for what no client would do. */
export interface RawSocket extends Disposable {
  send(message: unknown): void;
  /** The next message that isn't a ping. */
  next(): Promise<Record<string, unknown>>;
  closed: Promise<Closed>;
}

export interface RawSocketOptions {
  headers?: Record<string, string>;
  protocol?: string;
}

export async function openRawSocket(server: TestServer, options: RawSocketOptions = {}): Promise<RawSocket> {
  const socket = connect(server, options);
  const messages = createQueue<Record<string, unknown>>('message');
  const closed = new Promise<Closed>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Record<string, unknown>;
    if (message.type !== 'ping') messages.push(message);
  });
  await once(socket, 'open');
  return {
    closed,
    next: () => messages.next(),
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

/** The HTTP status that refuses the upgrade; throws where the socket opens. */
export async function refusedUpgrade(server: TestServer, options: RawSocketOptions = {}): Promise<number> {
  const socket = connect(server, options);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
  socket.on('open', () => reject(new Error('The upgrade was not refused')));
  socket.on('error', reject);
  try {
    return await promise;
  } finally {
    socket.terminate();
  }
}

function connect(server: TestServer, { headers = {}, protocol = 'graphql-transport-ws' }: RawSocketOptions): WebSocket {
  return new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, protocol, { headers });
}
