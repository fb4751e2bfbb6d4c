import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { type Logger, pino } from 'pino';
import { expect, inject, test } from 'vitest';
import { assertSuitable } from '../server/db/assert-suitable.ts';
import { connectDatabase, type Database, isDatabaseUnavailable } from '../server/db/database.ts';
import { migrate } from '../server/db/migrate.ts';
import { createDatabase, query } from './harness/database.ts';
import { startTransactionPool } from './transaction-pool.ts';

const ROOT = join(import.meta.dirname, '..');

test.concurrent('a frozen connection costs its query 3 seconds, and is not given to the next', async () => {
  await using database = await connect({ poolSize: 1 });
  const pid = await backend(database);
  process.kill(pid, 'SIGSTOP');
  using _thawed = { [Symbol.dispose]: () => process.kill(pid, 'SIGCONT') };

  const error = await backend(database).catch((caught) => caught);
  expect(error.message).toBe('Query read timeout');
  expect(isDatabaseUnavailable(error)).toBe(true);
  expect(await backend(database)).not.toBe(pid);
});

test.concurrent('a slow statement and a long wait for a lock are ended by the server', async () => {
  await using database = await connect({ poolSize: 1 });
  const pid = await backend(database);
  const slow = await sql`select pg_sleep(60)`.execute(database.kysely).catch((caught) => caught);
  expect(slow).toMatchObject({ code: '57014' });
  expect(isDatabaseUnavailable(slow)).toBe(true);
  expect(await backend(database)).toBe(pid);

  const holder = database.createClient();
  await holder.connect();
  await holder.query('begin; lock table staff');
  const waited = await sql`select from staff`.execute(database.kysely).catch((caught) => caught);
  expect(waited).toMatchObject({ code: '55P03' });
  expect(await backend(database)).toBe(pid);
  await holder.end();
});

test.concurrent('connections that are cut, idle or at work, end nothing but themselves', async () => {
  await using database = await connect({ poolSize: 3 });
  await Promise.all([backend(database), backend(database)]);
  const atWork = database.kysely.connection().execute(async (connection) => {
    await cutAll(database.url);
    return backend({ kysely: connection });
  });
  expect(isDatabaseUnavailable(await atWork.catch((caught) => caught))).toBe(true);
  expect(await backend(database)).toBeGreaterThan(0);
});

test.concurrent('waiting for a connection ends too', async () => {
  await using database = await connect({ poolSize: 1 });
  const client = await database.pool.connect();
  expect(isDatabaseUnavailable(await backend(database).catch((caught) => caught))).toBe(true);
  client.release();
});

test.concurrent('a refused connection is the database, a refused row is not, another server is not', async () => {
  await using database = await connect();
  await using nowhere = await connect({ url: 'postgres://127.0.0.1:9/none' });
  const trouble = [
    backend(nowhere),
    sql`insert into staff default values`.execute(database.kysely),
    sql`select 1 / 0`.execute(database.kysely),
    fetch('http://127.0.0.1:9'),
  ];
  const reasons = await Promise.all(trouble.map((promise) => Promise.resolve(promise).catch((caught) => caught)));
  expect(reasons.map(isDatabaseUnavailable)).toEqual([true, false, false, false]);
});

test.concurrent('ids and positions arrive as numbers, times as dates', async () => {
  await using database = await connect();
  const { rows } = await sql`select 9007199254740991 as id, array[1, null]::bigint[] as ids, now() as now`.execute(
    database.kysely,
  );
  expect(rows).toEqual([{ id: Number.MAX_SAFE_INTEGER, ids: [1, null], now: expect.any(Date) }]);
  await expect(sql`select 9007199254740993 as id`.execute(database.kysely)).rejects.toThrow(RangeError);
});

test.concurrent('our own database is suitable, one that forgets or garbles is not', async () => {
  await using ours = await connect();
  await assertSuitable(ours);

  const forgetful = await createDatabase();
  await query(forgetful, `alter database ${nameOf(forgetful)} set synchronous_commit = off`);
  await using second = await connect({ url: forgetful });
  await expect(assertSuitable(second)).rejects.toThrow('set synchronous_commit = on');

  const ascii = nameOf(forgetful).replace('test', 'ascii');
  await query(
    forgetful,
    `create database ${ascii} encoding SQL_ASCII locale_provider libc locale 'C' template template0`,
  );
  const garbling = Object.assign(new URL(forgetful), { pathname: ascii }).href;
  await using third = await connect({ url: garbling });
  await expect(assertSuitable(third)).rejects.toThrow('its encoding is SQL_ASCII');
});

test.concurrent.for(['first', 'last'] as const)(
  'a pool by transactions that gives the %s free connection is found out',
  async (choice) => {
    await using pool = await startTransactionPool(await createDatabase(), choice);
    await using database = await connect({ url: pool.url });
    expect(await backend(database)).toBeGreaterThan(0);
    await expect(assertSuitable(database)).rejects.toThrow('use a pool in session mode, or none');
  },
);

test.concurrent('processes that start together migrate an empty database once', async () => {
  const url = await createDatabase({ template: 'template0' });
  const program = `
    import { pino } from 'pino';
    import { migrate } from './server/db/migrate.ts';
    await Promise.all([migrate('${url}', pino()), migrate('${url}', pino())]);`;
  const outputs = await Promise.all([1, 2].map(() => run(['--input-type=module', '--eval', program])));

  const names = (await readdir(join(ROOT, 'server/db/migrations'))).map((file) => file.replace('.ts', '')).sort();
  const told = outputs.flatMap(({ output }) =>
    output
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
  expect(outputs.map(({ code }) => code)).toEqual([0, 0]);
  expect(told.map(({ migration }) => migration)).toEqual(names);
  expect(await query(url, 'select name from kysely_migration order by name')).toEqual(names.map((name) => ({ name })));
});

test.concurrent('a database that a newer version has migrated is left alone', async () => {
  const url = await createDatabase();
  await query(url, `insert into kysely_migration select '9999-of-tomorrow', now()::text`);
  const lines: string[] = [];
  await migrate(url, pino({}, { write: (line) => lines.push(line) }));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, migrations: ['9999-of-tomorrow'] }]);
});

test.concurrent('a migration that fails says which, and why', async () => {
  const url = await createDatabase({ template: 'template0' });
  await query(url, 'create table staff ()');
  await expect(migrate(url, silent)).rejects.toMatchObject({
    message: 'The database could not be migrated: 0001-staff failed',
    cause: { code: '42P07' },
  });
});

test.concurrent('the row types, functions and indexes on file are those of the migrations', async () => {
  expect(await run(['server/db/generate.ts', '--verify'])).toEqual({ code: 0, output: '' });
});

const silent: Logger = pino({ level: 'silent' });

async function connect({ url, poolSize = 5 }: { url?: string; poolSize?: number } = {}): Promise<Database> {
  return connectDatabase(url ?? (await createDatabase()), { log: silent, poolSize });
}

async function backend({ kysely }: Pick<Database, 'kysely'>): Promise<number> {
  return (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(kysely)).rows[0]?.pid ?? 0;
}

async function cutAll(url: string): Promise<void> {
  await query(
    inject('postgresUrl'),
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1',
    [nameOf(url)],
  );
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function run(args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { code, output };
}
