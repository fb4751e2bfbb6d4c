import pg from 'pg';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';

/** The embedded PostgreSQL and nothing else, as a program that tests may kill. Its argument is the folder. */
const log = pino();
const told = new Promise((resolve) => process.once('SIGTERM', resolve).once('SIGINT', resolve));
try {
  await using postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log });
  log.info({ url: postgres.url }, 'ready');
  await told;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.end();
  log.info('told to stop, and the database still answers');
} catch (err) {
  log.fatal({ err }, 'failed');
  process.exitCode = 1;
}
