import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

/**
 * Of each query, whether it finds at most so many rows. Few are best looked up one by one; of many, some turn up soon
 * on the way down the list that is wanted. The planner can't know which it is: it is another for each person and word.
 */
export async function areFew(db: Kysely<DB>, queries: RawBuilder<unknown>[], most: number): Promise<boolean[]> {
  if (queries.length === 0) return [];
  const counts = queries.map((query) => sql`(select count(*) from (${query} limit ${most + 1}) found)`);
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db);
  return queries.map((_, index) => (rows[0]?.counts[index] ?? 0) <= most);
}
