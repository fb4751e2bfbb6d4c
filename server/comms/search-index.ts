import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const LOOK_EVERY_MS = 1_000;
/** After what it did it rests so much longer than that took: messages that come in at the same time go first. */
const REST = 9;

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
    const began = performance.now();
    let pause = LOOK_EVERY_MS;
    try {
      if (await indexSome()) pause = REST * (performance.now() - began);
    } catch (error) {
      log.debug({ err: error }, 'indexing for search waits for the database');
    }
    if (closed) return;
    timer = setTimeout(() => {
      running = work();
    }, pause);
  }

  async function indexSome(): Promise<boolean> {
    const { rows } = await sql<{ indexed: boolean }>`select index_entries() as indexed`.execute(kysely);
    return rows[0]?.indexed === true;
  }
}
