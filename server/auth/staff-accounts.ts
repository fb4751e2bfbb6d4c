import { hashPassword } from 'better-auth/crypto';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { type Staff, type StaffRole, staffOf } from './staff.ts';
import { endSessionsOf } from './staff-sessions.ts';

export type NewStaff = {
  email: string;
  name: string;
  role: StaffRole;
  password: string;
  /** The password was made for them, and is theirs to change at the first sign-in. */
  mustChangePassword?: boolean;
};

/** Somebody new. Undefined: somebody has this address. */
export async function createStaff(db: Kysely<DB>, person: NewStaff): Promise<Staff | undefined> {
  return await addStaff(db, person, false);
}

/** The first admin, where there is nobody yet. Of two programs that start together one makes it. */
export async function ensureFirstAdmin(
  db: Kysely<DB>,
  admin: { email: string; password: string },
): Promise<Staff | undefined> {
  // Asked again where they are added: this spares every later start the work on the password.
  if (await db.selectFrom('staff').select('id').limit(1).executeTakeFirst()) return undefined;
  const name = admin.email.split('@')[0] ?? admin.email;
  return await addStaff(db, { ...admin, name, role: 'ADMIN' }, true);
}

/** Gives a person a new password, which they have to change, and ends their sessions. Who was deactivated is back. */
export async function resetPassword(db: Kysely<DB>, staffId: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  const updatedAt = new Date();
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('staffAccount')
      .set({ password: passwordHash, updatedAt })
      .where('userId', '=', staffId)
      .where('providerId', '=', 'credential')
      .execute();
    await trx
      .updateTable('staff')
      .set({ mustChangePassword: true, banned: false, updatedAt })
      .where('id', '=', staffId)
      .execute();
    await endSessionsOf(trx, staffId);
  });
}

/** Lets somebody in no more, or in again, and ends their sessions. Nobody is deleted: their name stays on what they sent. */
export async function setActive(db: Kysely<DB>, staffId: string, active: boolean): Promise<void> {
  await db.updateTable('staff').set({ banned: !active, updatedAt: new Date() }).where('id', '=', staffId).execute();
  await endSessionsOf(db, staffId);
}

export async function staffByEmail(db: Kysely<DB>, email: string): Promise<Staff | undefined> {
  const query = db.selectFrom('staff').select(['id', 'name', 'email', 'role']);
  const row = await query.where('email', '=', email.toLowerCase()).executeTakeFirst();
  return row && staffOf(row);
}

/** As of now: a session's knowledge may be older than the change. */
export async function hasOneTimePassword(db: Kysely<DB>, staffId: string): Promise<boolean> {
  const query = db.selectFrom('staff').select('id').where('id', '=', staffId).where('mustChangePassword', '=', true);
  return (await query.executeTakeFirst()) !== undefined;
}

export async function hasActiveAdmin(db: Kysely<DB>): Promise<boolean> {
  const query = db.selectFrom('staff').select('id').where('role', '=', 'ADMIN').where('banned', '=', false).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

/** In one statement: a process that was stopped within a transaction would keep the lock of the feed. */
async function addStaff(
  db: Kysely<DB>,
  { email: typedEmail, name, role, password, mustChangePassword = false }: NewStaff,
  isFirst: boolean,
): Promise<Staff | undefined> {
  const email = typedEmail.toLowerCase();
  const passwordHash = await hashPassword(password);
  const { rows } = await sql<{ id: string | null }>`
    select add_staff(${name}, ${email}, ${role}, ${passwordHash}, ${mustChangePassword}, ${isFirst}) as id`.execute(db);
  const id = rows[0]?.id;
  return id ? { id, name, email, role } : undefined;
}
