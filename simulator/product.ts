import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of the product's programs, in a process of its own. Disposing of it asks it to stop, and waits. */
export type ProductProcess = AsyncDisposable & {
  /** Its address, once it listens. */
  listening: Promise<{ url: string; port: number }>;
  /** Its exit code, null where a signal ended it. */
  ended: Promise<number | null>;
};

const root = fileURLToPath(new URL('..', import.meta.url));

/** Starts `script`, and passes on what it warns of. The environment is its whole environment. */
export function startProduct(script: string, env: Record<string, string>, parameters: string[] = []): ProductProcess {
  // A group of its own, so that Ctrl-C in the terminal reaches it once and through us: a second signal would cut it off.
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const listening = Promise.withResolvers<{ url: string; port: number }>();
  createInterface(child.stdout).on('line', (line) => {
    const entry = parse(line);
    if (entry === undefined) console.log(line);
    else if (typeof entry.url === 'string' && typeof entry.port === 'number') {
      listening.resolve({ url: entry.url, port: entry.port });
    } else if (Number(entry.level) >= 40) console.log(describe(entry));
  });
  createInterface(child.stderr).on('line', (line) => console.error(line));
  return {
    listening: listening.promise,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

type LogEntry = { level?: unknown; msg?: unknown; url?: unknown; port?: unknown; err?: { message?: unknown } };

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}

function describe({ level, msg, err }: LogEntry): string {
  const cause = err?.message !== undefined && err.message !== msg ? ` (${err.message})` : '';
  return `  ${Number(level) >= 50 ? 'error' : 'warning'}: ${msg}${cause}`;
}
