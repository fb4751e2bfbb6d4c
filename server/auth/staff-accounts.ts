import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { Staff, StaffRole } from './staff.ts';

export type NewStaff = {
  email: string;
  name: string;
  role: StaffRole;
  password: string;
  /** The password was made for them, and is theirs to change at the first sign-in. */
  mustChangePassword?: boolean;
};

export async function createStaff(db: Kysely<DB>, person: NewStaff): Promise<Staff> {
  const passwordHash = await hashPassword(person.password);
  return await db.transaction().execute((trx) => insertStaff(trx, person, passwordHash));
}

/** The first admin, where there is nobody yet. Of two programs that start together one makes it. */
export async function ensureFirstAdmin(
  db: Kysely<DB>,
  admin: { email: string; password: string },
): Promise<Staff | undefined> {
  if (await hasStaff(db)) return undefined;
  const passwordHash = await hashPassword(admin.password);
  return await db.transaction().execute(async (trx) => {
    await sql`lock table staff in share row exclusive mode`.execute(trx);
    if (await hasStaff(trx)) return undefined;
    const name = admin.email.split('@')[0] ?? admin.email;
    return await insertStaff(trx, { ...admin, name, role: 'ADMIN' }, passwordHash);
  });
}

/**
 * Gives a person a new password, which they have to change, and ends their sessions. Who was deactivated is back.
 * False: nobody has this address.
 */
export async function resetPassword(db: Kysely<DB>, email: string, password: string): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  return await db.transaction().execute(async (trx) => {
    const person = await trx
      .updateTable('staff')
      .set({ mustChangePassword: true, banned: false, updatedAt: new Date() })
      .where('email', '=', email.toLowerCase())
      .returning('id')
      .executeTakeFirst();
    if (!person) return false;
    await trx
      .updateTable('staffAccount')
      .set({ password: passwordHash, updatedAt: new Date() })
      .where('userId', '=', person.id)
      .where('providerId', '=', 'credential')
      .execute();
    await endSessionsOf(trx, person.id);
    return true;
  });
}

/** Nobody is deleted: their name stays on what they sent. False: nobody has this address. */
export async function deactivateStaff(db: Kysely<DB>, email: string): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const person = await trx
      .updateTable('staff')
      .set({ banned: true, updatedAt: new Date() })
      .where('email', '=', email.toLowerCase())
      .returning('id')
      .executeTakeFirst();
    if (person) await endSessionsOf(trx, person.id);
    return person !== undefined;
  });
}

export async function isOnStaff(db: Kysely<DB>, email: string): Promise<boolean> {
  const query = db.selectFrom('staff').select('id').where('email', '=', email.toLowerCase());
  return (await query.executeTakeFirst()) !== undefined;
}

export async function hasActiveAdmin(db: Kysely<DB>): Promise<boolean> {
  const query = db.selectFrom('staff').select('id').where('role', '=', 'ADMIN').where('banned', '=', false).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

async function hasStaff(db: Kysely<DB>): Promise<boolean> {
  return (await db.selectFrom('staff').select('id').limit(1).executeTakeFirst()) !== undefined;
}

async function insertStaff(trx: Transaction<DB>, person: NewStaff, passwordHash: string): Promise<Staff> {
  const { name, role, mustChangePassword = false } = person;
  const id = randomUUID();
  const email = person.email.toLowerCase();
  await trx.insertInto('staff').values({ id, name, email, role, mustChangePassword }).execute();
  await trx
    .insertInto('staffAccount')
    .values({ id: randomUUID(), userId: id, accountId: id, providerId: 'credential', password: passwordHash })
    .execute();
  await sql`select mark_everything_read(${id})`.execute(trx);
  return { id, name, email, role };
}

async function endSessionsOf(trx: Transaction<DB>, staffId: string): Promise<void> {
  await trx.deleteFrom('staffSession').where('userId', '=', staffId).execute();
}
