import type { Logger } from 'pino';
import { type Database, isDatabaseUnavailable } from '../db/database.ts';

/** Seldom, since a conversation is settled once for all that was said in it meanwhile: 1,000 messages take 30 ms. */
const SETTLE_EVERY_MS = 1_000;

/**
 * Until conversations, customer service windows and read marks say what the log says. Messages are logged without
 * touching these, which takes a third less; whoever reads them asks for this first.
 */
export async function settle({ pool }: Database): Promise<void> {
  await pool.query({ name: 'settle', text: 'select settle()' });
}

/**
 * For who only reads: where the database takes no change at present, what is settled is shown, with the position up to
 * which that is.
 */
export async function settleIfPossible(database: Database, log: Logger): Promise<void> {
  try {
    await settle(database);
  } catch (error) {
    if (!(error instanceof Error && isDatabaseUnavailable(error))) throw error;
    log.debug({ err: error }, 'what is read is not settled: the database takes no change');
  }
}

/** Settles also while nobody reads, so that who reads next needn't wait for all of it. */
export function keepSettling(database: Database, log: Logger): Disposable {
  const timer = setInterval(() => {
    settle(database).catch((error: unknown) => log.debug({ err: error }, 'settling waits for the database'));
  }, SETTLE_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
