import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Cluster } from './postgres-cluster.ts';
import { processLives } from './process-lives.ts';

/** The main process of a running PostgreSQL, ready for connections. */
export type Postmaster = { pid: number; port: number; dataDirectory: string };

/** The one that runs on this cluster, whoever started it, once it is ready; none when there is none or it stops. */
export async function findPostmaster(cluster: Cluster, signal: AbortSignal): Promise<Postmaster | undefined> {
  for (;;) {
    signal.throwIfAborted();
    const file = await readPidFile(cluster);
    if (!file) return undefined;
    if (!(await postmasterLives(file))) {
      // PostgreSQL would believe its pid file as soon as any process of its user has that number.
      if (processLives(file.pid)) await rm(pidFile(cluster), { force: true });
      return undefined;
    }
    if (file.status === 'ready') return file;
    await wait(pollMs);
  }
}

/** Starts one, by default on a free port. */
export async function startPostmaster(
  cluster: Cluster,
  signal: AbortSignal,
  port: number | undefined,
): Promise<Postmaster> {
  const log = await open(cluster.log, 'a', 0o600);
  const child = cluster.run(settings(port ?? (await freePort())), log.fd);
  const exited = once(child, 'exit').then(() => true);
  child.unref();
  try {
    const { size } = await log.stat();
    for (;;) {
      signal.throwIfAborted();
      const file = await readPidFile(cluster);
      if (file?.pid === child.pid && file?.status === 'ready') return file;
      if (await Promise.race([exited, wait(pollMs, false)])) {
        throw new Error(`PostgreSQL did not start: ${await readFrom(cluster.log, size)}`);
      }
    }
  } catch (error) {
    child.kill('SIGINT');
    await exited.catch(() => undefined);
    throw error;
  } finally {
    await log.close();
  }
}

/** Ends it as gently as it lets itself be ended; from anything but SIGINT it recovers at the next start. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  // After SIGQUIT it gives its own processes 5 seconds before it ends them for good.
  const steps = [
    ['SIGINT', 8_000],
    ['SIGQUIT', 7_000],
    ['SIGKILL', 2_000],
  ] as const;
  for (const [signal, patience] of steps) {
    if (await postmasterLives(postmaster)) process.kill(postmaster.pid, signal);
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if (!(await postmasterLives(postmaster))) return;
      await wait(pollMs);
    }
  }
}

const pollMs = 10;

type PidFile = Postmaster & { status: string | undefined };

async function readPidFile(cluster: Cluster): Promise<PidFile | undefined> {
  try {
    const [pid, dataDirectory = '', , port, , , , status] = (await readFile(pidFile(cluster), 'utf8')).split('\n');
    return { pid: Number(pid), port: Number(port), dataDirectory, status: status?.trim() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function pidFile(cluster: Cluster): string {
  return join(cluster.data, 'postmaster.pid');
}

/** Its number alone proves nothing: after a crash it may be another's, or a dead child that nobody collected. */
async function postmasterLives({ pid, dataDirectory }: Postmaster): Promise<boolean> {
  if (!(pid > 0) || !processLives(pid)) return false;
  return (await commandLine(pid)).includes(dataDirectory);
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return (await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
  } catch (error) {
    if (processLives(pid)) throw error;
    return '';
  }
}

function settings(port: number): string[] {
  return Object.entries({
    port,
    listen_addresses: '127.0.0.1',
    // A socket's path may be too long in a deep folder, and nobody needs one.
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: 100,
    // A program that is gone leaves no statement running for nobody.
    client_connection_check_interval: '1s',
    // What customers wrote is in the tables, and nowhere else.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Below the ports that systems give to outgoing connections: one of those could take it while PostgreSQL is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

async function readFrom(path: string, position: number): Promise<string> {
  const lines = (await readFile(path)).subarray(position).toString().trim().split('\n');
  return lines.slice(-5).join(' | ');
}
