import type { Auth } from './auth/auth.ts';
import type { Append } from './comms/append.ts';
import type { Feed } from './comms/feed.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { Logger } from './ops/logging.ts';
import type { Metrics } from './ops/metrics.ts';

/** What is passed around, built once by `main.ts`. */
export type AppContext = {
  config: Config;
  log: Logger;
  database: Database;
  auth: Auth;
  append: Append;
  feed: Feed;
  metrics: Metrics;
};
