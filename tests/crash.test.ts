import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDatabase, query } from './harness/database.ts';
import { counts } from './harness/day-work.ts';
import { feedPosition, inbox } from './harness/feed.ts';
import { type Load, postLikeMeta } from './harness/load.ts';
import { deliver, freshNumber, postWebhook, text, webhook } from './harness/meta.ts';
import { startOwnPostgres } from './harness/own-postgres.ts';
import { followPatiently, type PatientFollower } from './harness/patient-follower.ts';
import { openRawSocket } from './harness/raw-socket.ts';
import { launchServer, startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { signInMember } from './harness/team.ts';

/** A program under load that may be killed, and come back as another process. */
interface Victim {
  server: TestServer;
  databaseUrl: string;
  killDatabase(): Promise<void>;
  /** Starts the program again, and what it needs. */
  restart(): Promise<void>;
}

const places: Record<string, () => Promise<Victim>> = {
  async 'an embedded database'() {
    const dataDir = await temporaryFolder();
    const start = () => startServer({ databaseUrl: '', env: { DATA_DIR: dataDir } });
    const victim = {
      server: await start(),
      databaseUrl: await embeddedUrl(dataDir),
      async killDatabase() {
        process.kill(await embeddedPid(dataDir), 'SIGKILL');
      },
      async restart() {
        victim.server = await start();
        victim.databaseUrl = await embeddedUrl(dataDir);
      },
    };
    onTestFinished(() => victim.server[Symbol.asyncDispose]());
    return victim;
  },
  async 'a database by DATABASE_URL'() {
    const postgres = await startOwnPostgres();
    onTestFinished(() => postgres[Symbol.asyncDispose]());
    const victim = {
      server: await startServer({ databaseUrl: postgres.url }),
      databaseUrl: postgres.url,
      async killDatabase() {
        await postgres.crash();
        await postgres.start();
      },
      async restart() {
        victim.server = await startServer({ databaseUrl: postgres.url });
      },
    };
    onTestFinished(() => victim.server[Symbol.asyncDispose]());
    return victim;
  },
};

describe('kill -9 under load', () => {
  test.for(Object.entries(places))(
    'of the program, of PostgreSQL, of both, with %s: what got 200 is there',
    { timeout: 60_000 },
    async ([, start]) => {
      const victim = await start();
      const staff = await signIn(victim.server);
      using follower = followPatiently(() => victim.server, staff.authorization, await feedPosition(staff));
      const load = postLikeMeta(() => victim.server, 10);

      await more(load, 100);
      victim.server.kill('SIGKILL');
      await victim.server.stopped;
      await victim.restart();

      await more(load, 100);
      await victim.killDatabase();

      await more(load, 100);
      const killed = victim.killDatabase();
      victim.server.kill('SIGKILL');
      await Promise.all([killed, victim.server.stopped]);
      await victim.restart();

      await more(load, 100);
      await expectNothingLost(load, follower, victim.databaseUrl);
    },
  );
});

describe('two programs', () => {
  test('on one DATA_DIR: the second is refused with a line that says why', async () => {
    const env = { DATA_DIR: await temporaryFolder() };
    const first = await Promise.any([0, 1].map(() => startServer({ databaseUrl: '', env })));
    onTestFinished(() => first[Symbol.asyncDispose]());
    const second = startServer({ databaseUrl: '', env });
    await expect(second).rejects.toThrow(`is in use by process ${first.pid}. Stop that one first`);
    await deliver(first, text(freshNumber(), 'the first goes on'));
  });

  test('one of which is stopped at any moment, and goes on: the other is never held up', async () => {
    const databaseUrl = await createDatabase();
    await using stopping = await startServer({ databaseUrl });
    await using other = await startServer({ databaseUrl });
    const staff = await signIn(other);
    using follower = followPatiently(() => other, staff.authorization, await feedPosition(staff));
    const load = postLikeMeta(() => stopping, 20);
    for (let round = 0; round < 15; round += 1) {
      await more(load, 1 + Math.floor(Math.random() * 40));
      stopping.kill('SIGSTOP');
      for (let message = 0; message < 10; message += 1) {
        const began = performance.now();
        await deliver(other, text(freshNumber(), 'meanwhile'));
        expect(performance.now() - began).toBeLessThan(1_000);
      }
      stopping.kill('SIGCONT');
    }
    await expectNothingLost(load, follower, databaseUrl);
  });

  test('one of which is stopped while it adds somebody to the team: the other is not held up', async () => {
    const databaseUrl = await createDatabase();
    await using stopping = await startServer({ databaseUrl });
    await using other = await startServer({ databaseUrl });
    const staff = await signIn(stopping);
    await deliver(other, text(freshNumber(), 'counts as read by somebody new'));
    expect(await counts(staff)).toMatchObject({ unread: 1 });
    // Keeps it waiting in the midst.
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('begin; lock table read_mark in share mode');
    const added = signInMember(stopping, staff);
    const pid = await statementOfOthers(databaseUrl, `wait_event_type = 'Lock'`);
    stopping.kill('SIGSTOP');
    await client.query('rollback');
    await client.end();
    await statementOfOthers(databaseUrl, `pid = ${pid} and state like 'idle%'`);
    await deliver(other, text(freshNumber(), 'meanwhile'));
    stopping.kill('SIGCONT');
    expect((await inbox(await added, { unreadOnly: true })).map(({ body }) => body)).toEqual(['meanwhile']);
  });

  test('one of which is stopped in the midst of the first migration: the other does it', async () => {
    const databaseUrl = await createDatabase({ template: 'template0' });
    // Keeps it waiting in the midst.
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('begin; create table contact ()');
    const stopped = launchServer({ databaseUrl });
    const ended = stopped.listening.then(() => 'it serves', String);
    await statementOfOthers(databaseUrl, `wait_event_type = 'Lock' and query like '%create table contact%'`);
    stopped.kill('SIGSTOP');
    await client.query('rollback');
    await client.end();
    await using other = await startServer({ databaseUrl });
    await deliver(other, text(freshNumber(), 'hello'));
    stopped.kill('SIGCONT');
    expect(await ended).toContain('The database could not be migrated');
  });
});

test('two versions side by side: the older serves on while the newer migrates, and starts after it', async () => {
  const databaseUrl = await createDatabase();
  await using older = await startServer({ databaseUrl });
  const staff = await signIn(older);
  using follower = followPatiently(() => older, staff.authorization, await feedPosition(staff));
  const load = postLikeMeta(() => older, 10);
  await more(load, 50);

  await using newer = await startServer({ databaseUrl, folder: await newerVersion() });
  await newer.says(/"migration":"9999-of-tomorrow"/);
  await deliver(newer, text(freshNumber(), 'by the newer'));
  await query(databaseUrl, TOMORROWS_STEP);
  await more(load, 50);

  await using restarted = await startServer({ databaseUrl });
  await restarted.says(/"the database is of a newer version"/);
  await deliver(restarted, text(freshNumber(), 'by the older, started after the newer'));
  for (const server of [older, newer, restarted]) {
    using another = followPatiently(() => server, staff.authorization, follower.start);
    await another.reaches(100);
  }
  await expectNothingLost(load, follower, databaseUrl);
});

test('a migration that gets into a deadlock with the older version begins again', async () => {
  const databaseUrl = await createDatabase();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin; select from conversation');
  const newer = launchServer({ databaseUrl, folder: await newerVersion() });
  // PostgreSQL looks for a deadlock a second after somebody began to wait, and ends who is found in one: the migration,
  // if this comes within its second, which no process of a busy machine may hold up in between.
  await client.query(`
    do $$ begin
      loop
        perform pg_stat_clear_snapshot();
        exit when exists (select from pg_stat_activity where datname = current_database()
          and wait_event_type = 'Lock' and query like 'alter table conversation%');
      end loop;
      perform from comms_entry;
    end $$;
    commit`);
  await client.end();
  await using server = await newer.listening;
  expect(await server.says(/deadlock/)).toContain('begins again');
});

describe('told to stop', () => {
  test('under load: not ready first, every request is answered, sockets close one after the other', async () => {
    const server = await startServer({ databaseUrl: await createDatabase() });
    onTestFinished(() => server.kill('SIGKILL'));
    const staff = await signIn(server);
    const sockets = await Promise.all(Array.from({ length: 200 }, () => openSocket(server, staff)));
    // As behind a balancer: nothing more goes to who is not ready.
    let ready = true;
    const answers: number[] = [];
    const clients = Array.from({ length: 10 }, async () => {
      while (ready) answers.push((await postWebhook(server, webhook(text(freshNumber(), 'under load')))).status);
    });
    while (answers.length < 100) await isReady(server);
    server.kill('SIGTERM');
    while (ready) ready = await isReady(server);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await Promise.all(clients);
    expect(new Set(answers)).toEqual(new Set([200]));

    const closed = await Promise.all(sockets.map(({ closed }) => closed));
    expect(new Set(closed.map(({ code }) => code))).toEqual(new Set([1001]));
    const times = closed.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(250);
    expect(await server.stopped).toBe(0);
  });

  test('it ends soon, also with a subscriber that has fallen silent and a database that is frozen', async () => {
    await using postgres = await startOwnPostgres();
    const server = await startServer({ databaseUrl: postgres.url });
    onTestFinished(() => server.kill('SIGKILL'));
    const staff = await signIn(server);
    using follower = followPatiently(() => server, staff.authorization, await feedPosition(staff));
    await deliver(server, text(freshNumber(), 'hello'));
    await follower.reaches(1);
    follower.pause();
    using _frozen = await postgres.freeze();

    const began = performance.now();
    server.kill('SIGTERM');
    expect(await server.stopped).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('twice, it ends at once', async () => {
    const server = await startServer({ databaseUrl: await createDatabase() });
    const slow = connect(server.port, '127.0.0.1');
    slow.on('error', () => {
      // It is cut off, as it should be.
    });
    slow.write('POST /api/crm/whatsapp/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
    server.kill('SIGTERM');
    await server.says(/"stopping"/);
    const began = performance.now();
    server.kill('SIGTERM');
    expect(await server.stopped).toBe(1);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

/** Until so many more messages got their 200. */
function more(load: Load, count: number): Promise<void> {
  return load.reaches(load.taken.length + count);
}

/** Whatever got its 200 is in the log, and the follower was told the whole log once and in order. */
async function expectNothingLost(load: Load, follower: PatientFollower, databaseUrl: string): Promise<void> {
  const taken = await load.stop();
  const log = await query<{ id: string; wamid: string }>(
    databaseUrl,
    'select id::text, ext_message_id as wamid from comms_entry order by comms_entry.id',
  );
  expect(new Set(log.map(({ wamid }) => wamid)).isSupersetOf(new Set(taken))).toBe(true);
  await follower.reaches(log.length);
  expect(follower.events.map(({ id }) => id)).toEqual(log.map(({ id }) => id));
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crm-comms-crash-'));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 10 }));
  return folder;
}

async function embeddedPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

async function embeddedUrl(dataDir: string): Promise<string> {
  const [, , , port] = (await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
  const password = await readFile(join(dataDir, 'postgres/password'), 'utf8');
  return `postgres://crm_comms:${password}@127.0.0.1:${port}/crm_comms?sslmode=disable`;
}

/** Resolves with the process of another connection to the database, once `pg_stat_activity` shows this of it. */
async function statementOfOthers(databaseUrl: string, condition: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(`
      select pid from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and ${condition}`);
    if (rows[0]) {
      await client.end();
      return rows[0].pid;
    }
  }
}

async function isReady(server: TestServer): Promise<boolean> {
  return (await fetch(`${server.url}/readyz`)).status === 200;
}

async function openSocket(server: TestServer, { authorization }: TestStaff) {
  const socket = await openRawSocket(server);
  socket.send({ type: 'connection_init', payload: { authorization } });
  await socket.next();
  return { closed: socket.closed.then(({ code }) => ({ code, at: performance.now() })) };
}

/** This checkout with one more migration: what a later version may well do to tables that an older one uses. */
async function newerVersion(): Promise<string> {
  const root = join(import.meta.dirname, '..');
  const folder = await temporaryFolder();
  await cp(join(root, 'server'), join(folder, 'server'), { recursive: true });
  for (const name of ['node_modules', 'client', 'schema.graphql', 'package.json']) {
    await symlink(join(root, name), join(folder, name));
  }
  await writeFile(
    join(folder, 'server/db/migrations/9999-of-tomorrow.ts'),
    `import { type Kysely, sql } from 'kysely';
     export async function up(db: Kysely<unknown>): Promise<void> {
       for (const statement of ${JSON.stringify(TOMORROW)}) await sql.raw(statement).execute(db);
     }`,
  );
  return folder;
}

const TOMORROW = [
  `alter table comms_entry add mood text, add weight integer not null default 1`,
  `alter table conversation add colour text`,
  `alter table comms_feed add note text, drop constraint comms_feed_subject_check`,
  `create index comms_entry_by_mood on comms_entry (mood)`,
];

/** A step of a kind that the older version doesn't know. */
const TOMORROWS_STEP = `
  with head as (update feed_head set position = position + 1 returning position)
  insert into comms_feed (position, subject, change) select position, 'weather', 'UPDATED' from head`;
