import type { Logger } from 'pino';
import { assertSuitable } from './assert-suitable.ts';
import { connectDatabase, type Database } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

/** The database of the configuration, judged and up to date; where none is configured, one of our own. */
export async function openDatabase(options: {
  config: { databaseUrl?: string; dataDir: string };
  log: Logger;
}): Promise<Database> {
  const { config, log } = options;
  await using opening = new AsyncDisposableStack();
  const url = config.databaseUrl ?? opening.use(await startEmbeddedPostgres({ dataDir: config.dataDir, log })).url;
  const database = opening.use(connectDatabase(url, { log }));
  await assertSuitable(database);
  await migrate(url, log);
  const opened = opening.move();
  return { ...database, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
