import type { ExecutionResult, GraphQLError } from 'graphql';
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  MessageType,
  parseMessage,
  type SubscribeMessage,
  type SubscribePayload,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import { type Connection, SocketSubscription } from './socket-subscription.ts';

/** What the protocol leaves to the program. */
type Program = {
  /** False closes with 4403. */
  signIn(connection: Connection, parameters: Record<string, unknown> | undefined): Promise<boolean>;
  /** Begins it, or says why not: before it was executed, or as the result of that. */
  begin(
    subscription: SocketSubscription,
    payload: SubscribePayload,
  ): Promise<readonly GraphQLError[] | ExecutionResult | undefined>;
  failed(subscription: SocketSubscription, error: unknown): void;
  maskError(error: GraphQLError): unknown;
};

/** In bytes: RFC 6455, 5.5. */
const LONGEST_REASON = 123;

/**
 * The server's side of graphql-transport-ws, whose messages graphql-ws reads. Its own server keeps for each subscription
 * a generator that waits, with all it began from: as much again as the socket.
 */
export function createProtocol({ signIn, begin, failed, maskError }: Program) {
  return { opened, receive, closed };

  function opened({ socket }: Connection): void {
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      closeSocket(socket, CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
    }
  }

  async function receive(connection: Connection, text: string): Promise<void> {
    const { socket, subscriptions } = connection;
    const message = read(text);
    switch (message?.type) {
      case MessageType.ConnectionInit: {
        if (connection.greeted) {
          return closeSocket(socket, CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
        }
        connection.greeted = true;
        if (!(await signIn(connection, message.payload))) return closeSocket(socket, CloseCode.Forbidden, 'Forbidden');
        return send(connection, { type: MessageType.ConnectionAck });
      }
      case MessageType.Ping:
        return send(connection, { type: MessageType.Pong, payload: message.payload });
      case MessageType.Pong:
        return;
      case MessageType.Subscribe: {
        if (!connection.session) return closeSocket(socket, CloseCode.Unauthorized, 'Unauthorized');
        if (subscriptions.has(message.id)) {
          const reason = `Subscriber for ${message.id} already exists`;
          return closeSocket(socket, CloseCode.SubscriberAlreadyExists, reason);
        }
        return await subscribe(connection, message);
      }
      case MessageType.Complete:
        return subscriptions.get(message.id)?.stop();
      default:
        return closeSocket(socket, CloseCode.BadRequest, 'Invalid message received');
    }
  }

  async function subscribe(connection: Connection, { id, payload }: SubscribeMessage): Promise<void> {
    const subscription = new SocketSubscription(id, connection, { ended, failed });
    const refused = await begin(subscription, payload);
    if (!refused || subscription.ended) return;
    if ('length' in refused) {
      subscription.stop();
      send(connection, { id, type: MessageType.Error, payload: refused.map(maskError) });
    } else {
      subscription.end(refused);
    }
  }

  function ended({ id, connection }: SocketSubscription, result: ExecutionResult | undefined): void {
    if (result) {
      const { data = null, errors } = result;
      const payload = errors ? { data, errors: errors.map(maskError) } : { data };
      send(connection, { id, type: MessageType.Next, payload });
    }
    send(connection, { id, type: MessageType.Complete });
  }

  function closed({ subscriptions }: Connection): void {
    for (const subscription of subscriptions.values()) subscription.stop();
  }
}

/**
 * Codes 4500 and 1011 clients take as final: for what went wrong here there is 1013. A close that is under way stays as
 * it is.
 */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, Buffer.byteLength(reason) > LONGEST_REASON ? undefined : reason);
}

function read(text: string): ReturnType<typeof parseMessage> | undefined {
  try {
    return parseMessage(text);
  } catch {
    // What it says can't be understood; that is told by the close.
    return undefined;
  }
}

function send({ socket }: Connection, message: object): void {
  socket.send(JSON.stringify(message));
}
