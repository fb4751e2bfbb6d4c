import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const SETTLE_EVERY_MS = 1_000;

/**
 * Until conversations, customer service windows and read marks say what the log says. Messages are logged without
 * touching these, which takes a third less; whoever reads them asks for this first.
 */
export async function settle({ pool }: Database): Promise<void> {
  await pool.query({ name: 'settle', text: 'select settle()' });
}

/** Settles also while nobody reads: for an older version beside this one, which doesn't ask. */
export function keepSettling(database: Database, log: Logger): Disposable {
  const timer = setInterval(() => {
    settle(database).catch((error: unknown) => log.debug({ err: error }, 'settling waits for the database'));
  }, SETTLE_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
