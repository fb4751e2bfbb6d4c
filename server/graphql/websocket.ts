import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Session } from '../auth/auth.ts';
import { headersOf } from '../auth/auth-routes.ts';
import { isOwnOrigin } from '../auth/origin.ts';
import { hasOneTimePassword } from '../auth/staff-accounts.ts';
import type { AppContext } from '../context.ts';
import { maskError } from './errors.ts';
import { createFanOut, resyncRequired, type Wanted } from './fan-out.ts';
import { MAX_OPERATIONS_PER_SOCKET, MAX_SOCKETS_PER_PERSON } from './limits.ts';
import { passwordChangeRequired } from './password-change.ts';
import type { SubscriptionContext } from './subscription.ts';
import { createReader, type ReadOperation } from './subscription-operation.ts';

/** A socket that is open, and whose it is once that is known. */
type Connection = { socket: WebSocket; stream: Duplex; headers: IncomingHttpHeaders; session?: Session };

const SESSION_CHECK_MS = 2_000;
const PING_MS = 12_000;
const LONGEST_MESSAGE = 64 * 1024;
/** At a stop sockets are let go of a few at a time, lest all come back in the same moment; but not for ever. */
const CLOSED_AT_ONCE = 50;
const CLOSE_EVERY_MS = 100;
const CLOSE_WITHIN_MS = 5_000;
/** For the other side to say goodbye. */
const GOODBYE_MS = 3_000;

/**
 * GraphQL over WebSocket (graphql-transport-ws): subscriptions only, under the same rules as over HTTP.
 * graphql-ws keeps the protocol; the fan-out writes the events.
 */
export function serveSubscriptions(
  server: Server,
  app: AppContext,
  schema: GraphQLSchema,
): { close(): Promise<void> } & AsyncDisposable {
  const fanOut = createFanOut(app, schema);
  app.feed.follow(fanOut);
  const readOperation = createReader(schema, { introspection: !app.config.production });
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_MESSAGE, handleProtocols });
  let stopping = false;

  const protocol = makeServer<Record<string, unknown>, Connection>({
    onConnect: (context) => signIn(context),
    onSubscribe: (context, id, payload) => begin(context, id, payload),
    subscribe: (args) =>
      createSourceEventStream(args as ExecutionArgs) as Promise<AsyncIterableIterator<ExecutionResult>>,
    onNext: (_context, _id, _payload, _args, { data = null, errors }) =>
      errors && { data, errors: errors.map((error) => maskError(error, app.log)) },
    onError: (_context, _id, _payload, errors) => errors.map((error) => maskError(error, app.log)),
  });

  server.on('upgrade', upgrade);
  const sessionCheck = setInterval(() => void endLostSessions(), SESSION_CHECK_MS);
  const ping = setInterval(() => pingAll(connections), PING_MS);

  async function close(): Promise<void> {
    stopping = true;
    clearInterval(sessionCheck);
    clearInterval(ping);
    const atOnce = Math.max(CLOSED_AT_ONCE, (connections.size * CLOSE_EVERY_MS) / CLOSE_WITHIN_MS);
    let closed = 0;
    for (const { socket } of connections) {
      if (closed >= atOnce) {
        await wait(CLOSE_EVERY_MS);
        closed = 0;
      }
      socket.close(1001, 'The server is stopping');
      closed += 1;
    }
    setTimeout(() => {
      for (const { socket } of connections) socket.terminate();
    }, GOODBYE_MS).unref();
  }
  return { close, [Symbol.asyncDispose]: close };

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { origin } = request.headers;
    const refuse = (status: string) => {
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    stream.on('error', noteBreak);
    const foreign = origin !== undefined && !isOwnOrigin(origin, app.config, request.socket.localPort);
    if (request.url?.split('?')[0] !== '/graphql') refuse('404 Not Found');
    else if (foreign) refuse('403 Forbidden');
    else if (stopping) refuse('503 Service Unavailable');
    else sockets.handleUpgrade(request, stream, head, (socket) => opened({ socket, stream, headers: request.headers }));
  }

  /** Outside of what it is said of: a function there would keep the whole request for as long as the socket lives. */
  function noteBreak(error: Error): void {
    app.log.debug({ err: error }, 'a WebSocket broke');
  }

  function opened(connection: Connection): void {
    const { socket } = connection;
    connections.add(connection);
    socket.on('error', noteBreak);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => new Promise((resolve) => socket.send(data, () => resolve())),
        close: (code, reason) => closeSocket(socket, code, reason),
        onMessage: (handle) => {
          socket.on('message', (data) => {
            handle(String(data)).catch((error: unknown) => {
              app.log.error({ err: error }, 'a WebSocket message failed');
              closeSocket(socket, 1013, 'Try again');
            });
          });
        },
      },
      connection,
    );
    socket.on('close', (code, reason) => {
      connections.delete(connection);
      closed(code, String(reason)).catch((error: unknown) => app.log.error({ err: error }, 'a WebSocket did not end'));
    });
  }

  /** False closes with 4403. A session that can't be looked up is no reason for that. */
  async function signIn({ extra, connectionParams }: Context<Record<string, unknown>, Connection>): Promise<boolean> {
    const given = connectionParams?.authorization;
    const headers = headersOf(typeof given === 'string' ? { authorization: given } : { ...extra.headers });
    try {
      const session = await app.auth.sessionOf(headers);
      if (!session) return false;
      const own = [...connections].filter((other) => other.session?.staff.id === session.staff.id);
      if (own.length >= MAX_SOCKETS_PER_PERSON) {
        closeSocket(extra.socket, 4429, 'Too many connections');
        return false;
      }
      extra.session = session;
      extra.headers = {};
      return true;
    } catch (error) {
      app.log.warn({ err: error }, 'a WebSocket could not be signed in');
      closeSocket(extra.socket, 1013, 'Try again');
      return false;
    }
  }

  async function begin(
    { extra, subscriptions }: Context<Record<string, unknown>, Connection>,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    if (Object.keys(subscriptions).length > MAX_OPERATIONS_PER_SOCKET) {
      closeSocket(extra.socket, 4429, 'Too many subscriptions');
      return [new GraphQLError('Too many subscriptions on one connection.')];
    }
    if (extra.session?.mustChangePassword && (await hasOneTimePassword(app.database.kysely, extra.session.staff.id))) {
      return [passwordChangeRequired()];
    }
    const read = readOperation(payload);
    if ('errors' in read) return read.errors;
    const operation = getOperationAST(read.document, payload.operationName);
    if (operation && operation.operation !== 'subscription') {
      return [new GraphQLError('Only subscriptions are served here: send queries and mutations over HTTP.')];
    }
    const context: SubscriptionContext = {
      app,
      subscribe: (wanted, after) => subscribe(extra, id, payload, read, wanted, after),
    };
    return {
      schema,
      document: read.document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? {},
      contextValue: context,
    };
  }

  async function subscribe(
    { socket, stream, session }: Connection,
    id: string,
    payload: SubscribePayload,
    operation: ReadOperation,
    wanted: Wanted,
    after: string | undefined,
  ): Promise<AsyncIterable<unknown>> {
    const ending = new SubscriptionEnd();
    let start: Awaited<ReturnType<typeof app.feed.startingPoint>>;
    try {
      start = await app.feed.startingPoint(after);
    } catch (error) {
      app.log.warn({ err: error }, 'a subscription could not begin');
      closeSocket(socket, 1013, 'Try again');
      return ending;
    }
    if (after !== undefined) app.metrics.resumes.inc();
    if (start === 'resync') {
      app.metrics.resyncs.inc();
      ending.end({ errors: [resyncRequired()] });
      return ending;
    }
    const { document } = operation;
    const { operationName, variables: variableValues } = payload;
    const subject = {
      wanted,
      key: operation.groupKey(payload),
      execution: { document, operationName, variableValues },
    };
    ending.onReturn = fanOut.join(subject, {
      idJson: Buffer.from(JSON.stringify(id)),
      staffId: session?.staff.id ?? '',
      position: start.position,
      // Past `ws`, which writes one message at a time; between two of its own frames is a place for whole others.
      write: (frames, flushed) => {
        if (socket.readyState === socket.OPEN) stream.write(frames, flushed);
        else flushed?.();
      },
      waiting: () => stream.writableLength,
      end: (result) => ending.end(result),
      fail(error) {
        app.log.warn({ err: error }, 'a subscription could not go on');
        closeSocket(socket, 1013, 'Try again');
      },
    });
    return ending;
  }

  async function endLostSessions(): Promise<void> {
    const signedIn = [...connections].filter((connection) => connection.session);
    const ids = new Set(signedIn.map(({ session }) => session?.sessionId ?? ''));
    if (ids.size === 0) return;
    try {
      const active = await app.auth.activeSessions([...ids]);
      for (const { socket, session } of signedIn) {
        if (session && !active.has(session.sessionId)) socket.close(4403, 'Forbidden');
      }
    } catch (error) {
      app.log.warn({ err: error }, 'sessions could not be checked');
    }
  }
}

/**
 * Never with 4500 or 1011, which clients take as final: what went wrong here is no reason not to come back.
 * A close that is under way stays as it is.
 */
function closeSocket(socket: WebSocket, code = 1000, reason?: string): void {
  socket.close(code === 4500 || code === 1011 ? 1013 : code, reason);
}

/** Ends the sockets whose other side did not answer the ping before. */
function pingAll(connections: Set<Connection>): void {
  for (const { socket } of connections) {
    if (unanswered.has(socket)) {
      socket.terminate();
    } else {
      unanswered.add(socket);
      socket.once('pong', () => unanswered.delete(socket));
      socket.ping();
    }
  }
}

const unanswered = new WeakSet<WebSocket>();

/** What graphql-ws waits on while the fan-out writes: nothing but the end, with a last result where there is one. */
class SubscriptionEnd implements AsyncGenerator<ExecutionResult, void, void> {
  onReturn: () => void = () => {};
  readonly #last: ExecutionResult[] = [];
  readonly #ended = Promise.withResolvers<void>();

  end(result?: ExecutionResult): void {
    if (result) this.#last.push(result);
    this.#ended.resolve();
    this.onReturn();
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    await this.#ended.promise;
    const value = this.#last.shift();
    return value ? { value, done: false } : { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.end();
    return { value: undefined, done: true };
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}
