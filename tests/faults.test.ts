import { test as base, describe, expect } from 'vitest';
import { query } from './harness/database.ts';
import { feedPosition } from './harness/feed.ts';
import { postLikeMeta } from './harness/load.ts';
import { deliver, freshNumber, postWebhook, text, webhook } from './harness/meta.ts';
import { metric } from './harness/metrics.ts';
import { IDLE, LISTENING, outages } from './harness/outages.ts';
import { connect, freeze, type OwnPostgres, startOwnPostgres } from './harness/own-postgres.ts';
import { followPatiently, type PatientFollower } from './harness/patient-follower.ts';
import { ADMIN, startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';

/** One program and one database for all faults: each test begins with what the one before has left behind. */
const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('postgres', { scope: 'file' }, async ({}, { onCleanup }) => {
    const postgres = await startOwnPostgres();
    onCleanup(() => postgres[Symbol.asyncDispose]());
    return postgres;
  })
  .extend('server', { scope: 'file' }, async ({ postgres }, { onCleanup }) => {
    const server = await startServer({ databaseUrl: postgres.url });
    onCleanup(() => server[Symbol.asyncDispose]());
    return server;
  })
  .extend('staff', { scope: 'file' }, ({ server }) => signIn(server))
  .extend('follower', { scope: 'file' }, async ({ server, staff }, { onCleanup }) => {
    const follower = followPatiently(() => server, staff.authorization, await feedPosition(staff));
    onCleanup(() => follower[Symbol.dispose]());
    return follower;
  });

describe('while the database is', () => {
  test.for(Object.entries(outages))(
    '%s: 503, and afterwards nothing is missing',
    async ([name, fault], { postgres, server, staff, follower }) => {
      const from = freshNumber();
      const messages = Array.from({ length: 30 }, (_, index) => text(from, `${from} ${index}`));
      const known = follower.events.length;

      await deliver(server, text(from, `${from} before`));
      {
        await using _fault = await fault(postgres);
        const figures = fetch(`${server.url}/metrics`);
        const [answers, ready, healthy, metrics, ...others] = await Promise.all([
          Promise.all(messages.map((message) => timed(postWebhook(server, webhook(message))))),
          timed(fetch(`${server.url}/readyz`)),
          timed(fetch(`${server.url}/healthz`)),
          timed(figures),
          timed(postJson(`${server.url}/graphql`, { query: 'query Me { me { id } }' }, staff)),
          timed(postJson(`${server.url}/api/auth/sign-in/email`, ADMIN)),
        ]);
        for (const { status, retryAfter, ms } of answers) {
          expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/) });
          expect(ms).toBeLessThan(4_000);
        }
        expect(ready).toMatchObject({ status: 503, ms: expect.toSatisfy((ms: number) => ms < 4_000) });
        expect(healthy).toMatchObject({ status: 200, ms: expect.toSatisfy((ms: number) => ms < 1_000) });
        expect(metrics).toMatchObject({ status: 200, ms: expect.toSatisfy((ms: number) => ms < 3_000) });
        const readable = name === 'read-only' || name.includes('holds the lock');
        expect(/^feed_lag_steps \d/m.test(await (await figures).text())).toBe(readable);
        for (const { status, retryAfter, ms } of others) {
          expect([status, retryAfter]).toEqual(status === 200 ? [200, null] : [503, '2']);
          expect(ms).toBeLessThan(4_000);
        }
      }
      await isReady(server);
      await Promise.all(messages.map((message) => deliver(server, message)));
      await deliver(server, text(from, `${from} after`));
      expect((await staff.post('query Me { me { id } }')).status).toBe(200);
      await follower.reaches(known + messages.length + 2);
      await expectWholeLog(postgres.url, follower);
    },
  );
});

test('one connection of the program is frozen: nothing else is', async ({ postgres, server, follower }) => {
  const from = freshNumber();
  const known = follower.events.length;
  await deliver(server, text(from, 'before'));
  using _frozen = freeze(...(await postgres.backends(`${IDLE} order by state_change desc limit 1`)));
  for (const message of Array.from({ length: 20 }, (_, index) => text(from, `meanwhile ${index}`))) {
    let answer = await timed(postWebhook(server, webhook(message)));
    while (answer.status !== 200) {
      expect(answer).toMatchObject({ status: 503, retryAfter: expect.any(String) });
      expect(answer.ms).toBeLessThan(4_000);
      answer = await timed(postWebhook(server, webhook(message)));
    }
  }
  await isReady(server);
  await follower.reaches(known + 21);
  await expectWholeLog(postgres.url, follower);
});

const ends: [string, (postgres: OwnPostgres) => Promise<unknown>][] = [
  ['ended', (postgres) => postgres.cut()],
  ['killed', async (postgres) => process.kill((await postgres.backends(IDLE))[0] ?? 0, 'SIGKILL')],
];

test.for(ends)(
  'all connections are %s under load: what got 200 is there',
  async ([, end], { postgres, server, follower }) => {
    const known = follower.events.length;
    const load = postLikeMeta(() => server, 10);
    await load.reaches(50);
    await end(postgres);
    await load.reaches(200);
    const taken = await load.stop();

    await postgres.reconnect();
    const log = await query<{ id: string }>(postgres.url, 'select ext_message_id as id from comms_entry');
    expect(new Set(log.map(({ id }) => id)).isSupersetOf(new Set(taken))).toBe(true);
    await isReady(server);
    await follower.reaches(known + taken.length);
    await expectWholeLog(postgres.url, follower);
  },
);

test('the listening connection is half open: the poll serves, and another listens', async ({
  postgres,
  server,
  follower,
}) => {
  const from = freshNumber();
  const known = follower.events.length;
  // The test before has cut it off, and it comes again after a moment.
  await expect.poll(() => postgres.backends(LISTENING), { timeout: 20_000 }).not.toEqual([]);
  const listening = await postgres.backends(LISTENING);
  using _halfOpen = freeze(...listening);

  await deliver(server, text(from, 'nobody was told'));
  await follower.reaches(known + 1);
  let delivered = 1;
  while ((await postgres.backends(LISTENING)).every((pid) => listening.includes(pid))) {
    // What the frozen one should have told is found by the poll.
    await deliver(server, text(from, 'nor of this'));
    delivered += 1;
  }
  await follower.reaches(known + delivered);
  await expectWholeLog(postgres.url, follower);
});

test('a connection that only reads is let go of: another may write by now', async ({ postgres, server }) => {
  const primary = await outages['read-only'](postgres);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  await primary[Symbol.asyncDispose]();
  await isReady(server);
});

test('a database that only reads is read, also where the last messages are not settled', async ({
  postgres,
  server,
  staff,
}) => {
  const from = freshNumber();
  await deliver(server, text(from, 'the last one'));
  const list = () =>
    staff.ask<{
      conversations: { position: string; edges: { node: { id: string } }[] };
      inbox: { position: string; nodes: { body: string }[] };
    }>(
      'query List { conversations(first: 1) { position edges { node { id } } } inbox(first: 1) { position nodes { body } } }',
      {},
    );
  const settled = await list();
  await using _fault = await outages['read-only'](postgres);
  await using _unsettled = await unsettle(postgres);
  const { conversations, inbox } = await list();
  // What came after the position of a page is the feed's to tell, and would come twice.
  expect(settled.inbox.nodes).toEqual([{ body: 'the last one' }]);
  expect(inbox.position < settled.inbox.position).toBe(true);
  expect(inbox.nodes).not.toEqual(settled.inbox.nodes);
  expect(conversations.edges).toEqual([{ node: { id: `unknown:${from}` } }]);
  expect(conversations.position < settled.conversations.position).toBe(true);
});

/** As if the last step was not settled yet. */
async function unsettle(postgres: OwnPostgres): Promise<AsyncDisposable> {
  const writer = await connect(postgres.url);
  await writer.query('set default_transaction_read_only = off');
  await writer.query('update settled_head set position = position - 1');
  return {
    async [Symbol.asyncDispose]() {
      await writer.query('update settled_head set position = position + 1');
      await writer.end();
    },
  };
}

test('a flood while the database is frozen is not kept', async ({ postgres }) => {
  await using server = await startServer({ databaseUrl: postgres.url });
  using _frozen = await postgres.freeze();
  const body = webhook(...Array.from({ length: 100 }, () => text(freshNumber(), LONG)));
  const flood = async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => postWebhook(server, body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(await metric(server, 'append_waiting_items')).toBe(0);
    return metric(server, 'process_resident_memory_bytes');
  };
  const first = await flood();
  expect(await flood()).toBeLessThan(first + 100 * 1024 * 1024);
});

const LONG = 'x'.repeat(4_000);

function postJson(url: string, body: object, staff?: TestStaff): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(staff && { authorization: staff.authorization }) };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function timed(answer: Promise<Response>): Promise<{ status: number; retryAfter: string | null; ms: number }> {
  const began = performance.now();
  const { status, headers } = await answer;
  return { status, retryAfter: headers.get('retry-after'), ms: performance.now() - began };
}

/** Asks until the program says that it can serve. */
async function isReady(server: TestServer): Promise<void> {
  while ((await fetch(`${server.url}/readyz`)).status !== 200) {
    // Each answer takes its time.
  }
}

/** Everything that is in the log was told, once, in its order. */
async function expectWholeLog(url: string, follower: PatientFollower): Promise<void> {
  const log = await query<{ entry_id: string }>(url, 'select id::text as entry_id from comms_entry order by id');
  expect(follower.events.map(({ id }) => id)).toEqual(log.map(({ entry_id }) => entry_id));
}
