import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import type { WebSocket } from 'ws';
import type { Session } from '../auth/staff-sessions.ts';
import type { Subscriber } from './fan-out.ts';

/** A socket that is open, and whose it is once that is known. */
export type Connection = {
  socket: WebSocket;
  stream: Duplex;
  /** What came with the request that opened it, until somebody is signed in. */
  headers: IncomingHttpHeaders | undefined;
  /** Whether it began by saying who it is. */
  greeted: boolean;
  session: Session | undefined;
  subscriptions: Map<string, SocketSubscription>;
};

/** What the subscriptions of all sockets have in common. */
type Ways = {
  /** Tells that the server ended it, after a last result where there is one. */
  ended(subscription: SocketSubscription, result: ExecutionResult | undefined): void;
  failed(subscription: SocketSubscription, error: unknown): void;
};

/** One subscription of a socket. An object without closures, because thousands are held while nothing happens. */
export class SocketSubscription implements Subscriber {
  readonly id: string;
  readonly idJson: string;
  readonly connection: Connection;
  position = 0;
  /** How it leaves the fan-out, once it is there. */
  leave: (() => void) | undefined;
  ended = false;
  readonly #ways: Ways;

  constructor(id: string, connection: Connection, ways: Ways) {
    this.id = id;
    this.idJson = JSON.stringify(id);
    this.connection = connection;
    this.#ways = ways;
    connection.subscriptions.set(id, this);
  }

  get staffId(): string {
    return this.connection.session?.staff.id ?? '';
  }

  /** Past `ws`, which writes one message at a time; between two of its own frames is a place for whole others. */
  write(frames: Buffer, flushed?: () => void): void {
    const { socket, stream } = this.connection;
    if (socket.readyState === socket.OPEN) stream.write(frames, flushed);
    else flushed?.();
  }

  waiting(): number {
    return this.connection.stream.writableLength;
  }

  fail(error: unknown): void {
    this.#ways.failed(this, error);
  }

  end(result?: ExecutionResult): void {
    if (this.ended) return;
    this.stop();
    this.#ways.ended(this, result);
  }

  /** Ends it without a word. */
  stop(): void {
    this.ended = true;
    this.leave?.();
    this.connection.subscriptions.delete(this.id);
  }
}
