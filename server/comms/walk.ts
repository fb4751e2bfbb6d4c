import { type RawBuilder, sql } from 'kysely';

/** What the rows of a list have to be. */
export type Conditions = {
  /** What the database finds rows by. */
  plain: RawBuilder<unknown>[];
  /** What it has to look at in each row that it comes to. */
  judged: RawBuilder<unknown>[];
};

/** All rows of a table, by its alias, in the order of a list. */
export type List = {
  table: 'comms_entry' | 'conversation';
  alias: string;
  order: RawBuilder<unknown>;
};

/**
 * Selects the rows of a page with what was found of them, `matches`. They are judged one by one in the order of the
 * list, and for a moment only: what hardly any row has may be at the far end of millions. The rows that come after that
 * are selected unjudged: at the first of them the page ends.
 */
export function walk({ table, alias, order }: List, { plain, judged }: Conditions, limit: number): RawBuilder<unknown> {
  const row = sql.ref(alias);
  const where = plain.length > 0 ? sql`where ${allOf(plain)}` : sql``;
  const rows = sql`from ${sql.table(table)} ${row} ${where} order by ${order}`;
  if (judged.length === 0) return sql`select ${row}.*, true as matches ${rows} limit ${limit}`;
  return sql`
    select ${row}.* from (
      select ${row}.*, case when ${isInTime} then coalesce(${allOf(judged)}, false) end as matches ${rows}
    ) ${row} where ${row}.matches is distinct from false order by ${order} limit ${limit}`;
}

/** What was found on a walk, and where it stopped before the end of the list. */
export function foundOf<Row extends { matches: boolean | null }>(rows: Row[]): { found: Row[]; next?: Row } {
  const stop = rows.findIndex(({ matches }) => matches === null);
  const next = rows[stop];
  return next ? { found: rows.slice(0, stop), next } : { found: rows };
}

export function allOf(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}

/** The end is worked out once, when the first row has come: that one is judged in any case, so that each page goes on. */
const isInTime = sql`clock_timestamp() < (select clock_timestamp() + interval '400 milliseconds')`;
