import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/**
 * A database of its own, by default migrated and empty, and its address. It goes with the whole cluster at the end of
 * the run: dropping it here would cut connections that are still closing.
 */
export async function createDatabase({ template = 'tests_template' } = {}): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(inject('postgresUrl'), `create database ${name} template ${template}`);
  return atDatabase(inject('postgresUrl'), name);
}

export function nameOfDatabase(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Puts a database in the place of another between two questions, as who restores a backup does. */
export async function replaceDatabase(current: string, other: string): Promise<void> {
  const [name, otherName] = [current, other].map(nameOfDatabase);
  await query(
    inject('postgresUrl'),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}';
    alter database ${name} rename to ${name}_old;
    alter database ${otherName} rename to ${name}`,
  );
}

/** Rows read past the product, to compare what is stored with what was answered. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Positions of the feed before which one is missing. */
export async function gapsInFeed(url: string): Promise<string[]> {
  const rows = await query<{ position: string }>(
    url,
    `select position from (select position, lag(position) over (order by position) as before from feed_step) step
    where position <> before + 1`,
  );
  return rows.map(({ position }) => position);
}

function atDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
