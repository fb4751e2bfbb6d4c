import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { BodyProblem } from './append.ts';
import { type Page, type PageRequest, readCursor, toPage } from './page.ts';

/** A webhook body of which a part is not in the log, and why. */
export type ParkedDelivery = { id: number; receivedAt: Date; problems: BodyProblem[] };

/** The bodies with problems, newest first. */
export async function listParked(db: Kysely<DB>, request: PageRequest): Promise<Page<ParkedDelivery>> {
  const [before] = request.after === undefined ? [] : readCursor(request.after, 0);
  const rows = await db
    .selectFrom('webhookBody')
    .select(['id', 'receivedAt', sql<BodyProblem[]>`problems`.as('problems')])
    .where('problems', 'is not', null)
    .$if(before !== undefined, (bodies) => bodies.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(request.first + 1)
    .execute();
  return toPage(request, rows, 0, ({ id }) => [id]);
}

/** A body as it came. */
export async function readBody(db: Kysely<DB>, id: number): Promise<{ bytes: Buffer; receivedAt: Date } | undefined> {
  return await db.selectFrom('webhookBody').select(['bytes', 'receivedAt']).where('id', '=', id).executeTakeFirst();
}

/** What of a body is not in the log, now that it was read anew. */
export async function replaceProblems(db: Kysely<DB>, id: number, problems: BodyProblem[]): Promise<void> {
  const remaining = problems.length > 0 ? JSON.stringify(problems) : null;
  await db.updateTable('webhookBody').set({ problems: remaining }).where('id', '=', id).execute();
}
