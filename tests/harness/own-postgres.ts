import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Cluster, databaseName, openCluster } from '../../server/db/postgres-cluster.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from '../../server/db/postmaster.ts';

/** A PostgreSQL that nobody else uses, to be stopped, frozen and cut off as happens to real ones. */
export interface OwnPostgres extends AsyncDisposable {
  url: string;
  pid: number;
  /** Of the connections of others, those of which this is true in `pg_stat_activity`: the processes that serve them. */
  backends(where?: string): Promise<number[]>;
  /** Ends such connections. */
  cut(where?: string): Promise<void>;
  /** A statement by the connection that is always there. */
  run(statement: string): Promise<void>;
  /** Stops all of it where it is, until disposed of. */
  freeze(): Promise<Disposable>;
  /** Kills it as a power cut does. */
  crash(): Promise<void>;
  /** Where it was. */
  start(): Promise<void>;
  /** For who has lost the connection that is always there. */
  reconnect(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'crm-comms-own-postgres-'));
  const cluster = await openCluster(folder);
  const { signal } = new AbortController();
  let postmaster = await startPostmaster(cluster, signal, undefined);
  const url = urlOf(cluster, postmaster);
  // Connected already, so that it sees and acts also where nobody gets in any more.
  let watch = await connect(url);

  const others = (where = 'true') =>
    `from pg_stat_activity where datname = '${databaseName}' and pid <> pg_backend_pid() and ${where}`;

  return {
    url,
    get pid() {
      return postmaster.pid;
    },
    async backends(where) {
      const { rows } = await watch.query<{ pid: number }>(`select pid ${others(where)}`);
      return rows.map(({ pid }) => pid);
    },
    async freeze() {
      const frozen = new DisposableStack();
      frozen.use(freeze(postmaster.pid));
      frozen.use(freeze(...(await childrenOf(postmaster.pid))));
      return frozen;
    },
    async cut(where) {
      const { rows } = await watch.query<{ pid: number }>(`select pid, pg_terminate_backend(pid) ${others(where)}`);
      const pids = rows.map(({ pid }) => pid);
      for (let left = pids.length; left > 0; ) {
        const answer = await watch.query('select from pg_stat_activity where pid = any ($1)', [pids]);
        left = answer.rows.length;
      }
    },
    async run(statement) {
      await watch.query(statement);
    },
    async crash() {
      process.kill(postmaster.pid, 'SIGKILL');
      // Its processes notice by themselves that it is gone.
      for (let alive = true; alive; ) {
        alive = await watch.query('select 1').then(
          () => true,
          () => false,
        );
      }
    },
    async start() {
      postmaster = await startAgain(cluster, postmaster.port);
      watch = await connect(url);
    },
    async reconnect() {
      watch = await connect(url);
    },
    async [Symbol.asyncDispose]() {
      await watch.end();
      await stopPostmaster(postmaster);
      await rm(folder, { recursive: true, maxRetries: 10 });
    },
  };
}

/** Stops processes where they are. Disposing of it lets them go on. */
export function freeze(...pids: number[]): Disposable {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return {
    [Symbol.dispose]() {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    },
  };
}

/** A connection that may be lost without a word. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {
    // It goes with the database.
  });
  await client.connect();
  return client;
}

/** The processes of the one before may take a moment to end. */
async function startAgain(cluster: Cluster, port: number): Promise<Postmaster> {
  const { signal } = new AbortController();
  for (;;) {
    try {
      return (await findPostmaster(cluster, signal)) ?? (await startPostmaster(cluster, signal, port));
    } catch (error) {
      if (!String(error).includes('is still in use')) throw error;
    }
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));
}

function urlOf({ password }: Cluster, { port }: Postmaster): string {
  return `postgres://${databaseName}:${password}@127.0.0.1:${port}/${databaseName}?sslmode=disable`;
}
