import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import type { Logger } from 'pino';

/**
 * Brings the tables up to date, all of it or nothing. Of several processes that start together one does it, and the
 * others wait for that.
 */
export async function migrate(url: string, log: Logger): Promise<void> {
  // Connections of their own: rebuilding a large table may take longer than any query of the program's.
  const limits = { connectionTimeoutMillis: 10_000, query_timeout: tenMinutes };
  const pool = new pg.Pool({ connectionString: url, max: 2, ...limits, onConnect: limitStatements });
  pool.on('connect', (client) => {
    client.on('error', (err) => log.warn({ err }, 'a connection for migrations broke'));
  });
  // Said by the connection itself already.
  pool.on('error', () => undefined);
  const db = new Kysely<MigrationTable>({ dialect: new PostgresDialect({ pool }) });
  try {
    const provider = { getMigrations: () => knownMigrations(db, log) };
    let { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest();
    // The older version is at work beside this one, and locks tables in another order.
    for (let attempt = 1; isDeadlock(error) && attempt < 5; attempt++) {
      log.warn({ err: error }, 'the migration met a deadlock, and begins again');
      ({ error, results = [] } = await new Migrator({ db, provider }).migrateToLatest());
    }
    const failed = results.find(({ status }) => status === 'Error')?.migrationName;
    if (error)
      throw new Error(`The database could not be migrated${failed ? `: ${failed} failed` : ''}`, { cause: error });
    for (const { migrationName } of results) log.info({ migration: migrationName }, 'database migrated');
  } finally {
    await db.destroy();
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01';
}

/** By statements, since a pool before the server refuses settings that come with the connection. */
async function limitStatements(client: pg.ClientBase): Promise<void> {
  // A process that is frozen in between must not keep the others waiting.
  await client.query(`
    set statement_timeout = ${tenMinutes};
    set idle_in_transaction_session_timeout = 5000`);
}

type MigrationTable = { kysely_migration: { name: string } };

const tenMinutes = 600_000;
const folder = join(import.meta.dirname, 'migrations');

/** Kysely asks for them when it holds the lock, so nobody else adds one meanwhile. */
async function knownMigrations(db: Kysely<MigrationTable>, log: Logger): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, ''));
  const known = await Promise.all(names.map(async (name) => [name, await import(join(folder, `${name}.ts`))] as const));

  // During a deploy the older version may start after the newer has migrated: what it doesn't know, it leaves alone.
  const latest = names.toSorted().at(-1) ?? '';
  const done = await db.selectFrom('kysely_migration').select('name').where('name', '>', latest).execute();
  if (done.length > 0) log.warn({ migrations: done.map(({ name }) => name) }, 'the database is of a newer version');
  return Object.fromEntries([...known, ...done.map(({ name }) => [name, { up: async () => {} }] as const)]);
}
