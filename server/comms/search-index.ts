import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Indexes for search what was logged, a little at a time and beside everything else. Several processes share the
 * work; what isn't indexed yet is found too, only not as fast.
 */
export function keepIndexing({ kysely }: Database, log: Logger): AsyncDisposable {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running = work();
  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };

  async function work(): Promise<void> {
    try {
      while (!closed && (await indexSome())) {
        // Until nothing waits.
      }
    } catch (error) {
      log.debug({ err: error }, 'indexing for search waits for the database');
    }
    if (closed) return;
    timer = setTimeout(() => {
      running = work();
    }, LOOK_EVERY_MS);
  }

  async function indexSome(): Promise<boolean> {
    const { rows } = await sql<{ indexed: boolean }>`select index_entries() as indexed`.execute(kysely);
    return rows[0]?.indexed === true;
  }
}
