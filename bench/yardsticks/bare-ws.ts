import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Nothing but `ws`: each text is sent to each client by itself, as fast as they take it. */
const EVENT_LENGTH = 480;
const WAITING_LIMIT = 512 * 1024;

const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () => {
  const { port } = sockets.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', port }));
});
sockets.on('connection', (socket) => {
  socket.on('message', (message) => {
    if (String(message).includes('connection_init')) socket.send('{"type":"connection_ack"}');
  });
});
process.on('message', (message) => {
  if (message === 'go') send();
});
process.on('SIGINT', () => process.exit());

function send(): void {
  for (let turn = 0; turn < 5; turn++) {
    for (const socket of sockets.clients) {
      if (socket.bufferedAmount < WAITING_LIMIT) socket.send(eventFor(socket));
    }
  }
  setImmediate(send);
}

const events = new WeakMap<WebSocket, string>();

/** The same each time, so that nothing but the sending is measured. */
function eventFor(socket: WebSocket): string {
  const known = events.get(socket);
  if (known) return known;
  const begin = `{"id":"${crypto.randomUUID()}","type":"next","payload":"`;
  const event = `${begin}${'x'.repeat(EVENT_LENGTH - begin.length - 2)}"}`;
  events.set(socket, event);
  return event;
}
