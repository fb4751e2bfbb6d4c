import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'vitest';
import { openRawSocket } from './harness/raw-socket.ts';
import { startServer } from './harness/server.ts';
import { test } from './harness/test.ts';

const INIT = { type: 'connection_init' };

test('told to stop, the program ends well and soon, whatever is connected', async ({ databaseUrl, staff }) => {
  const server = await startServer({ databaseUrl });
  // A browser connects ahead of need, and may say nothing.
  const silent = connect(server.port, '127.0.0.1');
  await once(silent, 'connect');
  const slow = connect(server.port, '127.0.0.1');
  slow.write('POST /api/crm/whatsapp/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
  for (const socket of [silent, slow]) socket.on('error', () => {});
  using subscriber = await openRawSocket(server);
  subscriber.send({ ...INIT, payload: { authorization: staff.authorization } });
  await subscriber.next();

  const began = performance.now();
  server.kill('SIGTERM');
  expect(await server.stopped).toBe(0);
  expect(performance.now() - began).toBeLessThan(20_000);
  expect((await subscriber.closed).code).toBe(1001);
});
