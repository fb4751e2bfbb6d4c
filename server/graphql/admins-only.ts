import { codedError } from './errors.ts';
import type { PersonalContext } from './request-context.ts';

/** The database, for an admin who asks; nobody else gets past this. */
export function databaseForAdmin({ app, session }: PersonalContext) {
  if (session.staff.role !== 'ADMIN') throw codedError('FORBIDDEN', 'Only an admin can do this.');
  return app.database.kysely;
}
