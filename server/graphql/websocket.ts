import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  createSourceEventStream,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { CloseCode, handleProtocols, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { headersOf } from '../auth/auth-routes.ts';
import { isOwnOrigin } from '../auth/origin.ts';
import { hasOneTimePassword } from '../auth/staff-accounts.ts';
import type { AppContext } from '../context.ts';
import { maskError } from './errors.ts';
import { createFanOut, idsOf, resyncRequired, type Subject, type Wanted } from './fan-out.ts';
import { MAX_OPERATIONS_PER_SOCKET, MAX_SOCKETS_PER_PERSON } from './limits.ts';
import { passwordChangeRequired } from './password-change.ts';
import type { Connection, SocketSubscription } from './socket-subscription.ts';
import type { SubscriptionContext } from './subscription.ts';
import { createReader, type ReadOperation } from './subscription-operation.ts';
import { closeSocket, createProtocol } from './subscription-protocol.ts';

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
 * The fan-out writes the events.
 */
export function serveSubscriptions(server: Server, app: AppContext, schema: GraphQLSchema): { close(): Promise<void> } {
  const fanOut = createFanOut(app, schema);
  app.feed.follow(fanOut);
  const readOperation = createReader(schema, { introspection: !app.config.production });
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LONGEST_MESSAGE,
    handleProtocols,
  });
  let stopping = false;

  const protocol = createProtocol({
    signIn,
    begin,
    failed({ connection }, error) {
      app.log.warn({ err: error }, 'a subscription could not go on');
      closeSocket(connection.socket, 1013, 'Try again');
    },
    maskError: (error) => maskError(error, app.log),
  });

  server.on('upgrade', upgrade);
  const sessionCheck = setInterval(() => {
    void endLostSessions();
    endSilent(connections);
  }, SESSION_CHECK_MS);
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
  return { close };

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
    else sockets.handleUpgrade(request, stream, head, (socket) => opened(socket, stream, request.headers));
  }

  /** Outside of what it is said of: a function there would keep the whole request for as long as the socket lives. */
  function noteBreak(error: Error): void {
    app.log.debug({ err: error }, 'a WebSocket broke');
  }

  function opened(socket: WebSocket, stream: Duplex, headers: IncomingHttpHeaders): void {
    const subscriptions: Connection['subscriptions'] = new Map();
    const connection: Connection = { socket, stream, headers, greeted: false, session: undefined, subscriptions };
    connections.add(connection);
    socket.on('error', noteBreak);
    socket.on('pong', noteAnswer);
    socket.on('message', (data) => {
      protocol.receive(connection, String(data)).catch((error: unknown) => {
        app.log.error({ err: error }, 'a WebSocket message failed');
        closeSocket(socket, 1013, 'Try again');
      });
    });
    socket.on('close', () => {
      connections.delete(connection);
      protocol.closed(connection);
    });
    protocol.opened(connection);
  }

  /** A session that can't be looked up is no reason to refuse. */
  async function signIn(connection: Connection, parameters: Record<string, unknown> | undefined): Promise<boolean> {
    const { socket } = connection;
    const given = parameters?.authorization;
    const headers = headersOf(typeof given === 'string' ? { authorization: given } : { ...connection.headers });
    try {
      const session = await app.auth.sessionOf(headers);
      if (!session) return false;
      const own = [...connections].filter((other) => other.session?.staff.id === session.staff.id);
      if (own.length >= MAX_SOCKETS_PER_PERSON) {
        closeSocket(socket, 4429, 'Too many connections');
        return false;
      }
      connection.session = session;
      connection.headers = undefined;
      return true;
    } catch (error) {
      app.log.warn({ err: error }, 'a WebSocket could not be signed in');
      closeSocket(socket, 1013, 'Try again');
      return false;
    }
  }

  async function begin(
    subscription: SocketSubscription,
    payload: SubscribePayload,
  ): Promise<readonly GraphQLError[] | ExecutionResult | undefined> {
    const { socket, session, subscriptions } = subscription.connection;
    if (subscriptions.size > MAX_OPERATIONS_PER_SOCKET) {
      closeSocket(socket, 4429, 'Too many subscriptions');
      return [new GraphQLError('Too many subscriptions on one connection.')];
    }
    if (session?.mustChangePassword && (await hasOneTimePassword(app.database.kysely, session.staff.id))) {
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
      subscribe: (wanted, after) => subscribe(subscription, payload, read, wanted, after),
    };
    const stream = await createSourceEventStream({
      schema,
      document: read.document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? {},
      contextValue: context,
    });
    return 'errors' in stream ? stream : undefined;
  }

  async function subscribe(
    subscription: SocketSubscription,
    payload: SubscribePayload,
    operation: ReadOperation,
    wanted: Wanted,
    after: string | undefined,
  ): Promise<void> {
    let start: Awaited<ReturnType<typeof app.feed.startingPoint>>;
    let customerIds: Subject['customerIds'];
    try {
      start = await app.feed.startingPoint(after);
      // Behind the start: what is linked in between is told as a step from there on.
      customerIds = await idsOf(app, wanted);
    } catch (error) {
      app.log.warn({ err: error }, 'a subscription could not begin');
      closeSocket(subscription.connection.socket, 1013, 'Try again');
      return;
    }
    if (after !== undefined) app.metrics.resumes.inc();
    if (start === 'resync') {
      app.metrics.resyncs.inc();
      subscription.end({ errors: [resyncRequired()] });
    }
    if (start === 'resync' || subscription.ended) return;
    const { document } = operation;
    const { operationName, variables: variableValues } = payload;
    const subject = {
      wanted,
      customerIds,
      key: operation.groupKey(payload),
      execution: { document, operationName, variableValues, key: operation.executionKey(payload) },
    };
    subscription.position = start.position;
    subscription.leave = fanOut.join(subject, subscription);
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

/** Ends the sockets that have not said who they are since the last look. */
function endSilent(connections: Set<Connection>): void {
  for (const { socket, greeted } of connections) {
    if (greeted) continue;
    if (silent.has(socket))
      closeSocket(socket, CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
    else silent.add(socket);
  }
}

/** Ends the sockets whose other side did not answer the ping before. */
function pingAll(connections: Set<Connection>): void {
  for (const { socket } of connections) {
    if (unanswered.has(socket)) {
      socket.terminate();
    } else {
      unanswered.add(socket);
      socket.ping();
    }
  }
}

function noteAnswer(this: WebSocket): void {
  unanswered.delete(this);
}

const unanswered = new WeakSet<WebSocket>();
const silent = new WeakSet<WebSocket>();
