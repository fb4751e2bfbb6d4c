import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { migrate } from '../server/db/migrate.ts';
import { createLogger } from '../server/ops/logging.ts';
import type { FollowCommand, Followed, FollowOptions } from './load/follow.ts';
import type { PostEvent, Posted, PostOptions } from './load/post-webhooks.ts';
import type { Statement } from './load/statement-probe.ts';
import type { Usage } from './load/usage-probe.ts';
import type { Inserted, InsertOptions } from './yardsticks/inserts.ts';

/** A PostgreSQL in a temporary folder, and everything that runs against it, each in a process of its own. */
export type Lab = AsyncDisposable & {
  /** Shorter, for a first look. */
  quick: boolean;
  /** Whether what is filled is kept, and has to stay as it is. */
  keeps: boolean;
  /** A database with the product's tables, empty or a copy of another; dropped by `drop`. */
  createDatabase(template?: string): Promise<string>;
  /** One that is filled first, which takes long; a folder that is kept has it already the next time. */
  filledDatabase(name: string, fill: (databaseUrl: string) => Promise<void>): Promise<string>;
  drop(databaseUrl: string): Promise<void>;
  insert(options: InsertOptions): Promise<Inserted>;
};

/** A server that is measured. */
export type Program = AsyncDisposable & {
  url: string;
  databaseUrl: string;
  /** For subscribers, where they have to sign in. */
  authorization?: string;
  usage(): Promise<Usage>;
  /** What it asks of PostgreSQL meanwhile. */
  record(work: () => Promise<void>): Promise<Statement[]>;
  tell(message: string): void;
};

export type Followers = AsyncDisposable & {
  count(from: PostEvent, seconds: number): void;
  finish(posted: Pick<Posted, 'first' | 'end'>): Promise<Followed>;
};

/**
 * Until the code that serves a load is compiled: with the database out of the way, 4,000 webhooks a second have a p99 of
 * 41 ms after three seconds of a program's life, and of 7 ms after fifteen.
 */
export const WARM_UP_SECONDS = 12;

const SECRET = 'app-secret-of-the-bench';
export const ADMIN = { email: 'admin@example.com', password: 'correct-horse-battery' };
const TEMPLATE = 'bench_template';
const START_LIMIT_MS = 60_000;
/** Where the product takes itself to be; a browser is led from there to its port. */
export const PUBLIC_URL = 'http://127.0.0.1';
const PROBES = ['load/usage-probe.ts', 'load/statement-probe.ts'].flatMap((file) => [
  '--import',
  join(import.meta.dirname, file),
]);

export async function openLab({ quick, keep }: { quick: boolean; keep?: string | undefined }): Promise<Lab> {
  await using opening = new AsyncDisposableStack();
  const log = createLogger({ level: 'warn', pretty: true });
  const dataDir = keep ?? (await mkdtemp(join(tmpdir(), 'crm-comms-bench-')));
  if (keep === undefined) opening.defer(() => rm(dataDir, { recursive: true, maxRetries: 10 }));
  const postgres = opening.use(await startEmbeddedPostgres({ dataDir, log }));
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  opening.defer(() => admin.end());
  let databases = 0;

  const createDatabase = async (template = 'template1') => {
    databases += 1;
    const url = new URL(postgres.url);
    url.pathname = template === 'template1' ? TEMPLATE : `bench_${databases}`;
    await drop(url.href);
    await admin.query(`create database ${nameOf(url.href)} template ${template}`);
    return url.href;
  };
  const drop = async (databaseUrl: string) => {
    // By force it would end every session, and may not end those of autovacuum, which go by themselves.
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = user', [
      nameOf(databaseUrl),
    ]);
    await admin.query(`drop database if exists ${nameOf(databaseUrl)}`);
  };
  await migrate(await createDatabase(), log);

  const opened = opening.move();
  return {
    quick,
    keeps: keep !== undefined,
    createDatabase: (template = TEMPLATE) => createDatabase(template),
    drop,
    async filledDatabase(name, fill) {
      const url = new URL(postgres.url);
      url.pathname = name;
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
      if (rowCount) return url.href;
      const filling = await createDatabase(TEMPLATE);
      await fill(filling);
      await admin.query(`alter database ${nameOf(filling)} rename to ${name}`);
      return url.href;
    },
    insert: (options) => runToTheEnd<Inserted>('yardsticks/inserts.ts', options),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

export async function startProduct(databaseUrl: string, env: NodeJS.ProcessEnv = {}): Promise<Program> {
  const program = await startProgram('../server/main.ts', databaseUrl, {
    NODE_ENV: 'production',
    PUBLIC_URL,
    PORT: '0',
    SESSION_SECRET: 'session-secret-of-the-bench-0123456789',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    WHATSAPP_VERIFY_TOKEN: 'verify-token-of-the-bench',
    METRICS_TOKEN: 'metrics-token-of-the-bench',
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
    ...env,
  });
  const response = await fetch(`${program.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  if (!response.ok) throw new Error(`signing in: ${response.status} ${await response.text()}`);
  return { ...program, authorization: `Bearer ${response.headers.get('set-auth-token')}` };
}

export function startStraightforward(databaseUrl: string): Promise<Program> {
  return startProgram('yardsticks/straightforward.ts', databaseUrl, { NODE_ENV: 'production' });
}

export function startBareWebSockets(): Promise<Program> {
  return startProgram('yardsticks/bare-ws.ts', '', { NODE_ENV: 'production' });
}

/** Posts webhooks until they are through; `began` is told when they begin to count. */
export function post(
  programs: Program[],
  options: Omit<PostOptions, 'urls' | 'secret'>,
  began: (event: PostEvent) => void = () => {},
): Promise<Posted> {
  const urls = programs.map(({ url }) => url);
  return runToTheEnd<Posted>('load/post-webhooks.ts', { ...options, urls, secret: SECRET }, began);
}

/** Subscribers, once all of them have subscribed. */
export async function follow(
  { url, authorization }: Program,
  options: Omit<FollowOptions, 'url' | 'authorization'>,
): Promise<Followers> {
  const child = forkHere('load/follow.ts', [JSON.stringify({ ...options, url, authorization })]);
  await within(START_LIMIT_MS, 'subscribing', once(child, 'message'));
  return {
    count: ({ countFrom }, seconds) => void child.send({ countFrom, seconds } satisfies FollowCommand),
    async finish({ first, end }) {
      child.send({ finish: { first, end } } satisfies FollowCommand);
      const [followed] = await once(child, 'message');
      return followed as Followed;
    },
    [Symbol.asyncDispose]: () => kill(child, 'SIGKILL'),
  };
}

function nameOf(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}

async function startProgram(file: string, databaseUrl: string, env: NodeJS.ProcessEnv): Promise<Program> {
  const child = forkHere(file, [], {
    execArgv: ['--expose-gc', ...PROBES],
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, WHATSAPP_APP_SECRET: SECRET, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
    if (line.includes('"msg":"listening"')) resolve(`http://127.0.0.1:${JSON.parse(line).port}`);
    else if (/"level":[456]0/.test(line)) console.error(line);
  });
  child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  const url = await within(START_LIMIT_MS, `${file} did not listen`, promise);
  return {
    url,
    databaseUrl,
    tell: (message) => void child.send(message),
    async usage() {
      child.send('usage');
      const [usage] = await once(child, 'message');
      return usage as Usage;
    },
    async record(work) {
      child.send('record');
      await once(child, 'message');
      await work();
      child.send('recorded');
      const [statements] = await once(child, 'message');
      return statements as Statement[];
    },
    [Symbol.asyncDispose]: () => kill(child, 'SIGINT'),
  };
}

async function runToTheEnd<Result>(
  file: string,
  options: object,
  onEvent: (event: PostEvent) => void = () => {},
): Promise<Result> {
  const child = forkHere(file, [JSON.stringify(options)]);
  let last: unknown;
  child.on('message', (message) => {
    if (typeof message === 'object' && 'countFrom' in message) onEvent(message as PostEvent);
    else last = message;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return last as Result;
}

function forkHere(file: string, args: string[], options: Parameters<typeof fork>[2] = {}): ChildProcess {
  return fork(join(import.meta.dirname, file), args, options);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  const overdue = wait(ms, undefined, { ref: false }).then(() => {
    throw new Error(`${what}: not within ${ms} ms`);
  });
  return Promise.race([promise, overdue]);
}
