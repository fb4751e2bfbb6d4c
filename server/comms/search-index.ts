import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { keepDoing } from './keep-doing.ts';

const LOOK_EVERY_MS = 1_000;
/** After what it did it rests so much longer than that took: messages that come in at the same time go first. */
const REST = 9;

/**
 * Indexes for search what was logged, a little at a time and beside everything else. Several processes share the
 * work; what isn't indexed yet is found too, only not as fast.
 */
export function keepIndexing({ kysely }: Database, log: Logger): AsyncDisposable {
  return keepDoing(async () => {
    const began = performance.now();
    try {
      if (await indexSome()) return REST * (performance.now() - began);
    } catch (error) {
      log.debug({ err: error }, 'indexing for search waits for the database');
    }
    return LOOK_EVERY_MS;
  });

  async function indexSome(): Promise<boolean> {
    const { rows } = await sql<{ indexed: boolean }>`select index_entries() as indexed`.execute(kysely);
    return rows[0]?.indexed === true;
  }
}
