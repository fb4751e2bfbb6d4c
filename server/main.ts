import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { sql } from 'kysely';
import { buildApp } from './app.ts';
import { createAuth } from './auth/auth.ts';
import { ensureFirstAdmin } from './auth/staff-accounts.ts';
import { ensureClientBuilt } from './client-files.ts';
import { createAppend } from './comms/append.ts';
import { openFeed } from './comms/feed.ts';
import { keepForgetting } from './comms/retention.ts';
import { keepIndexing } from './comms/search-index.ts';
import { keepSettling } from './comms/settling.ts';
import { type Config, ConfigError, openDoors, readConfig } from './config.ts';
import type { AppContext } from './context.ts';
import { openDatabase } from './db/open-database.ts';
import { followRequests } from './ops/last-requests.ts';
import { createLogger, type Logger } from './ops/logging.ts';
import { createMetrics } from './ops/metrics.ts';
import { learnBusinessNumber } from './whatsapp/business-number.ts';
import { startSender } from './whatsapp/sender.ts';

const STOP_WITHIN_MS = 25_000;
const ANSWER_READINESS_WITHIN_MS = 2_500;

// V8 lets its heap double, and marks it anew once less is left than the young generation takes: of our 50 MB each
// second at 4,000 webhooks/s, on a core that is wanted. Four times as much is reached every ten seconds (p99 80 → 50 ms).
setFlagsFromString('--heap-growing-percent=300');

const config = configOrExit();
const log = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
try {
  await run(config, log);
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : 'the start failed');
  process.exitCode = 1;
}

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exit(1);
  }
}

/** Starts, serves until it is told to stop, and stops in the inverse order. */
async function run(config: Config, log: Logger): Promise<void> {
  const stopped = untilToldToStop(log);
  await using resources = new AsyncDisposableStack();

  const opening = openDatabase({ config, log });
  const isTold = await Promise.race([stopped.then(() => true), opening.then(() => false)]);
  // It may never come, and nothing is begun yet that would have to be ended, except where the database is our own.
  if (isTold && config.databaseUrl) process.exit(0);
  const database = resources.use(await opening);
  const auth = await createAuth({ config, database, log });
  if (config.firstAdmin) await ensureFirstAdmin(database.kysely, config.firstAdmin);
  await ensureClientBuilt(log);

  const feed = resources.use(await openFeed(database, log));
  const append = createAppend(feed);
  const metrics = createMetrics({ append, feed, database });
  append.onBatch((size) => metrics.appendBatchSize.observe(size));
  const context: AppContext = { config, log, database, auth, append, feed, metrics };

  let stopping = false;
  const app = await buildApp(context, async () => ({
    database: await takesMessages(database.kysely),
    stopping,
  }));
  resources.defer(() => app.close());
  const requests = followRequests(app.server);
  resources.use(keepForgetting(database, log));
  resources.use(keepSettling(database, log));
  resources.use(keepIndexing(database, log));
  if (config.whatsapp.phoneNumberId && config.whatsapp.accessToken) {
    resources.use(startSender(context));
    resources.use(learnBusinessNumber(context));
  }

  await app.listen({ host: config.host, port: config.port });
  for (const door of openDoors(config)) log.warn(door);
  const { port } = app.server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  log.info({ url: config.publicUrl?.origin ?? `http://${host}:${port}`, port, pid: process.pid }, 'listening');

  const signal = await stopped;
  stopping = true;
  // SIGINT is a person, who doesn't share out requests.
  if (signal === 'SIGTERM') await requests.untilNobodyAsks();
}

/** Until SIGTERM or SIGINT; a second one, or a stop that takes too long, ends the program at once. */
async function untilToldToStop(log: Logger): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let told = false;
  const stop = (signal: NodeJS.Signals) => {
    if (told) process.exit(1);
    told = true;
    setTimeout(() => {
      log.error('the stop took too long');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    resolve(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const signal = await promise;
  log.info({ signal }, 'stopping');
  return signal;
}

/** Whether a message could be logged now: that the database answers says nothing of one that only reads, or is stuck. */
async function takesMessages(db: AppContext['database']['kysely']): Promise<boolean> {
  const overdue = wait(ANSWER_READINESS_WITHIN_MS, false, { ref: false });
  const taken = sql`select lock_feed()`.execute(db).then(
    () => true,
    // That it can't is the answer.
    () => false,
  );
  return await Promise.race([taken, overdue]);
}
