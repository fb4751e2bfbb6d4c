import { Socket } from 'node:net';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { DB } from './schema.generated.ts';

export interface Database extends AsyncDisposable {
  kysely: Kysely<DB>;
  pool: pg.Pool;
  url: string;
  /** A connection of its own, not connected yet: for LISTEN, and for locks that last as long as it does. */
  createClient(): pg.Client;
}

/** Connects when first asked something. Nothing asked of it waits for ever, and no broken connection ends the program. */
export function connectDatabase(url: string, options: { log: Logger; poolSize?: number }): Database {
  const { log, poolSize = 10 } = options;
  const sockets = new Set<Socket>();
  const connection: pg.ClientConfig = {
    connectionString: url,
    stream: () => remembered(new Socket(), sockets),
    application_name: 'crm-comms',
    connectionTimeoutMillis: 2_000,
    // By our own clock: a frozen server can't time itself out.
    query_timeout: 3_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
  };
  // What is asked of a connection goes out at once, also behind something that is not answered yet.
  const pool = new pg.Pool({ ...connection, pipeline: true, max: poolSize, onConnect: limitStatements });
  pool.on('connect', (client) => {
    endWhenUseless(client);
    client.on('error', (err) => {
      // At the end the server may be the quicker one to close.
      if (!pool.ending) log.warn({ err }, 'a connection to the database broke');
    });
  });
  // Said by the connection itself already.
  pool.on('error', () => undefined);

  return {
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] }),
    pool,
    url,
    createClient: () => endWhenUseless(new pg.Client(connection)),
    async [Symbol.asyncDispose]() {
      await pool.end();
      // A server that is frozen or gone never says goodbye.
      for (const socket of sockets) socket.destroy();
    },
  };
}

function remembered(socket: Socket, sockets: Set<Socket>): Socket {
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}

/** What is the database's state (down, frozen, full, read-only, busy) rather than the fault of what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  // A failed `fetch` is a TypeError with a socket's error inside, of another server's socket.
  if (!(error instanceof Error) || error instanceof TypeError) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return unavailableCode.test(code) || unavailableMessage.test(error.message) || isDatabaseUnavailable(error.cause);
}

/** Connection, sign-in, read-only, conflict, no such database, resources, lock, operator, system; and a socket's own. */
const unavailableCode =
  /^((08|28|40|53|57|58|XX)...|25006|3D000|55P03|E(CONN\w+|PIPE|TIMEDOUT|(HOST|NET)UNREACH|NOTFOUND|AI_AGAIN))$/;

/** What the driver says without a code. */
const unavailableMessage =
  /^(query read timeout|timeout (expired|exceeded when trying to connect)|connection terminated|client (was closed|has encountered)|cannot use a pool after|postgres connection has been discarded)/i;

/**
 * By statements, since a pool before the server refuses settings that come with the connection. No query here is long
 * enough to be worth compiling, which PostgreSQL, where it takes few rows for many, would do for a third of a second.
 */
async function limitStatements(client: pg.ClientBase): Promise<void> {
  await client.query(`
    set statement_timeout = 2500;
    set lock_timeout = 2000;
    set idle_in_transaction_session_timeout = 10000;
    set jit = off`);
}

/**
 * Ends a connection that timed out: else whoever is given it next waits behind the query that nobody waits for any
 * more. And one that only reads: it may be to a server that another has taken over from.
 */
function endWhenUseless(client: pg.Client): pg.Client {
  const query: (...args: unknown[]) => unknown = client.query.bind(client);
  return Object.assign(client, {
    query(...args: unknown[]): unknown {
      const result = query(...args);
      if (result instanceof Promise) {
        result.catch((error) => {
          if (isUseless(error)) void client.end();
        });
      }
      return result;
    },
  });
}

function isUseless(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message === 'Query read timeout' || ('code' in error && error.code === READ_ONLY);
}

const READ_ONLY = '25006';

/** bigint as a number: ids and positions stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  const parse = pg.types.getTypeParser(oid, format);
  if (oid === INT8) return toNumber;
  if (oid === INT8_ARRAY)
    return (value) => parse(value).map((item: string | null) => (item === null ? null : toNumber(item)));
  return parse;
}

const INT8 = 20;
const INT8_ARRAY = 1016;

function toNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is too large for a number`);
  return number;
}
