import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

/** Being the one process that sends, for as long as its connection holds the lock. */
export type Turn = {
  isOurs(): boolean;
  /** Waits for a time, or until there may be something to do. */
  pause(ms: number): Promise<void>;
  wake(): void;
};

/** 'CRM' as a number: the advisory lock of who sends. */
const SENDER_LOCK = 0x43_52_4d;
const TRY_EVERY_MS = 1_000;
/**
 * A process that is frozen doesn't ask any more; PostgreSQL then ends its connection, and with it the lock, so that
 * another takes over.
 */
const SILENT_FOR_MS = 8_000;
const ASK_EVERY_MS = 2_000;

/** Takes turns with other processes, for ever: `work` runs while it is ours, and returns when it no longer is. */
export function onlySender(
  database: Database,
  log: Logger,
  work: (turn: Turn) => Promise<void>,
): { end(): Promise<void> } {
  let ended = false;
  let woken = false;
  let endPause: () => void = () => {};
  const end = Promise.withResolvers<void>();
  const wakeUp = () => {
    woken = true;
    endPause();
  };
  const running = takeTurns();
  return {
    async end() {
      ended = true;
      end.resolve();
      wakeUp();
      await running;
    },
  };

  async function takeTurns(): Promise<void> {
    let reachable = true;
    while (!ended) {
      const client = database.createClient();
      let lost = false;
      const lose = () => {
        lost = true;
        wakeUp();
      };
      client.on('error', lose);
      client.on('end', lose);
      client.on('notification', wakeUp);
      let asking: NodeJS.Timeout | undefined;
      try {
        await client.connect();
        await client.query(`set idle_session_timeout = ${SILENT_FOR_MS}`);
        reachable = true;
        while (!ended && !lost && !(await tryLock(client))) await pause(TRY_EVERY_MS);
        if (!ended && !lost) {
          await client.query('listen comms_feed');
          asking = setInterval(() => client.query('select 1').catch(lose), ASK_EVERY_MS);
          log.info('this process sends');
          await work({ isOurs: () => !ended && !lost, pause, wake: wakeUp });
        }
      } catch (error) {
        if (!ended && reachable) log.warn({ err: error }, 'sending waits for the database');
        reachable = false;
      } finally {
        clearInterval(asking);
        // Not waited for: of a server that is frozen or gone the end never comes.
        client.end().catch((error: unknown) => log.debug({ err: error }, 'the sender’s connection was gone'));
      }
      await Promise.race([wait(TRY_EVERY_MS, undefined, { ref: false }), end.promise]);
    }
  }

  async function tryLock(client: ReturnType<Database['createClient']>): Promise<boolean> {
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [SENDER_LOCK]);
    return rows[0]?.ours === true;
  }

  function pause(ms: number): Promise<void> {
    if (ended || woken || ms <= 0) {
      woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        woken = false;
        // A later wake is the next pause's.
        endPause = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      endPause = done;
    });
  }
}
