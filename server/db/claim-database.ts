import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** Held by a connection of its own: it ends with the program, however that ends, and with the database. */
export type Claim = {
  /** Settles when it is lost or ended. */
  gone: Promise<void>;
  end(): Promise<void>;
};

export class DatabaseClaimedError extends Error {
  readonly holder: string;
  constructor(holder: string) {
    super(`The database is claimed by ${holder}.`);
    this.holder = holder;
  }
}

/** Makes this program the only one that runs the database. */
export async function claimDatabase(connectionString: string): Promise<Claim> {
  const client = new pg.Client({
    connectionString,
    application_name: `process ${process.pid}`,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  });
  const gone = new Promise<void>((resolve) => client.once('end', resolve));
  // Its end tells as much.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await lock(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return { gone, end: () => client.end() };
}

/** The backend of a program that was killed just now may be there for a moment. */
async function lock(client: pg.Client): Promise<void> {
  for (const deadline = Date.now() + 1_000; ; ) {
    if ((await client.query(`select pg_try_advisory_lock(${key}) as locked`)).rows[0]?.locked) return;
    if (Date.now() > deadline) throw new DatabaseClaimedError(await holder(client));
    await wait(20);
  }
}

const key = '20261122, 1';

async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`
    select application_name from pg_stat_activity join pg_locks using (pid)
    where locktype = 'advisory' and (classid, objid) = (${key}) and granted`);
  return rows[0]?.application_name ?? 'another program';
}
