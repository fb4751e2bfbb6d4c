import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { InputProblem } from '../comms/customers.ts';
import { isStorable, storableText } from '../comms/storable-text.ts';
import type { DB } from '../db/schema.generated.ts';
import { oneTimePassword } from './one-time-password.ts';
import { type Staff, type StaffRole, staffOf } from './staff.ts';
import { createStaff, resetPassword, setActive } from './staff-accounts.ts';

/** Somebody's account, as admins see it. */
export type TeamMember = Staff & {
  active: boolean;
  mustChangePassword: boolean;
  createdAt: Date;
  /** To within five minutes. Null: signed in nowhere. */
  lastSeenAt: Date | null;
};

/** What becomes of an admin's wish. Undefined: there is nobody of this id. */
export type TeamChange<Done = { account: TeamMember }> = Done | Refusal | undefined;
type Refusal = { problem: InputProblem };
type WithPassword = { account: TeamMember; oneTimePassword: string };

/** Everybody who has an account: who is active first, by name. */
export async function listTeam(db: Kysely<DB>): Promise<TeamMember[]> {
  const rows = await members(db)
    .orderBy('banned')
    .orderBy(({ fn }) => fn('lower', ['name']))
    .orderBy('id')
    .execute();
  return rows.map(memberOf);
}

/** Those who can let people in. */
export async function listAdmins(db: Kysely<DB>): Promise<Staff[]> {
  return (await listTeam(db)).filter(({ role, active }) => role === 'ADMIN' && active);
}

/** Somebody new, who signs in with the one-time password and then has to change it. */
export async function addMember(
  db: Kysely<DB>,
  input: { email: string; name: string; role?: StaffRole },
): Promise<WithPassword | Refusal> {
  const email = input.email.trim();
  const name = storableText(input.name).trim();
  if (!z.email().max(254).safeParse(email).success) {
    return problem('email', 'This is no e-mail address: write one like maria@example.com.');
  }
  if (name === '') return problem('name', 'The team needs a name to know them by: write one.');
  if (name.length > 100) return problem('name', 'A name has at most 100 characters: shorten it.');

  const { role = 'MEMBER' } = input;
  const password = oneTimePassword();
  const made = await createStaff(db, { email, name, role, password, mustChangePassword: true });
  if (!made) {
    return problem(
      'email',
      'Somebody on the team has this address already. To let them in again, reset or reactivate.',
    );
  }
  return { account: await existingMember(db, made.id), oneTimePassword: password };
}

/** A new one-time password for somebody else; their sessions end. Who was deactivated is back. */
export async function resetMember(db: Kysely<DB>, adminId: string, id: string): Promise<TeamChange<WithPassword>> {
  if (id === adminId) return problem('id', 'This is you: change your password on the page of your account.');
  if (!(await findMember(db, id))) return undefined;
  const password = oneTimePassword();
  await resetPassword(db, id, password);
  return { account: await existingMember(db, id), oneTimePassword: password };
}

/** Lets somebody in no more; their sessions end. */
export async function deactivateMember(db: Kysely<DB>, adminId: string, id: string): Promise<TeamChange> {
  if (id === adminId) return problem('id', 'This is you: ask another admin to do it.');
  return await changeMember(db, id, async (trx, isLastAdmin) => {
    if (isLastAdmin) return problem('id', 'This is the only admin: make somebody else an admin first.');
    await setActive(trx, id, false);
    return undefined;
  });
}

export async function reactivateMember(db: Kysely<DB>, id: string): Promise<TeamChange> {
  return await changeMember(db, id, async (trx) => {
    await setActive(trx, id, true);
    return undefined;
  });
}

export async function setMemberRole(db: Kysely<DB>, id: string, role: StaffRole): Promise<TeamChange> {
  return await changeMember(db, id, async (trx, isLastAdmin) => {
    if (isLastAdmin && role !== 'ADMIN') {
      return problem('role', 'This is the only admin: make somebody else an admin first.');
    }
    await trx.updateTable('staff').set({ role, updatedAt: new Date() }).where('id', '=', id).execute();
    return undefined;
  });
}

/** Under a lock on the admins: of two who take the role from each other at once, one stays. */
async function changeMember(
  db: Kysely<DB>,
  id: string,
  change: (trx: Transaction<DB>, isLastAdmin: boolean) => Promise<Refusal | undefined>,
): Promise<TeamChange> {
  if (!(await findMember(db, id))) return undefined;
  const refused = await db.transaction().execute(async (trx) => {
    const admins = await trx
      .selectFrom('staff')
      .select('id')
      .where('role', '=', 'ADMIN')
      .where('banned', '=', false)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
    return await change(trx, admins.length === 1 && admins[0]?.id === id);
  });
  return refused ?? { account: await existingMember(db, id) };
}

async function existingMember(db: Kysely<DB>, id: string): Promise<TeamMember> {
  const member = await findMember(db, id);
  if (!member) throw new Error('somebody on the team is gone, though nobody is ever deleted');
  return member;
}

async function findMember(db: Kysely<DB>, id: string): Promise<TeamMember | undefined> {
  const row = isStorable(id) ? await members(db).where('id', '=', id).executeTakeFirst() : undefined;
  return row && memberOf(row);
}

function members(db: Kysely<DB>) {
  return db.selectFrom('staff').select((staff) => [
    'id',
    'name',
    'email',
    'role',
    'banned',
    'mustChangePassword',
    'createdAt',
    staff
      .selectFrom('staffSession')
      .whereRef('staffSession.userId', '=', 'staff.id')
      .where('staffSession.expiresAt', '>', new Date())
      .select(({ fn }) => fn.max('staffSession.updatedAt').as('at'))
      .as('lastSeenAt'),
  ]);
}

function memberOf(row: Awaited<ReturnType<ReturnType<typeof members>['executeTakeFirstOrThrow']>>): TeamMember {
  const { banned, mustChangePassword, createdAt, lastSeenAt } = row;
  return { ...staffOf(row), active: !banned, mustChangePassword, createdAt, lastSeenAt };
}

function problem(field: string, message: string): Refusal {
  return { problem: { field, message } };
}
