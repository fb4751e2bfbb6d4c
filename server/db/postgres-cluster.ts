import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { becomeUserOf } from './postgres-user.ts';
import { processLives } from './process-lives.ts';

/** A folder with a database cluster, its password and its log, and the way to run PostgreSQL on it. */
export type Cluster = {
  folder: string;
  data: string;
  log: string;
  password: string;
  run(settings: string[], log: number): ChildProcess;
};

export const databaseName = 'crm_comms';

/** Opens the cluster in a folder; makes it the first time. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const binaries = await findPostgresBinaries();
  await mkdir(dataDir, { recursive: true });
  const folder = join(await realpath(dataDir), 'postgres');
  if (!(await exists(folder))) await makeCluster(folder, binaries);
  const data = join(folder, 'cluster');
  const launch = await becomeUserOf(folder, binaries.initdb);
  return {
    folder,
    data,
    log: join(folder, 'postgres.log'),
    password: await readFile(join(folder, 'password'), 'utf8'),
    run: (settings, log) =>
      // A session of its own: the terminal's Ctrl-C is for the program, which stops its database last.
      launch(binaries.postgres, ['-D', data, ...settings], { detached: true, stdio: ['ignore', log, log] }),
  };
}

/** Made beside its place and moved there when complete, so that being killed leaves no half of one. */
async function makeCluster(folder: string, { initdb, postgres }: PostgresBinaries): Promise<void> {
  await removeLeftovers(folder);
  const making = `${folder}.making-${process.pid}`;
  const data = join(making, 'cluster');
  const password = randomBytes(24).toString('base64url');
  try {
    await mkdir(making, { mode: 0o700 });
    await writeFile(join(making, 'password'), password, { mode: 0o600, flush: true });
    const launch = await becomeUserOf(making, initdb);
    await finish(launch(initdb, ['-D', data, '-U', 'postgres', '--auth=trust', '--no-instructions', ...unicode]));
    await writeFile(join(data, 'pg_hba.conf'), `host all ${databaseName} 127.0.0.1/32 scram-sha-256\n`, {
      flush: true,
    });
    await finish(launch(postgres, ['--single', '-D', data, '-c', 'exit_on_error=on', 'template1']), [
      `create role ${databaseName} login createdb password '${password}'`,
      `create database ${databaseName} owner ${databaseName}`,
    ]);
    await moveDurably(making, folder);
  } finally {
    await rm(making, gone);
  }
}

/** The same on every machine; the libc's character classes are what pg_trgm knows letters by. */
const unicode = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--lc-ctype=C.UTF-8',
];

/** Of a program that was killed the initdb may still be writing. */
const gone = { recursive: true, force: true, maxRetries: 20 };

async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    const maker = /^postgres\.making-(\d+)$/.exec(name)?.[1];
    if (maker && !processLives(Number(maker))) await rm(join(parent, name), gone);
  }
}

async function finish(child: ChildProcess, statements: string[] = []): Promise<void> {
  const exit = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  child.stdin?.end(statements.map((statement) => `${statement};\n`).join(''));
  const output = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  if ((await exit) !== 0) throw new Error(`PostgreSQL could not make a database: ${(await output).join('').trim()}`);
}

async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another program was faster: its cluster is as good.
    if (await exists(to)) return;
    throw error;
  }
  const parent = await open(dirname(to));
  await parent.sync();
  await parent.close();
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
