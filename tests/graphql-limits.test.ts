import { getIntrospectionQuery } from 'graphql';
import { describe, expect } from 'vitest';
import { MAX_SOCKETS_PER_PERSON } from '../server/graphql/limits.ts';
import { query } from './harness/database.ts';
import { COMMS_LOGGED } from './harness/feed.ts';
import { openRawSocket, type RawSocket } from './harness/raw-socket.ts';
import { startServer, type TestServer } from './harness/server.ts';
import { postGraphQL, signIn, type TestStaff } from './harness/staff.ts';
import { signInMember } from './harness/team.ts';
import { test as base } from './harness/test.ts';

const ME = 'query Me { me { id } }';
const INSIDE = /node_modules|stacktrace|\.ts:|\bat [A-Za-z]+ \(/;

/** `production`: the program as who deploys it runs it. */
const test = base.extend('production', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  const server = await startServer({ databaseUrl, env: { NODE_ENV: 'production' } });
  onCleanup(() => server[Symbol.asyncDispose]());
  return server;
});

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

/** What is put below an operation's root, of which `root` is any field and `leaf` a field of that; and what is said of it. */
const excesses: [name: string, document: (operation: string, root: string, leaf: string) => string, said: RegExp][] = [
  [
    'many aliases',
    (operation, root, leaf) => `${operation} X { ${times(21, (i) => `a${i}: ${root} { ${leaf} }`)} }`,
    /20 fields at its root/,
  ],
  [
    'aliases in a fragment',
    (operation, root, leaf) =>
      `${operation} X { ...F ...G } ${times(2, (i) => `fragment ${'FG'[i]} on ${typeOf(operation)} { ${times(11, (n) => `a${i}${n}: ${root} { ${leaf} }`)} }`)}`,
    /20 fields at its root/,
  ],
  [
    'one field many times',
    (operation, root, leaf) => `${operation} X { ${root} { ${times(501, () => leaf)} } }`,
    /500 fields/,
  ],
  [
    'one field many times in a fragment that nobody uses',
    (operation, root, leaf) =>
      `${operation} X { ${root} { ${leaf} } } fragment F on Staff { ${times(501, () => 'name')} }`,
    /500 fields/,
  ],
  [
    'fragments that double with each level',
    (operation, root) =>
      `${operation} X { ${root} { ...F0 } } ${times(10, (i) => `fragment F${i} on Staff { a: id ...F${i + 1} ...F${i + 1} }`)} fragment F10 on Staff { id }`,
    /500 fields/,
  ],
  [
    'great depth',
    (operation, root, leaf) =>
      `${operation} X { ${root} { ${times(13, () => '... {')} ${leaf} ${times(13, () => '}')} } }`,
    /12 levels/,
  ],
  [
    'many directives',
    (operation, root, leaf) =>
      `${operation} X { ${root} { ${times(51, () => `... @include(if: true) { ${leaf} }`)} } }`,
    /50 directives/,
  ],
  [
    'many directives that there are not',
    (operation, root, leaf) => `${operation} X { ${root} { ${leaf} ${times(51, () => '@nothing')} } }`,
    /50 directives/,
  ],
  ['many tokens', (operation, root) => `${operation} X { ${root} { ${times(2001, () => 'a')} } }`, /2000 tokens/],
  [
    'a deep value',
    (operation, root, leaf) => `${operation} X { ${root}(a: ${'['.repeat(1000)}${']'.repeat(1000)}) { ${leaf} } }`,
    /2000 tokens/,
  ],
  [
    'fragments in a circle',
    (operation, root) =>
      `${operation} X { ${root} { ...A } } fragment A on Staff { ...B } fragment B on Staff { id ...A }`,
    /itself/,
  ],
];

describe('a document is refused for', () => {
  test.for(excesses)('%s, over HTTP', async ([, documentOf, said], { staff }) => {
    const began = performance.now();
    const { status, errors, data } = await staff.post(documentOf('query', 'me', 'id'));
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(said);
    expect(errors?.[0]?.extensions.code).toMatch(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/);
    expect(errors?.length).toBeLessThan(5);
    expect(JSON.stringify(errors)).not.toMatch(INSIDE);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test.for(excesses)('%s, over WebSocket', async ([, documentOf, said], { server, staff }) => {
    using socket = await signedIn(server, staff);
    socket.send({
      id: '1',
      type: 'subscribe',
      payload: { query: documentOf('subscription', 'commsLogged', 'position') },
    });
    const { type, id, payload } = await socket.next();
    expect({ type, id }).toEqual({ type: 'error', id: '1' });
    expect(payload).toContainEqual(expect.objectContaining({ message: expect.stringMatching(said) }));
    expect(JSON.stringify(payload)).not.toMatch(INSIDE);
  });
});

describe('a document may be', () => {
  test.for<[name: string, query: string]>([
    ['twenty aliases', `query X { ${times(20, (i) => `a${i}: me { id }`)} }`],
    ['some hundred fields', `query X { me { ${times(490, () => 'id')} } }`],
    ['many operations, of which one is run', times(40, (i) => `query X${i} { me { id } channel { queued } }`)],
  ])('%s', async ([, query], { server, staff }) => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: staff.authorization },
      body: JSON.stringify({ query, operationName: query.match(/X\d*/)?.[0] }),
    });
    expect(answer.status, await answer.text()).toBe(200);
  });

  test('introspection, for who develops', async ({ staff }) => {
    const { __schema } = await staff.ask<{ __schema: { types: unknown[] } }>(getIntrospectionQuery());
    expect(__schema.types.length).toBeGreaterThan(20);
  });
});

describe('in production', () => {
  test.for([
    getIntrospectionQuery(),
    '{ __type(name: "Query") { fields { name } } }',
    'query X { me { id } __schema { queryType { name } } }',
  ])('nobody introspects, over HTTP or WebSocket: %#', async (query, { production, staff }) => {
    const { status, errors, data } = await postGraphQL(production, { query }, { authorization: staff.authorization });
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(/introspection/i);

    using socket = await signedIn(production, staff);
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    expect(await socket.next()).toMatchObject({ type: 'error', id: '1' });
    const subscription = 'subscription X { commsLogged { position __typename } __schema { queryType { name } } }';
    socket.send({ id: '2', type: 'subscribe', payload: { query: subscription } });
    const refused = await socket.next();
    expect(refused).toMatchObject({ type: 'error', id: '2' });
    expect(JSON.stringify(refused)).toMatch(/introspection/i);
  });

  test('a fault is told by its id alone', async ({ production, staff, databaseUrl }) => {
    await using _ = await withoutTable(databaseUrl, 'customer');
    const { errors } = await postGraphQL(
      production,
      { query: '{ customers { nodes { id } } }' },
      { authorization: staff.authorization },
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
    expect(JSON.stringify(errors)).not.toMatch(/relation|customer_|select|stacktrace|node_modules|\.ts/);
  });
});

describe('over HTTP', () => {
  test.for([
    'query X { mee { id } }',
    'query X { me { nam } }',
    'query X { inbox(filtr: {}) { nodes { id } } }',
    'query X { inbox(filter: { typ: CALL }) { nodes { id } } }',
    'query X { inbox(filter: { type: CAL }) { nodes { id } } }',
    'query X { me { ...on Staf { id } } }',
  ])('nothing is suggested: %s', async (query, { server, staff }) => {
    const { errors } = await staff.post(query);
    expect(errors?.[0]?.message).toBeTruthy();
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);

    using socket = await signedIn(server, staff);
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    expect(JSON.stringify(await socket.next())).not.toMatch(/did you mean/i);
  });

  test('a batch is refused', async ({ server, staff }) => {
    const answer = await post(server, staff, JSON.stringify([{ query: ME }, { query: ME }]));
    expect(answer.status).toBe(400);
  });

  test('a mutation is refused by GET, with whatever headers', async ({ server, staff }) => {
    const query = 'mutation X { endMyOtherSessions { sessions { id } } }';
    const url = `${server.url}/graphql?${new URLSearchParams({ query })}`;
    for (const headers of [{}, { 'content-type': 'application/json' }, { 'apollo-require-preflight': '1' }]) {
      const answer = await fetch(url, { headers: { ...headers, authorization: staff.authorization } });
      expect([400, 405]).toContain(answer.status);
      expect(await answer.text()).not.toContain('"data":{');
    }
  });

  test.for<[type: string, body: string]>([
    ['application/x-www-form-urlencoded', new URLSearchParams({ query: ME }).toString()],
    ['text/plain', JSON.stringify({ query: ME })],
    [
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n${ME}\r\n--x--\r\n`,
    ],
    ['application/graphql', ME],
  ])('what a foreign page can make a browser send is refused: %s', async ([type, body], { server, staff }) => {
    const answer = await post(server, staff, body, type);
    expect([400, 415]).toContain(answer.status);
    expect(await answer.text()).not.toContain('"data":{');
  });

  test.for([
    '{',
    '[]',
    '"query"',
    'null',
    '{"query":7}',
    '{"query":"{me{id}}","variables":7}',
    '{"__proto__":{"query":"{me{id}}"}}',
  ])('a body that is no request is refused without a word about the inside: %s', async (body, { server, staff }) => {
    const answer = await post(server, staff, body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(INSIDE);
  });

  test('a body of 2 MB is refused', async ({ server, staff }) => {
    expect(
      (await post(server, staff, JSON.stringify({ query: ME, variables: { a: 'a'.repeat(2 ** 21) } }))).status,
    ).toBe(413);
  });
});

describe('over WebSocket', () => {
  test('a first frame of 2 MB ends the socket', async ({ server }) => {
    using socket = await openRawSocket(server);
    socket.send({ type: 'connection_init', payload: { authorization: 'a'.repeat(2 * 1024 * 1024) } });
    expect((await socket.closed).code).toBe(1009);
  });

  test('who never says who they are is let go', async ({ server }) => {
    using socket = await openRawSocket(server);
    expect((await socket.closed).code).toBe(4408);
  });

  test('of 1,000 operations on one socket the many end it, and nobody else notices', async ({ server, staff }) => {
    using other = await signedIn(server, staff);
    using socket = await signedIn(server, staff);
    for (let id = 0; id < 1_000; id++) {
      socket.send({ id: String(id), type: 'subscribe', payload: { query: COMMS_LOGGED } });
    }
    expect((await socket.closed).code).toBe(4429);
    other.send({ type: 'ping' });
    expect(await other.next()).toMatchObject({ type: 'pong' });
    expect(await staff.ask(ME)).toMatchObject({ me: {} });
  });

  test('a person has so many sockets and no more, and takes nobody else’s place', async ({ server, staff }) => {
    const member = await signInMember(server, staff);
    const flood: RawSocket[] = [];
    try {
      while (flood.length < MAX_SOCKETS_PER_PERSON) {
        flood.push(...(await Promise.all(Array.from({ length: 100 }, () => signedIn(server, member)))));
      }
      using refused = await openRawSocket(server);
      refused.send({ type: 'connection_init', payload: { authorization: member.authorization } });
      expect((await refused.closed).code).toBe(4429);
      using other = await signedIn(server, staff);
      other.send({ type: 'ping' });
      expect(await other.next()).toMatchObject({ type: 'pong' });
    } finally {
      for (const socket of flood) socket[Symbol.dispose]();
    }
  });

  test('a session that ends by way of another process loses its sockets within 5 seconds', async ({
    server,
    production,
  }) => {
    const leaving = await signIn(server);
    using here = await signedIn(server, leaving);
    using there = await signedIn(production, leaving);
    const began = performance.now();
    const answer = await fetch(`${production.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { authorization: leaving.authorization },
    });
    expect(answer.status).toBe(200);
    for (const socket of [here, there]) expect((await socket.closed).code).toBe(4403);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

function typeOf(operation: string): string {
  return operation === 'query' ? 'Query' : 'Subscription';
}

async function signedIn(server: TestServer, { authorization }: TestStaff): Promise<RawSocket> {
  const socket = await openRawSocket(server);
  socket.send({ type: 'connection_init', payload: { authorization } });
  expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
  return socket;
}

async function post(server: TestServer, { authorization }: TestStaff, body: string, type = 'application/json') {
  return await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type, authorization },
    body,
  });
}

/** As if the database were not what the program takes it for, until this is disposed. */
async function withoutTable(databaseUrl: string, table: string): Promise<AsyncDisposable> {
  await query(databaseUrl, `alter table ${table} rename to gone`);
  return {
    async [Symbol.asyncDispose]() {
      await query(databaseUrl, `alter table gone rename to ${table}`);
    },
  };
}
