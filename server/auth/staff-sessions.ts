import type { Kysely } from 'kysely';
import { isStorable } from '../comms/storable-text.ts';
import type { Database } from '../db/database.ts';
import type { DB } from '../db/schema.generated.ts';
import { deviceInWords } from './device.ts';
import { type Staff, staffOf } from './staff.ts';

/** One browser or program that somebody is signed in on. */
export type StaffSession = {
  id: string;
  createdAt: Date;
  /** To within five minutes. */
  lastUsedAt: Date;
  address: string | null;
  device: string;
};

/** Somebody who is signed in. With a password that somebody else made, they may do nothing but change it. */
export type Session = { staff: Staff; sessionId: string; mustChangePassword: boolean };

export type HeldSession = Session & { updatedAt: Date; expiresAt: Date };

/** The session with this token, where it still holds. By a plan that is kept, past the query builder. */
export async function sessionByToken({ pool }: Database, token: string): Promise<HeldSession | undefined> {
  const { rows } = await pool.query({
    name: 'session_by_token',
    text: `select s.id as "sessionId", s.updated_at as "updatedAt", s.expires_at as "expiresAt",
        p.must_change_password as "mustChangePassword", p.id, p.name, p.email, p.role
      from staff_session s join staff p on p.id = s.user_id
      where s.token = $1 and s.expires_at > clock_timestamp() and not p.banned`,
    values: [token],
  });
  const row = rows[0];
  if (!row) return undefined;
  const { sessionId, updatedAt, expiresAt, mustChangePassword } = row;
  return { staff: staffOf(row), sessionId, mustChangePassword, updatedAt, expiresAt };
}

/** Where somebody is signed in, the last used first. */
export async function sessionsOf(db: Kysely<DB>, staffId: string): Promise<StaffSession[]> {
  const rows = await db
    .selectFrom('staffSession')
    .select(['id', 'createdAt', 'updatedAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', staffId)
    .where('expiresAt', '>', new Date())
    .orderBy('updatedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({
    id,
    createdAt,
    lastUsedAt: updatedAt,
    address: ipAddress || null,
    device: deviceInWords(userAgent),
  }));
}

/** False: this person has no such session. */
export async function endSessionOf(db: Kysely<DB>, staffId: string, sessionId: string): Promise<boolean> {
  if (!isStorable(sessionId)) return false;
  const ended = await db
    .deleteFrom('staffSession')
    .where('userId', '=', staffId)
    .where('id', '=', sessionId)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** All of somebody's sessions but, where one is named, that. */
export async function endSessionsOf(db: Kysely<DB>, staffId: string, keptId?: string): Promise<void> {
  const all = db.deleteFrom('staffSession').where('userId', '=', staffId);
  await (keptId === undefined ? all : all.where('id', '!=', keptId)).execute();
}

/** Whether the use of a session, last noted then, is to be noted again: not with every request. */
export function isUseStale(notedAt: Date): boolean {
  return Date.now() - notedAt.getTime() > USE_NOTED_EVERY_MS;
}

export async function noteUse(db: Kysely<DB>, sessionIds: readonly string[]): Promise<void> {
  await db
    .updateTable('staffSession')
    .set({ updatedAt: new Date() })
    .where('id', 'in', [...sessionIds])
    .execute();
}

const USE_NOTED_EVERY_MS = 5 * 60 * 1_000;
