import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { chmod, chown, glob, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { processLives } from '../server/db/process-lives.ts';
import { query } from './harness/database.ts';

const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;

test('a database speaks UTF-8, whatever the environment says', async () => {
  const folder = await temporaryFolder();
  const misleading = {
    LC_ALL: 'POSIX',
    LANG: 'el_GR.ISO8859-7',
    PGDATA: '/nowhere',
    PGPORT: '1',
    PGSSLMODE: 'require',
  };
  const { url } = await startProgram(folder, { env: misleading }).ready();

  expect(await query(url, `select current_setting('server_encoding') as encoding, lower('ΚΑΛΗΜΈΡΑ') as lower`)).toEqual(
    [{ encoding: 'UTF8', lower: 'καλημέρα' }],
  );
  await query(url, 'create extension pg_trgm');
  expect(await query(url, `select cardinality(show_trgm('καλημέρα')) as trigrams`)).toEqual([{ trigrams: 9 }]);
  expect(await query(url, 'select count(system_identifier)::int from pg_control_system()')).toEqual([{ count: 1 }]);
});

test('a database forgets nothing in a crash', async () => {
  const { url } = await startProgram(await temporaryFolder()).ready();
  const settings = await query(
    url,
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
  );
  expect(settings.map(({ setting }) => setting)).toEqual(['on', 'on', 'on']);
});

test('only who knows the password gets in, over the loopback address', async () => {
  const folder = await temporaryFolder();
  const { url } = await startProgram(folder).ready();
  expect((await stat(join(folder, 'postgres'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600);

  await expect(query(edited(url, { password: 'guessed' }), 'select 1')).rejects.toMatchObject({ code: '28P01' });
  await expect(query(edited(url, { username: 'postgres' }), 'select 1')).rejects.toMatchObject({ code: '28000' });
  for (const hostname of outsideAddresses()) {
    await expect(query(edited(url, { hostname }), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
  const [, , , , socketFolder] = (await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
  expect(socketFolder).toBe('');
});

test('it works in a deep folder whose name has spaces and quotes', async () => {
  const folder = join(await temporaryFolder(), `it's a "deep" folder `.repeat(8));
  const { url } = await startProgram(folder).ready();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test.runIf(isRoot)("root's folders and other people's both do", async () => {
  const folder = await temporaryFolder();
  // Of a checkout in a folder that root keeps closed, nobody else can run anything.
  for (const owner of othersMayRead(import.meta.dirname) ? [0, NOBODY] : [0]) {
    const closed = join(folder, `of-${owner}`);
    await mkdir(join(closed, 'data'), { recursive: true });
    await chmod(closed, 0o700);
    await chown(join(closed, 'data'), owner, owner);
    await chown(closed, owner, owner);
    const { url } = await startProgram(join(closed, 'data')).ready();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  }
});

test.runIf(isRoot && process.platform === 'linux' && othersMayRead(import.meta.dirname))(
  'a user without rights may run it, and root after that',
  async () => {
    const folder = await temporaryFolder();
    await chown(folder, NOBODY, NOBODY);
    const as = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'];

    const first = startProgram(folder, { as });
    await query((await first.ready()).url, 'create table kept ()');
    expect((await stat(join(folder, 'postgres/cluster'))).uid).toBe(NOBODY);
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const { url } = await startProgram(folder).ready();
    expect(await query(url, 'select from kept')).toEqual([]);
  },
);

test('told to stop, the program takes its database along, and last', async () => {
  const folder = await temporaryFolder();
  const program = startProgram(folder);
  await program.ready();

  // Ctrl-C goes to everything in the foreground.
  process.kill(-program.pid, 'SIGINT');
  await program.says('told to stop, and the database still answers');
  expect(await program.ended).toBe(0);
  await expect(postmasterPid(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readFile(join(folder, 'postgres/postgres.log'), 'utf8')).toContain('database system is shut down');
});

test('a program that was killed leaves its database to the next', async () => {
  const folder = await temporaryFolder();
  const killed = startProgram(folder);
  const { url } = await killed.ready();
  const pid = await postmasterPid(folder);
  await query(url, 'create table kept as select 1 as one');
  killed.kill('SIGKILL');
  await killed.ended;
  expect(processLives(pid)).toBe(true);

  const next = startProgram(folder);
  expect(await next.ready()).toMatchObject({ url });
  expect(await postmasterPid(folder)).toBe(pid);
  expect(await query(url, 'table kept')).toEqual([{ one: 1 }]);

  next.kill('SIGTERM');
  expect(await next.ended).toBe(0);
  await expect(postmasterPid(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a second program on the folder is told who has it, and the first goes on', async () => {
  const folder = await temporaryFolder();
  const first = startProgram(folder);
  const { url } = await first.ready();

  const second = startProgram(folder);
  expect(await second.ended).toBe(1);
  expect(second.output.join('\n')).toContain(`is in use by process ${first.pid}.`);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('of two programs that start at once on an empty folder one gets it', async () => {
  const folder = await temporaryFolder();
  const programs = [startProgram(folder), startProgram(folder)];
  const winner = await Promise.any(
    programs.map(async (program) => {
      await program.ready();
      return program;
    }),
  );
  const loser = programs.find((program) => program !== winner);
  expect(await loser?.ended).toBe(1);
  expect(loser?.output.join('\n')).toContain(`is in use by process ${winner.pid}.`);
});

test('a pid file whose number has become another process is no obstacle', async () => {
  const folder = await temporaryFolder();
  const killed = startProgram(folder);
  await query((await killed.ready()).url, 'create table kept ()');
  const pid = await postmasterPid(folder);
  killed.kill('SIGKILL');
  await killed.ended;
  process.kill(pid, 'SIGKILL');
  const file = join(folder, 'postgres/cluster/postmaster.pid');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(process.pid)));

  const { url } = await startProgram(folder).ready();
  expect(await query(url, 'select from kept')).toEqual([]);
});

test('a database that dies is started again where it was', async () => {
  const folder = await temporaryFolder();
  const program = startProgram(folder);
  const { url } = await program.ready();
  await query(url, 'create table kept as select 1 as one');
  for (const _ of [1, 2]) {
    const pid = await postmasterPid(folder);
    process.kill(pid, 'SIGKILL');
    await program.says('PostgreSQL is there again');
    expect(await postmasterPid(folder)).not.toBe(pid);
    expect(await query(url, 'table kept')).toEqual([{ one: 1 }]);
  }
});

test('a program whose connections were all cut still has its folder', async () => {
  const folder = await temporaryFolder();
  const program = startProgram(folder);
  const { url } = await program.ready();
  await query(url, 'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
    `process ${program.pid}`,
  ]);
  await program.says('PostgreSQL is there again');
  const second = startProgram(folder);
  expect(await second.ended).toBe(1);
  expect(second.output.join('\n')).toContain(`is in use by process ${program.pid}.`);
});

test('what was committed is there after program and database were killed at once', async () => {
  const folder = await temporaryFolder();
  const killed = startProgram(folder);
  const { url } = await killed.ready();
  const pid = await postmasterPid(folder);
  await query(url, 'create table kept (number int primary key)');

  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  let committed = 0;
  const cut = (async () => {
    for (;;) {
      await client.query('insert into kept values ($1)', [committed + 1]);
      committed++;
      if (committed === 200) {
        process.kill(pid, 'SIGKILL');
        killed.kill('SIGKILL');
      }
    }
  })();
  await expect(cut).rejects.toThrow();
  await killed.ended;

  const next = await startProgram(folder).ready();
  const [{ count } = { count: 0 }] = await query<{ count: number }>(next.url, 'select count(*)::int from kept');
  expect(count).toBeGreaterThanOrEqual(committed);
});

type Program = {
  pid: number;
  output: string[];
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** The next log line with this message. */
  says(message: string): Promise<Record<string, unknown>>;
  ready(): Promise<{ url: string }>;
};

/** In a process group of its own, as in a terminal, with nothing of our environment. */
function startProgram(folder: string, { as = [], env = {} }: { as?: string[]; env?: NodeJS.ProcessEnv } = {}): Program {
  const [command = '', ...args] = [...as, process.execPath, PROGRAM, folder];
  const child = spawn(command, args, {
    detached: true,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });

  const lines = createInterface({ input: child.stdout });
  const output: string[] = [];
  lines.on('line', (line) => output.push(line));
  const unheard = lines[Symbol.asyncIterator]();
  const says = async (message: string) => {
    for (;;) {
      const { done, value } = await unheard.next();
      if (done) throw new Error(`The program ended without saying "${message}":\n${output.join('\n')}`);
      const entry = JSON.parse(value);
      if (entry.msg === message) return entry;
    }
  };
  return {
    pid: child.pid ?? 0,
    output,
    ended,
    kill: (signal) => void child.kill(signal),
    says,
    ready: () => says('ready'),
  };
}

const PROGRAM = fileURLToPath(import.meta.resolve('./embedded-postgres-program.ts'));

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-'));
  onTestFinished(async () => {
    for (const file of await Array.fromAsync(glob('**/postmaster.pid', { cwd: folder }))) {
      const pid = Number.parseInt(await readFile(join(folder, file), 'utf8'), 10);
      if (pid !== process.pid && processLives(pid)) process.kill(pid, 'SIGQUIT');
    }
    await rm(folder, { recursive: true, maxRetries: 10 });
  });
  return folder;
}

async function postmasterPid(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

function edited(url: string, parts: Partial<Pick<URL, 'hostname' | 'username' | 'password'>>): string {
  return Object.assign(new URL(url), parts).href;
}

function outsideAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

function othersMayRead(folder: string): boolean {
  const above = dirname(folder);
  return (statSync(folder).mode & 0o005) === 0o005 && (above === folder || othersMayRead(above));
}
