import type pg from 'pg';
import type { Database } from './database.ts';

/** Insists, before anything is trusted to it, that the database keeps what it is given and who it talks to. */
export async function assertSuitable(database: Database): Promise<void> {
  const { rows } = await database.pool.query<Record<string, string>>(`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`);
  const { version, encoding, fsync, synchronous_commit } = rows[0] ?? {};
  const problem = [
    Number(version) < 150_000 && 'it is older than PostgreSQL 15: use a newer one',
    encoding !== 'UTF8' && `its encoding is ${encoding}: create it with "encoding UTF8 template template0"`,
    fsync !== 'on' && 'its fsync is off, so that it forgets messages in a crash: set fsync = on and restart it',
    synchronous_commit === 'off' &&
      'its synchronous_commit is off, so that it forgets messages in a crash: set synchronous_commit = on',
    !(await keepsSessions(database)) &&
      'it is reached through a pool that changes connections between transactions: use a pool in session mode, or none',
  ].find((found) => found !== false);
  if (problem) throw new Error(`The database of DATABASE_URL can't be used: ${problem}.`);
}

/**
 * Whether a connection stays with one server process. A pool would give the process of an idle connection to another
 * that asks, and here three others ask, one after the other, and keep what they get.
 */
async function keepsSessions(database: Database): Promise<boolean> {
  const [own, ...others] = [1, 2, 3, 4].map(() => database.createClient());
  if (!own) return false;
  const clients = [own, ...others];
  try {
    await Promise.all(clients.map((client) => client.connect()));
    const process = await backend(own);
    for (const other of others) {
      await other.query('begin');
      if ((await backend(other)) === process || (await backend(own)) !== process) return false;
    }
    return true;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function backend(client: pg.Client): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
}
