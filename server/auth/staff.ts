import type { Kysely } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

export type StaffRole = 'ADMIN' | 'MEMBER';

/** Somebody of the company. Who has left stays, deactivated: the name stays on what they sent. */
export type Staff = { id: string; name: string; email: string; role: StaffRole };

export async function staffByIds(db: Kysely<DB>, ids: readonly string[]): Promise<Staff[]> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name', 'email', 'role'])
    .where('id', 'in', [...ids])
    .execute();
  return rows.map(staffOf);
}

/** `role` is one of the two by a check of the table. */
export function staffOf(row: { id: string; name: string; email: string; role: string }): Staff {
  return { id: row.id, name: row.name, email: row.email, role: row.role as StaffRole };
}
