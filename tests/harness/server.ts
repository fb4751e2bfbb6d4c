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
export interface TestServer extends AsyncDisposable {
  url: string;
  port: number;
  pid: number;
  /** Everything it has written to its output so far. */
  output: string[];
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, null where a signal ended it. */
  stopped: Promise<number | null>;
}

export interface ServerOptions {
  databaseUrl: string;
  /** Added to the clean environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
}

/** Starts the program with nothing of the caller's environment but the PATH, and waits until it listens. */
export async function startServer({ databaseUrl, env }: ServerOptions): Promise<TestServer> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: withoutUndefined({ ...cleanEnvironment(databaseUrl), ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stopped = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const output: string[] = [];
  const { url, port, pid } = await listening(child, output);
  return {
    url,
    port,
    pid,
    output,
    stopped,
    kill: (signal) => void child.kill(signal),
    [Symbol.asyncDispose]: () => stop(child, stopped, output),
  };
}

function cleanEnvironment(databaseUrl: string): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
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

async function listening(child: ChildProcess, output: string[]): Promise<{ url: string; port: number; pid: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ url: string; port: number; pid: number }>();
  const timer = setTimeout(() => reject(failure('did not listen in time')), START_LIMIT_MS);
  const failure = (what: string) => new Error(`The server ${what}:\n${output.join('\n')}`);

  readLines(child.stderr, (line) => output.push(line));
  readLines(child.stdout, (line) => {
    output.push(line);
    const entry = parseJson(line);
    if (isListening(entry)) resolve(entry);
  });
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
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  const code = await stopped;
  clearTimeout(timer);
  if (code !== 0)
    throw new Error(`The server did not stop in an orderly way (${code}):\n${output.slice(-30).join('\n')}`);
}

function readLines(stream: NodeJS.ReadableStream | null, each: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', each);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isListening(entry: unknown): entry is { url: string; port: number; pid: number } {
  return typeof entry === 'object' && entry !== null && 'url' in entry && 'port' in entry && 'pid' in entry;
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
