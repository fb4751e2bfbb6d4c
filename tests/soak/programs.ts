import { startServer, type TestServer } from '../harness/server.ts';

/** The programs that serve one database, of which faults take some away. */
export interface Programs extends AsyncDisposable {
  /** One of those that run; where none does the last one, where nobody answers. */
  any(): TestServer;
  running: readonly TestServer[];
  start(): Promise<TestServer>;
  /** Resolves with its exit code. That it ends in any other way is an unhandled rejection. */
  end(program: TestServer, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** The newest complaints of those that ran of late. */
  complaints(): string;
}

/** A line of the log from `warn` on, or none of the log. */
const COMPLAINT = /"level":"?(?:warn|error|fatal|[456]0)|^[^{]/;

export function createPrograms(databaseUrl: string, env: Record<string, string>): Programs {
  const running: TestServer[] = [];
  const started: TestServer[] = [];
  const ending = new Set<TestServer>();
  let turn = 0;
  let last: TestServer;

  return {
    running,
    any() {
      turn += 1;
      return running[turn % running.length] ?? last;
    },
    async start() {
      last = await startServer({ databaseUrl, env });
      running.push(last);
      started.push(last);
      void takeAwayOnceStopped(last);
      return last;
    },
    end(program, signal) {
      ending.add(program);
      program.kill(signal);
      return program.stopped;
    },
    complaints() {
      const newest = started.slice(-4).map(({ output }) => output.filter((line) => COMPLAINT.test(line)).slice(-20));
      return newest.flat().join('\n');
    },
    async [Symbol.asyncDispose]() {
      for (const program of running) ending.add(program);
      await Promise.all(running.map((program) => program[Symbol.asyncDispose]()));
    },
  };

  async function takeAwayOnceStopped(program: TestServer): Promise<void> {
    const code = await program.stopped;
    running.splice(running.indexOf(program), 1);
    if (ending.has(program)) return;
    throw new Error(`A program ended by itself, with ${code}:\n${program.output.slice(-20).join('\n')}`);
  }
}
