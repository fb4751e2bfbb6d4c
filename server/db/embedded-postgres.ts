import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Claim, claimDatabase, DatabaseClaimedError } from './claim-database.ts';
import { type Cluster, databaseName, openCluster } from './postgres-cluster.ts';
import { boundPostgresLog } from './postgres-log.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

export type EmbeddedPostgres = AsyncDisposable & { url: string };

/**
 * Runs PostgreSQL in a folder until it is disposed of, and starts it again when it dies. When this program is killed
 * PostgreSQL goes on; the next program on the folder takes it over. There is one program on a folder at a time.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; log: Logger }): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options;
  const cluster = await openCluster(dataDir);
  const stopping = new AbortController();
  const { signal } = stopping;
  const told = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));

  let held: Held | undefined = await hold({ cluster, log, signal });
  const { port, pid } = held.postmaster;
  log.info({ folder: cluster.folder, port, postgresPid: pid }, `PostgreSQL ${held.found ? 'found' : 'started'}`);
  const bounding = boundPostgresLog(cluster.log, log);
  const supervision = supervise();

  return {
    url: urlOf(cluster, port),
    async [Symbol.asyncDispose]() {
      if (signal.aborted) return;
      stopping.abort();
      bounding[Symbol.dispose]();
      await supervision;
      if (!held) return;
      await stopPostmaster(held.postmaster);
      await held.claim.end();
    },
  };

  /** A database that dies again and again is given more and more time. */
  async function supervise(): Promise<void> {
    let pause = 0;
    while (held && !signal.aborted) {
      const { claim, postmaster, since } = held;
      await Promise.race([claim.gone, told]);
      if (signal.aborted) return;
      log.error({ postgresPid: postmaster.pid }, 'PostgreSQL is gone, getting it back');
      held = undefined;
      if (Date.now() - since > 60_000) pause = 0;
      while (!held && !signal.aborted) {
        await pauseUnless(signal, pause);
        pause = Math.min(2 * pause + 100, 5_000);
        held = await holdAgain();
      }
    }
  }

  async function holdAgain(): Promise<Held | undefined> {
    try {
      const again = await hold({ cluster, log, signal, port });
      log.warn({ port, postgresPid: again.postmaster.pid }, 'PostgreSQL is there again');
      return again;
    } catch (err) {
      if (!signal.aborted) log.error({ err }, 'PostgreSQL did not come back, trying again');
      return undefined;
    }
  }
}

type Held = { postmaster: Postmaster; claim: Claim; found: boolean; since: number };

/** Finds PostgreSQL running or starts it, and claims it. Others may do the same at the same moment. */
async function hold(options: { cluster: Cluster; log: Logger; signal: AbortSignal; port?: number }): Promise<Held> {
  const { cluster, log, signal, port } = options;
  const patience = setTimeout(() => log.warn('PostgreSQL is not ready yet; it may be recovering from a crash'), 5_000);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const running = await findPostmaster(cluster, signal);
        const postmaster = running ?? (await startPostmaster(cluster, signal, port));
        const claim = await claimDatabase(urlOf(cluster, postmaster.port));
        return { postmaster, claim, found: running !== undefined, since: Date.now() };
      } catch (error) {
        if (error instanceof DatabaseClaimedError) throw new Error(inUse(cluster, error.holder), { cause: error });
        if (attempt === 5 || signal.aborted) throw new Error(unusable(cluster, error), { cause: error });
        await wait(100 * attempt);
      }
    }
  } finally {
    clearTimeout(patience);
  }
}

function inUse(cluster: Cluster, holder: string): string {
  return `The folder ${cluster.folder} is in use by ${holder}. Stop that one first, or give this one another DATA_DIR.`;
}

function unusable(cluster: Cluster, error: unknown): string {
  return `The database in ${cluster.folder} can't be used: ${error instanceof Error ? error.message : error}`;
}

/** Complete, so that no PG… variable of the environment has a say. */
function urlOf({ password }: Cluster, port: number): string {
  return `postgres://${databaseName}:${password}@127.0.0.1:${port}/${databaseName}?sslmode=disable`;
}

async function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
