import type pg from 'pg';
import { connect, freeze, type OwnPostgres } from './own-postgres.ts';

/** What goes wrong; disposing of it makes it good. */
export type Outage = (postgres: OwnPostgres) => Promise<AsyncDisposable>;

/** What makes a database take nothing from anybody. */
export const outages = {
  async down(postgres) {
    await postgres.crash();
    return { [Symbol.asyncDispose]: () => postgres.start() };
  },
  async frozen(postgres) {
    const frozen = await postgres.freeze();
    return { [Symbol.asyncDispose]: async () => frozen[Symbol.dispose]() };
  },
  async 'frozen to newcomers, and nobody else is left'(postgres) {
    const frozen = freeze(postgres.pid);
    await postgres.cut();
    return { [Symbol.asyncDispose]: async () => frozen[Symbol.dispose]() };
  },
  async 'read-only'(postgres) {
    await postgres.run('alter database crm_comms set default_transaction_read_only = on');
    await postgres.cut();
    return {
      [Symbol.asyncDispose]: () => postgres.run('alter database crm_comms reset default_transaction_read_only'),
    };
  },
  async 'out of connections'(postgres) {
    const taken = await takeAllConnections(postgres);
    return { [Symbol.asyncDispose]: async () => void (await Promise.all(taken.map((client) => client.end()))) };
  },
  async 'frozen in the one process that holds the lock of the feed'(postgres) {
    const holder = await connect(postgres.url);
    await holder.query('begin; select lock_feed()');
    const frozen = freeze(await backendOf(holder));
    return {
      async [Symbol.asyncDispose]() {
        frozen[Symbol.dispose]();
        await holder.end();
      },
    };
  },
} satisfies Record<string, Outage>;

/** Conditions on `pg_stat_activity`. */
export const IDLE = `application_name = 'crm-comms' and state = 'idle' and query not like 'listen%'`;
export const LISTENING = `application_name = 'crm-comms' and query = 'listen comms_feed'`;

async function takeAllConnections(postgres: OwnPostgres): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  while ((await postgres.backends(`application_name = 'crm-comms'`)).length > 0 || taken.length === 0) {
    await postgres.cut(`application_name = 'crm-comms'`);
    for (let full = false; !full; ) {
      const client = await connect(postgres.url).catch(() => undefined);
      if (client) taken.push(client);
      full = client === undefined;
    }
  }
  return taken;
}

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}
