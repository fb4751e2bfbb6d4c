import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createDatabase, nameOfDatabase, query, replaceDatabase } from './harness/database.ts';
import { feedPosition, follow, type Logged } from './harness/feed.ts';
import { postLikeMeta } from './harness/load.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import { metric } from './harness/metrics.ts';
import { followPatiently } from './harness/patient-follower.ts';
import { startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

const MEGABYTE = 1024 * 1024;

test('a program is killed under 500 subscribers: all go on where they were, without a gap or a double', async ({
  server: other,
  databaseUrl,
  staff,
}) => {
  let server = await startServer({ databaseUrl });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const start = await feedPosition(staff);
  const followers = Array.from({ length: 500 }, (_, number) =>
    followPatiently(() => server, staff.authorization, start, `Follow${number % 5}`),
  );
  using _ = disposing(followers);
  const all = (count: number) => Promise.all(followers.map((follower) => follower.reaches(count)));
  await deliverEach(other, 20);
  await all(20);

  server.kill('SIGKILL');
  await deliverEach(other, 20);
  server = await startServer({ databaseUrl });
  // They come back in the midst of new messages.
  const load = postLikeMeta(() => other, 4);
  await load.reaches(100);
  const { length } = await load.stop();

  await all(40 + length);
  const log = await query<{ entry_id: string }>(
    databaseUrl,
    'select id::text as entry_id from comms_entry order by id',
  );
  const expected = log.map(({ entry_id }) => entry_id);
  for (const { events } of followers) expect(events.map(({ id }) => id)).toEqual(expected);
});

test('subscribers that stop reading while 100,000 events pass cost no memory, and catch up', {
  timeout: 120_000,
}, async ({ server, databaseUrl, staff }) => {
  await deliver(server, ...Array.from({ length: 100 }, () => text(freshNumber(), 'x'.repeat(1_000))));
  const start = await feedPosition(staff);
  // What it takes to make the events is there before somebody falls asleep.
  await changeEntries(databaseUrl, 30_000);
  const [reader, ...sleepers] = await asleepButOne(server, staff, start, 2);
  using _ = disposing([reader, ...sleepers]);
  await reader.reaches(30_000);
  const before = await metric(server, 'process_resident_memory_bytes');
  let most = before;
  for (let passed = 30_000; passed < 130_000; passed += 10_000) {
    await changeEntries(databaseUrl, 10_000);
    await reader.reaches(passed + 10_000);
    most = Math.max(most, await metric(server, 'process_resident_memory_bytes'));
  }
  expect(most - before).toBeLessThan(200 * MEGABYTE);

  const [sleeper] = sleepers;
  sleeper?.resume();
  await sleeper?.reaches(130_000);
  const positions = reader.events.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort());
  expect(sleeper?.events.map(({ position }) => position)).toEqual(positions);
});

test('long messages cost a subscriber that stops reading no more than short ones', async () => {
  const databaseUrl = await createDatabase();
  await using server = await startServer({ databaseUrl });
  const staff = await signIn(server);
  await deliver(server, ...Array.from({ length: 5 }, () => text(freshNumber(), 'x'.repeat(60_000))));
  const [reader, ...sleepers] = await asleepButOne(server, staff, await feedPosition(staff), 15);
  using _ = disposing([reader, ...sleepers]);
  const before = await metric(server, 'process_resident_memory_bytes');
  await changeEntries(databaseUrl, 500);
  await reader.reaches(500);
  expect((await metric(server, 'process_resident_memory_bytes')) - before).toBeLessThan(200 * MEGABYTE);
});

test('a position from before a restore: RESYNC_REQUIRED, also when as much has been logged since', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crm-comms-restore-'));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 10 }));
  const inFolder = (name: string) => startServer({ databaseUrl: '', env: { DATA_DIR: join(folder, name) } });
  const logged = async (server: TestServer, ...bodies: string[]) => {
    const staff = await signIn(server);
    for (const body of bodies) await deliver(server, text(freshNumber(), body));
    return feedPosition(staff);
  };

  const first = await inFolder('data');
  const kept = await logged(first, 'before the backup');
  await first[Symbol.asyncDispose]();
  await cp(join(folder, 'data'), join(folder, 'backup'), { recursive: true });
  const second = await inFolder('data');
  const lost = await logged(second, 'lost', 'lost as well');
  await second[Symbol.asyncDispose]();

  await using restored = await inFolder('backup');
  const staff = await signIn(restored);
  await expect(begins(restored, staff, lost)).rejects.toMatchObject(RESYNC);
  await logged(restored, 'another', 'yet another', 'and more');
  await expect(begins(restored, staff, lost)).rejects.toMatchObject(RESYNC);
  await using feed = await follow(restored, staff, { after: kept });
  expect((await feed.take(3)).map(({ entry }) => entry.body)).toEqual(['another', 'yet another', 'and more']);
});

test('a backup in the place of the database that was followed: RESYNC_REQUIRED for who is connected', async () => {
  const databaseUrl = await createDatabase();
  await using before = await startServer({ databaseUrl });
  const staff = await signIn(before);
  await before[Symbol.asyncDispose]();
  const backup = await createDatabase({ template: nameOfDatabase(databaseUrl) });

  await using server = await startServer({ databaseUrl, env: { PORT: String(before.port) } });
  await using feed = await follow(server, staff);
  await deliver(server, text(freshNumber(), 'in the one'), text(freshNumber(), 'in the one'));
  await feed.take(2);
  await replaceDatabase(databaseUrl, backup);
  await expect(feed.next()).rejects.toMatchObject(RESYNC);
});

const RESYNC = { end: { errors: [{ extensions: { code: 'RESYNC_REQUIRED' } }] } };

/** Followers who are connected; all but the first take nothing any more. */
async function asleepButOne(server: TestServer, staff: TestStaff, start: string, sleepers: number) {
  const awake = followPatiently(() => server, staff.authorization, start);
  const asleep = Array.from({ length: sleepers }, () => followPatiently(() => server, staff.authorization, start));
  while ((await metric(server, 'subscribers')) < 1 + sleepers) {
    // Each is there once its subscription is.
  }
  for (const follower of asleep) follower.pause();
  return [awake, ...asleep] as const;
}

async function deliverEach(server: TestServer, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) await deliver(server, text(freshNumber(), `number ${number}`));
}

/** The first event after a position; what is rejected says why there is none. */
async function begins(server: TestServer, staff: TestStaff, after: string): Promise<Logged> {
  await using feed = await follow(server, staff, { after });
  return await feed.next();
}

/** So many changes of the entries that are there, in the feed at once. */
async function changeEntries(databaseUrl: string, changes: number): Promise<void> {
  await query(
    databaseUrl,
    `with entry as (select array_agg(id) as ids, array_agg(conversation_id) as homes, count(*) as entries from comms_entry),
      step as (
        insert into comms_feed (position, subject, change, entry_id, comms_type, subject_id)
        select lock_feed() + n, 'entry', 'UPDATED', ids[1 + n % entries], 'WHATSAPP', homes[1 + n % entries]
        from entry, generate_series(1, $1::integer) n)
    select`,
    [changes],
  );
  await query(databaseUrl, 'select advance_feed()');
}

function disposing(all: Iterable<Disposable>): Disposable {
  const stack = new DisposableStack();
  for (const each of all) stack.use(each);
  return stack;
}
