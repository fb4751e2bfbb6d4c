import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const APP_SECRET = 'app-secret-of-the-tests';
export const VERIFY_TOKEN = 'verify-token-of-the-tests';
export const ACCESS_TOKEN = 'access-token-of-the-tests';
export const PHONE_NUMBER_ID = '106540352242922';
export const ADMIN = { email: 'admin@example.com', password: 'correct-horse-battery' };

const ROOT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 40_000;
const STOP_LIMIT_MS = 26_000;

/** The real program, in a process of its own. */
export interface TestServer
  extends AsyncDisposable,
    Pick<LaunchedServer, 'pid' | 'output' | 'says' | 'kill' | 'stopped'> {
  url: string;
  port: number;
}

/** The program as it starts, or fails to. */
export interface LaunchedServer {
  pid: number;
  /** Everything it has written to its output so far. */
  output: string[];
  /** Resolves with the first line that matches, said already or to come. */
  says(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, null where a signal ended it. */
  stopped: Promise<number | null>;
  /** Rejects where it ends before it listens, or takes too long. */
  listening: Promise<TestServer>;
}

export interface ServerOptions {
  databaseUrl: string;
  /** Added to the clean environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** Another checkout. */
  folder?: string;
}

/** Starts the program and waits until it listens. */
export function startServer(options: ServerOptions): Promise<TestServer> {
  return launchServer(options).listening;
}

/** Starts the program with nothing of the caller's environment but where programs and what is compiled are. */
export function launchServer({ databaseUrl, env, folder = ROOT }: ServerOptions): LaunchedServer {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: folder,
    env: withoutUndefined({ ...cleanEnvironment(databaseUrl), ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stopped = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const output: string[] = [];
  const awaited: { pattern: RegExp; resolve(line: string): void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    readLines(stream, (line) => {
      output.push(line);
      for (const { pattern, resolve } of awaited) if (pattern.test(line)) resolve(line);
    });
  }
  const program = {
    pid: child.pid ?? 0,
    output,
    stopped,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    says(pattern: RegExp) {
      const { promise, resolve } = Promise.withResolvers<string>();
      awaited.push({ pattern, resolve });
      const said = output.find((line) => pattern.test(line));
      if (said !== undefined) resolve(said);
      return promise;
    },
  };
  const serving = listening(child, program).then(({ url, port }) => ({
    ...program,
    url,
    port,
    [Symbol.asyncDispose]: () => stop(child, stopped, output),
  }));
  // A test that has failed before asks no more; who does ask is told all the same.
  serving.catch(() => undefined);
  return { ...program, listening: serving };
}

function cleanEnvironment(databaseUrl: string): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(tmpdir(), 'crm-comms-tests-unused'),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    SESSION_SECRET: 'session-secret-of-the-tests-0123456789',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
    WHATSAPP_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
    // Port 9 of loopback: nobody answers, and nothing leaves the machine.
    WHATSAPP_API_URL: 'http://127.0.0.1:9',
  };
}

async function listening(
  child: ChildProcess,
  { says, output }: Pick<LaunchedServer, 'says' | 'output'>,
): Promise<{ url: string; port: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ url: string; port: number }>();
  const failure = (what: string) => new Error(`The server ${what}:\n${output.join('\n')}`);
  const timer = setTimeout(() => reject(failure('did not listen in time')), START_LIMIT_MS);
  void says(/"msg":"listening"/).then((line) => resolve(JSON.parse(line)));
  child.once('error', reject);
  child.once('exit', (code, signal) => reject(failure(`ended with ${code ?? signal}`)));

  try {
    return await promise;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess, stopped: Promise<number | null>, output: string[]): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  // As Ctrl-C does, at which nobody waits for a balancer to notice.
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  const code = await stopped;
  clearTimeout(timer);
  if (code !== 0)
    throw new Error(`The server did not stop in an orderly way (${code}):\n${output.slice(-30).join('\n')}`);
}

function readLines(stream: NodeJS.ReadableStream | null, each: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', each);
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
