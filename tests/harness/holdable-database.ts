import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address of a database at which what a program asks can be stopped on its way. */
export interface HoldableDatabase extends AsyncDisposable {
  url: string;
  /** Stops the next question with this in it: resolves once it is asked, to what lets it go on. */
  hold(question: string): Promise<() => void>;
}

export async function startHoldableDatabase(databaseUrl: string): Promise<HoldableDatabase> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let awaited: { question: string; resolve(goOn: () => void): void } | undefined;

  const server = createServer((program) => {
    const database = connect(Number(port), hostname);
    for (const socket of [program, database]) sockets.add(socket.on('error', () => undefined));
    program.on('close', () => database.destroy());
    database.pipe(program);
    program.on('data', (asked) => {
      if (!awaited || !asked.includes(awaited.question)) {
        database.write(asked);
        return;
      }
      program.pause();
      awaited.resolve(() => {
        database.write(asked);
        program.resume();
      });
      awaited = undefined;
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: Object.assign(new URL(databaseUrl), { port: (server.address() as AddressInfo).port }).href,
    hold(question) {
      const { promise, resolve } = Promise.withResolvers<() => void>();
      awaited = { question, resolve };
      return promise;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
