import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { assertSuitable } from './assert-suitable.ts';
import { connectDatabase, type Database, isDatabaseUnavailable } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

/** The database of the configuration, judged and up to date; where none is configured, one of our own. */
export async function openDatabase(options: {
  config: { databaseUrl?: string | undefined; dataDir: string };
  log: Logger;
}): Promise<Database> {
  const { config, log } = options;
  await using opening = new AsyncDisposableStack();
  const url = config.databaseUrl ?? opening.use(await startEmbeddedPostgres({ dataDir: config.dataDir, log })).url;
  const database = opening.use(connectDatabase(url, { log }));
  await reach(database, log);
  await assertSuitable(database);
  await migrate(url, log);
  const opened = opening.move();
  return { ...database, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** Program and database are often started together, and nobody says which is faster. */
async function reach({ pool }: Database, log: Logger): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (let attempt = 1; ; attempt++) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (!comesByWaiting(error) || Date.now() > deadline) {
        throw new Error(`The database of DATABASE_URL can't be reached: ${reason(error)}`, { cause: error });
      }
      if (attempt === 1) log.warn(`waiting for the database: ${reason(error)}`);
    }
    await wait(500);
  }
}

/** A wrong password and a wrong name stay wrong. */
function comesByWaiting(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return isDatabaseUnavailable(error) && !/^(28|3D)/.test(code);
}

/** Of a name with several addresses the error says nothing itself. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  return error instanceof Error ? error.message : String(error);
}
