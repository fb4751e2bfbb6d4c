import pg from 'pg';
import { messageTable } from './message-table.ts';

/** A process that inserts and does nothing else: `batch` messages a statement, over so many connections. */
export type InsertOptions = { databaseUrl: string; connections: number; batch: number; seconds: number };
export type Inserted = { perSecond: number };

const { databaseUrl, connections, batch, seconds } = JSON.parse(process.argv[2] ?? '') as InsertOptions;
const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: databaseUrl }));
await Promise.all(clients.map((client) => client.connect()));
await clients[0]?.query(messageTable);

const columns = 'customer_id, type, direction, body, status, ext_message_id, phone, sender_name, occurred_at';
const one = {
  name: 'one',
  text: `insert into message (${columns})
    values ($1, 'WHATSAPP', 'INBOUND', $2, 'RECEIVED', $3, $1, $4, $5) on conflict do nothing`,
};
const many = {
  name: 'many',
  text: `insert into message (${columns})
    select c, 'WHATSAPP', 'INBOUND', b, 'RECEIVED', e, c, n, $5 from unnest($1::text[], $2::text[], $3::text[], $4::text[]) m (c, b, e, n)
    on conflict do nothing`,
};

process.on('disconnect', () => process.exit());

let inserted = 0;
await insertFor(1);
const before = inserted;
const began = performance.now();
await insertFor(seconds);
const perSecond = ((inserted - before) * 1000) / (performance.now() - began);
await Promise.all(clients.map((client) => client.end()));
process.send?.({ perSecond } satisfies Inserted, () => process.disconnect?.());

async function insertFor(howLong: number): Promise<void> {
  const ends = performance.now() + howLong * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < ends) {
        const rows = Array.from({ length: batch }, (_, index) => row(inserted + index));
        inserted += batch;
        const columnsOf = [0, 1, 2, 3].map((column) => rows.map((values) => values[column]));
        const values = batch === 1 ? rows[0] : columnsOf;
        await client.query({ ...(batch === 1 ? one : many), values: [...(values ?? []), new Date()] });
      }
    }),
  );
}

function row(number: number): string[] {
  const from = `30697${4_000_000 + (number % 1_000)}`;
  const text = `bench ${number} Is my order on its way? It should have come on Friday.`;
  return [from, text, `wamid.HBgMMzA2OTc0MDE1NzU4FQIAEhggQ${process.pid}${number}=`, `Customer ${from.slice(-4)}`];
}
