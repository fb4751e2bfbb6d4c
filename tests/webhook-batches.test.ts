import pg from 'pg';
import { expect } from 'vitest';
import { gapsInFeed, query } from './harness/database.ts';
import { conversation, conversationIds, counts } from './harness/day-work.ts';
import { deliver, freshNumber, postWebhook, quoting, type Said, said, text, webhook } from './harness/meta.ts';
import { metric } from './harness/metrics.ts';
import { startServer, type TestServer } from './harness/server.ts';
import { signIn } from './harness/staff.ts';
import { test } from './harness/test.ts';

const ROUNDS = 200;

test('two copies of one body that are written together are kept once, and both are taken', async ({
  server,
  databaseUrl,
}) => {
  const body = webhook(text(freshNumber(), 'twice'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin; select lock_feed()');
  const first = deliver(server, text(freshNumber(), 'keeps the writer busy'));
  await areWaiting(server, 0, databaseUrl);
  const copies = [postWebhook(server, body), postWebhook(server, body)];
  await areWaiting(server, 2, databaseUrl);
  await client.query('commit');
  await client.end();

  await first;
  expect((await Promise.all(copies)).map(({ status }) => status)).toEqual([200, 200]);
  const bodies = await query(databaseUrl, 'select from webhook_body where bytes = $1', [JSON.stringify(body)]);
  expect(bodies).toHaveLength(1);
});

test('a message is logged the same whether it comes alone or among others', async ({ server, databaseUrl }) => {
  const from = freshNumber();
  const at = new Date();
  const hello = text(from, 'hello', { name: 'Ioanna' });
  await deliver(server, hello);
  const kinds = [
    () => text(from, 'again', { at, name: 'Ioanna' }),
    () => text(from, 'without a name', { at }),
    () => quoting(hello.message.id, text(from, 'this one', { at, name: 'Ioanna' })),
    () => said(from, 'sticker', { id: '1' }, { at, name: 'Ioanna' }),
    () => said(from, 'reaction', { message_id: hello.message.id, emoji: '👍' }, { at }),
    // From here on by another name.
    () => text(from, 'and thanks', { at, name: 'Joanna' }),
  ];
  for (const kind of kinds) {
    const [alone, among] = [kind(), kind()];
    await deliver(server, alone);
    await deliver(server, among, text(freshNumber(), 'somebody else'));
    const logged = await query<{ entry: Record<string, unknown> }>(
      databaseUrl,
      `select to_jsonb(e) - '{id,ext_message_id,logged_at,webhook_body_id}'::text[] as entry
      from comms_entry e where ext_message_id = any ($1)`,
      [[alone.message.id, among.message.id]],
    );
    expect(logged).toHaveLength(2);
    expect(logged[0]?.entry).toMatchObject({ conversation_id: `unknown:${from}`, phone: from });
    expect(logged[0]).toEqual(logged[1]);
  }
  expect(await gapsInFeed(databaseUrl)).toEqual([]);
});

test('batches that overlap, in opposite orders, at two programs: no error, each message once', async ({
  server,
  databaseUrl,
}) => {
  await using other = await startServer({ databaseUrl });
  const people = Array.from({ length: 12 }, freshNumber);
  const posted = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const all = people.map((from) => text(from, `round ${round}`));
    for (const { message } of all) posted.add(message.id);
    const batches: [TestServer, Said[]][] = [
      [server, all.slice(0, 8)],
      [other, all.slice(4).toReversed()],
      [server, all.toReversed()],
      [other, [...all.slice(6), ...all.slice(0, 6)]],
    ];
    const answers = await Promise.all(batches.map(([at, batch]) => postWebhook(at, webhook(...batch))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  }
  const log = await query<{ id: string }>(
    databaseUrl,
    'select ext_message_id as id from comms_entry where phone = any ($1)',
    [people],
  );
  expect(log).toHaveLength(ROUNDS * people.length);
  expect(new Set(log.map(({ id }) => id))).toEqual(posted);
  expect(await gapsInFeed(databaseUrl)).toEqual([]);
  for (const { output } of [server, other])
    expect(output.filter((line) => /"level":[56]0|deadlock/.test(line))).toEqual([]);
});

test('what thousands of messages mean for their conversations is told at once, also by another program', async ({
  server,
  databaseUrl,
}) => {
  await using other = await startServer({ databaseUrl });
  const staff = await signIn(other);
  const [one, two] = [freshNumber(), freshNumber()];
  const before = (await counts(staff)).unread;
  const said = Array.from({ length: 1_500 }, (_, index) => text(index % 3 === 0 ? one : two, `no. ${index}`));
  await deliver(server, ...said.slice(0, 1_499));
  await deliver(server, text(one, 'an old one', { at: new Date(Date.now() - 60_000) }), ...said.slice(1_499));
  for (const body of ['by another name', 'and nothing new']) await deliver(server, text(two, body, { name: 'Ανθή' }));

  expect((await counts(staff)).unread).toBe(before + 2);
  expect(await conversation(staff, `unknown:${one}`)).toMatchObject({
    inboundCount: 501,
    unreadCount: 501,
    unanswered: true,
    lastEntry: { body: 'no. 1497' },
  });
  expect(await conversation(staff, `unknown:${two}`)).toMatchObject({
    name: 'Ανθή',
    inboundCount: 1_002,
    lastEntry: { body: 'and nothing new' },
  });
  expect(await conversationIds(staff, { search: 'ανθη' })).toEqual([`unknown:${two}`]);
});

/** Resolves once somebody waits for the lock of the feed, and so many items in the program for their turn. */
async function areWaiting(server: TestServer, items: number, databaseUrl: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const writers = await query(
          databaseUrl,
          `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
        return writers.length > 0 && (await metric(server, 'append_waiting_items')) === items;
      },
      { interval: 20, timeout: 2_000 },
    )
    .toBe(true);
}
