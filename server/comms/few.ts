import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

/**
 * Of each union of queries, whether it finds at most so many rows. Few are best looked up one by one; of many, some
 * turn up soon on the way down the list that is wanted. The planner can't know which it is: it is another for each
 * person and word.
 */
export async function areFew(db: Kysely<DB>, unions: RawBuilder<unknown>[][], most: number): Promise<boolean[]> {
  if (unions.length === 0) return [];
  // Each with a limit of its own: under one over them all, PostgreSQL finds every row of a common word first.
  const count = (query: RawBuilder<unknown>) => sql`(select count(*) from (${query} limit ${most + 1}) found)`;
  const counts = unions.map((queries) => sql.join(queries.map(count), sql` + `));
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db);
  return unions.map((_, index) => (rows[0]?.counts[index] ?? 0) <= most);
}
