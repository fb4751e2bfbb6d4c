import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { freshNumber } from './harness/meta.ts';
import { startGraphApi } from './harness/own-graph-api.ts';
import { startOwnPostgres } from './harness/own-postgres.ts';
import { openRawSocket } from './harness/raw-socket.ts';
import { trySend } from './harness/sending.ts';
import { launchServer, startServer } from './harness/server.ts';
import { signIn } from './harness/staff.ts';
import { test } from './harness/test.ts';

const INIT = { type: 'connection_init' };

test.concurrent('told to stop, the program ends well and soon, whatever is connected', async ({
  databaseUrl,
  staff,
}) => {
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

test.concurrent('told to stop while WhatsApp says nothing and the database is frozen, the program ends well and soon', async () => {
  await using api = await startGraphApi();
  await using postgres = await startOwnPostgres();
  const server = await startServer({ databaseUrl: postgres.url, env: { WHATSAPP_API_URL: api.url } });
  const staff = await signIn(server);
  const number = freshNumber();
  const { id } = await customerWith(staff, 'Somebody', `+${number}`);
  const asked = trySend(staff, { customerId: id, toPhone: number, message: 'No answer' });
  await api.next();
  using _frozen = await postgres.freeze();
  await server.says(/"sending waits for the database"/);

  const began = performance.now();
  server.kill('SIGTERM');
  expect(await server.stopped).toBe(0);
  expect(performance.now() - began).toBeLessThan(20_000);
  await asked;
});

test.concurrent('told to stop while it waits for a database that refuses or says nothing, the program ends well at once', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  await Promise.all(
    [9, port].map(async (each) => {
      const server = launchServer({ databaseUrl: `postgres://127.0.0.1:${each}/none` });
      await server.says(/"waiting for the database/);
      const began = performance.now();
      server.kill('SIGTERM');
      expect(await server.stopped).toBe(0);
      expect(performance.now() - began).toBeLessThan(5_000);
    }),
  );
  silent.close();
});
