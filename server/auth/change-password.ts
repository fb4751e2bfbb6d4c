import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { Kysely } from 'kysely';
import type { InputProblem } from '../comms/customers.ts';
import type { DB } from '../db/schema.generated.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import type { Session } from './staff-sessions.ts';
import { endSessionsOf } from './staff-sessions.ts';

export type PasswordChange = { outcome: 'CHANGED' } | { outcome: 'TOO_MANY'; retryAfter: number } | Refused;
type Refused = { outcome: 'REFUSED'; problem: InputProblem };

const SHORTEST = 10;
const LONGEST = 200;

/**
 * Changes one's own password and ends one's other sessions. Who has got hold of somebody's session may not guess the
 * password with it without end: as with signing in, ten mistakes are too many.
 */
export async function changePassword(
  db: Kysely<DB>,
  { staff, sessionId }: Session,
  { current, chosen }: { current: string; chosen: string },
): Promise<PasswordChange> {
  const length = [...chosen].length;
  if (length < SHORTEST) return refused('new', `A password has at least ${SHORTEST} characters: choose a longer one.`);
  if (length > LONGEST) return refused('new', `A password has at most ${LONGEST} characters: shorten it.`);
  if (chosen === current) return refused('new', 'This is the password that you have: choose another one.');

  const limit = createSignInLimit(db);
  const retryAfter = await limit.begin(staff.email, sessionId);
  if (retryAfter !== undefined) return { outcome: 'TOO_MANY', retryAfter };
  const known = await db
    .selectFrom('staffAccount')
    .select(['id', 'password'])
    .where('userId', '=', staff.id)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  if (!known?.password || !(await verifyPassword({ hash: known.password, password: current }))) return wrong();
  await limit.succeeded(staff.email, sessionId);

  const now = new Date();
  const password = await hashPassword(chosen);
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('staffAccount')
      .set({ password, updatedAt: now })
      .where('id', '=', known.id)
      // An admin's reset that came in between stands.
      .where('password', '=', known.password)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return wrong();
    await trx
      .updateTable('staff')
      .set({ mustChangePassword: false, updatedAt: now })
      .where('id', '=', staff.id)
      .execute();
    await endSessionsOf(trx, staff.id, sessionId);
    return { outcome: 'CHANGED' };
  });
}

function wrong(): Refused {
  return refused('current', 'This is not your current password.');
}

function refused(field: string, message: string): Refused {
  return { outcome: 'REFUSED', problem: { field, message } };
}
