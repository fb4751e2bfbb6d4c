import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import pg from 'pg';

/**
 * A pool before the database as many are set up, by transactions: a client is given any free connection for each one.
 * It signs in to the database itself and lets its clients in as they are.
 */
export async function startTransactionPool(
  databaseUrl: string,
  choice: 'first' | 'last',
): Promise<AsyncDisposable & { url: string }> {
  const free: Duplex[] = [];
  const clients = new Set<pg.Client>();
  const take = async () => (choice === 'first' ? free.shift() : free.pop()) ?? (await signIn());

  const signIn = async () => {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    clients.add(client);
    return client.connection.stream.removeAllListeners('data');
  };

  const server = createServer((socket) => serve(socket, take, (connection) => free.push(connection)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { port }).href,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const client of clients) client.connection.stream.destroy();
    },
  };
}

const LET_IN = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');
const IDLE = Buffer.from('Z\0\0\0\x05I', 'latin1');
const GOODBYE = 'X'.charCodeAt(0);

/** What comes from a client belongs to one transaction until the database says that it is idle. */
function serve(client: Duplex, take: () => Promise<Duplex>, giveBack: (connection: Duplex) => void): void {
  let connection: Promise<Duplex> | undefined;
  client.on('error', () => undefined);
  client.once('data', () => {
    client.write(LET_IN);
    client.on('data', async (asked) => {
      if (asked[0] === GOODBYE) {
        client.end();
        return;
      }
      connection ??= take().then(forward);
      (await connection).write(asked);
    });
  });

  function forward(taken: Duplex): Duplex {
    return taken.on('data', function answer(chunk: Buffer) {
      if (chunk.subarray(-IDLE.length).equals(IDLE)) {
        taken.removeListener('data', answer);
        connection = undefined;
        giveBack(taken);
      }
      client.write(chunk);
    });
  }
}
