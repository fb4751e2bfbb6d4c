import { describe, expect } from 'vitest';
import { query } from './harness/database.ts';
import { COMMS_LOGGED } from './harness/feed.ts';
import { deliver, text } from './harness/meta.ts';
import { metric } from './harness/metrics.ts';
import { openRawSocket, type RawSocket, refusedUpgrade } from './harness/raw-socket.ts';
import { ADMIN, type TestServer } from './harness/server.ts';
import { postGraphQL, signIn, type TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

const ME = 'query Me { me { email role } }';

describe('GraphQL over HTTP', () => {
  test('serves no subscription, and says where to go', async ({ staff }) => {
    expect(await staff.post('subscription { commsLogged { position } }')).toMatchObject({
      status: 400,
      errors: [
        { message: 'Subscriptions are served over WebSocket.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
      ],
    });
  });

  test('shows a browser no page of its own', async ({ server }) => {
    const answer = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).not.toMatch(/html/);
  });

  test('is for those who signed in', async ({ server, staff }) => {
    expect(await staff.ask(ME)).toEqual({ me: { email: ADMIN.email, role: 'ADMIN' } });
    expect((await staff.post(ME)).headers.get('cache-control')).toBe('no-store');
    for (const headers of [
      {},
      { authorization: 'Bearer nonsense' },
      { authorization: `${staff.authorization}x` },
      { cookie: 'a=b' },
    ]) {
      const answer = await postGraphQL(server, { query: ME }, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
      expect(answer.data?.me).toBeUndefined();
    }
  });

  test('takes the cookie of a browser, but not with a foreign origin', async ({ server }) => {
    const cookie = await cookieOf(server);
    for (const origin of [undefined, server.url]) {
      const headers = { cookie, ...(origin ? { origin } : {}) };
      expect((await postGraphQL(server, { query: ME }, headers)).data).toMatchObject({ me: { email: ADMIN.email } });
    }
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${server.url}.evil.example`]) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, origin },
        body: JSON.stringify({ query: ME }),
      });
      expect(response.status, origin).toBe(403);
    }
  });

  test('knows nobody after the sign-out', async ({ server }) => {
    const staff = await signIn(server);
    await signOut(server, staff);
    expect((await staff.post(ME)).status).toBe(401);
  });

  test.for([
    ['inbox', 0],
    ['inbox', 201],
    ['inbox', -1],
    ['customers', 0],
    ['conversations', 201],
    ['customerComms(customerId: "unknown:1", first: $first)', 0],
  ] as const)('%s: first %i is refused', async ([list, first], { staff }) => {
    const field = list.includes('(') ? list : `${list}(first: $first)`;
    const { errors } = await staff.post(`query List($first: Int) { ${field} { nodes { id } } }`, { first });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
  });

  test('first may be 1 and 200', async ({ staff }) => {
    for (const first of [1, 200]) {
      await staff.ask('query List($first: Int) { inbox(first: $first) { nodes { id } } }', { first });
    }
  });

  test.for([
    'inbox(after: $after)',
    'customers(after: $after)',
    'conversations(after: $after)',
    'customerComms(customerId: "unknown:306971234567", after: $after)',
  ])('%s: a cursor that never was one is refused', async (list, { server, staff }) => {
    await deliver(server, text('306971234567', 'hello'));
    const keys = [
      { nonsense: 1 },
      [],
      ['\u0000', '\u0000'],
      ['yesterday', 'x'],
      [1e300],
      [null],
      [8.7e15, 1],
      [8.7e15, 'x'],
      [1, '\u0000'],
    ];
    const forged = keys.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'));
    for (const after of ['garbage', '', '9'.repeat(400), '\u0000', ...forged]) {
      const { errors, data } = await staff.post(`query List($after: String) { ${list} { nodes { id } } }`, { after });
      // A pair of strings or numbers is a cursor of some list; nothing forged may reach the inside.
      if (data && !errors) expect(forged).toContain(after);
      else expect(errors?.[0]?.extensions, after).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
  });

  test('a mark on what is not there is refused', async ({ staff }) => {
    const { errors } = await staff.post(
      'mutation Read { markRead(conversationId: "nobody", upToEntryId: "1") { conversation { id } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('what is no operation of ours is refused without a word about the inside', async ({ staff }) => {
    for (const query of ['query {', 'query X { nothing }', 'query X { inbox(first: "many") { nodes { id } } }']) {
      const { status, errors } = await staff.post(query);
      expect(status).toBe(400);
      expect(errors?.[0]?.extensions.code).toMatch(/^(GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/);
      expect(JSON.stringify(errors)).not.toMatch(/node_modules|stacktrace|\.ts:/);
    }
  });
});

describe('GraphQL over WebSocket', () => {
  test('a foreign origin is refused before the upgrade', async ({ server, staff }) => {
    const cookie = await cookieOf(server);
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      expect(await refusedUpgrade(server, { headers: { origin, cookie } }), origin).toBe(403);
      expect(await refusedUpgrade(server, { headers: { origin, authorization: staff.authorization } })).toBe(403);
    }
  });

  test('the cookie of a browser at home, and the token of a program, are good', async ({ server, staff }) => {
    using browser = await openRawSocket(server, { headers: { origin: server.url, cookie: await cookieOf(server) } });
    await init(browser);
    using program = await openRawSocket(server);
    await init(program, { authorization: staff.authorization });
  });

  test.for([undefined, {}, { authorization: 'Bearer nonsense' }, { authorization: 7 }, null])(
    'not signed in, %j: 4403',
    async (payload, { server }) => {
      using socket = await openRawSocket(server);
      socket.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
      expect((await socket.closed).code).toBe(4403);
    },
  );

  test('who signs out loses the socket with 4403 within 5 seconds', async ({ server }) => {
    const leaving = await signIn(server);
    using socket = await openRawSocket(server);
    await init(socket, { authorization: leaving.authorization });
    socket.send({ id: '1', type: 'subscribe', payload: { query: COMMS_LOGGED } });
    const began = performance.now();
    await signOut(server, leaving);
    expect((await socket.closed).code).toBe(4403);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test.for([
    ['a query', ME],
    ['a mutation', 'mutation X { markRead(conversationId: "1", upToEntryId: "1") { conversation { id } } }'],
    ['introspection', 'query X { __schema { types { name } } }'],
    ['what does not validate', 'subscription X { nothing }'],
    ['two fields', 'subscription X { commsLogged { position } inboxChanged { position } }'],
    ['what does not parse', 'subscription {'],
  ])('%s is refused with an error, and the socket lives on', async ([, query], { server, staff }) => {
    using socket = await openRawSocket(server);
    await init(socket, { authorization: staff.authorization });
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    const answer = await socket.next();
    expect(answer).toMatchObject({ id: '1', type: 'error', payload: [{ message: expect.any(String) }] });
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|stacktrace|\.ts:/);
    socket.send({ type: 'ping' });
    expect(await socket.next()).toMatchObject({ type: 'pong' });
  });

  test("the protocol's own codes", async ({ server, staff }) => {
    const closedBy = async (...messages: unknown[]) => {
      using socket = await openRawSocket(server);
      for (const message of messages) socket.send(message);
      return (await socket.closed).code;
    };
    const hello = { type: 'connection_init', payload: { authorization: staff.authorization } };
    const subscribe = { id: '1', type: 'subscribe', payload: { query: COMMS_LOGGED } };
    expect(await closedBy(subscribe)).toBe(4401);
    expect(await closedBy(hello, hello)).toBe(4429);
    expect(await closedBy(hello, 'nonsense')).toBe(4400);
    expect(await closedBy(hello, { type: 'nonsense' })).toBe(4400);
    using twice = await openRawSocket(server);
    await init(twice, { authorization: staff.authorization });
    twice.send(subscribe);
    twice.send(subscribe);
    expect((await twice.closed).code).toBe(4409);
  });
});

describe('without a session', () => {
  test('health, readiness and metrics answer', async ({ server }) => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${server.url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await metrics.text()).toContain('# TYPE');
    expect(await metric(server, 'database_pool_connections{state="idle"}')).toBeGreaterThan(0);
    expect(await metric(server, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });

  test('metrics tell how far behind is what was told', async ({ server, databaseUrl }) => {
    expect(await metric(server, 'feed_lag_steps')).toBe(0);
    // Steps that are nowhere to be read.
    await query(databaseUrl, 'update feed_head set position = position + 3');
    expect(await metric(server, 'feed_lag_steps')).toBe(3);
    await query(databaseUrl, 'update feed_head set position = position - 3');
  });

  test('everything else is the client, with deep links', async ({ server }) => {
    for (const path of ['/', '/customers/some-id', '/inbox?type=WHATSAPP']) {
      const response = await fetch(server.url + path, { headers: { accept: 'text/html' } });
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    }
  });

  test('nobody signs up', async ({ server }) => {
    const response = await fetch(`${server.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Eve', email: 'eve@example.com', password: 'a-long-enough-password' }),
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

async function init(socket: RawSocket, payload?: Record<string, unknown>): Promise<void> {
  socket.send({ type: 'connection_init', ...(payload ? { payload } : {}) });
  expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
}

async function cookieOf(server: TestServer): Promise<string> {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(ADMIN),
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.slice(0, cookie.indexOf(';')))
    .join('; ');
}

async function signOut(server: TestServer, { authorization }: TestStaff): Promise<void> {
  const response = await fetch(`${server.url}/api/auth/sign-out`, { method: 'POST', headers: { authorization } });
  expect(response.status, await response.text()).toBe(200);
}
