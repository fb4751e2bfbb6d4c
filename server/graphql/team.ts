import { changePassword } from '../auth/change-password.ts';
import { endSessionOf, endSessionsOf, sessionsOf } from '../auth/staff-sessions.ts';
import {
  addMember,
  deactivateMember,
  listAdmins,
  listTeam,
  reactivateMember,
  resetMember,
  setMemberRole,
  type TeamChange,
} from '../auth/team.ts';
import { databaseForAdmin } from './admins-only.ts';
import { badInput, codedError, rateLimited } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers, QueryResolvers } from './schema.generated.ts';

/** The team, for admins, and everybody's own account. */
export const TeamQuery: QueryResolvers<PersonalContext> = {
  myAccount: (_, __, { session }) => session,
  mySessions: (_, __, context) => mySessions(context),
  admins: (_, __, { app }) => listAdmins(app.database.kysely),
  staff: (_, __, context) => listTeam(databaseForAdmin(context)),
};

export const TeamMutation: MutationResolvers<PersonalContext> = {
  async addStaff(_, { input }, context) {
    return done(await addMember(databaseForAdmin(context), input));
  },

  async resetStaff(_, { id }, context) {
    return done(await resetMember(databaseForAdmin(context), context.session.staff.id, id));
  },

  async deactivateStaff(_, { id }, context) {
    return done(await deactivateMember(databaseForAdmin(context), context.session.staff.id, id));
  },

  async reactivateStaff(_, { id }, context) {
    return done(await reactivateMember(databaseForAdmin(context), id));
  },

  async setStaffRole(_, { id, role }, context) {
    return done(await setMemberRole(databaseForAdmin(context), id, role));
  },

  async changePassword(_, { current, new: chosen }, { app, session }) {
    const change = await changePassword(app.database.kysely, session, { current, chosen });
    switch (change.outcome) {
      case 'CHANGED':
        return { account: { ...session, mustChangePassword: false } };
      case 'REFUSED':
        throw badInput(change.problem.field, change.problem.message);
      case 'TOO_MANY':
        throw rateLimited('Too many wrong passwords. Wait a minute and try again.', change.retryAfter);
    }
  },

  async endMySession(_, { id }, context) {
    const { app, session } = context;
    if (!(await endSessionOf(app.database.kysely, session.staff.id, id))) {
      throw codedError('NOT_FOUND', 'You have no such session: it may have ended already.', { field: 'id' });
    }
    return { sessions: await mySessions(context) };
  },

  async endMyOtherSessions(_, __, context) {
    const { app, session } = context;
    await endSessionsOf(app.database.kysely, session.staff.id, session.sessionId);
    return { sessions: await mySessions(context) };
  },
};

function done<Done extends { account: unknown }>(change: TeamChange<Done>): Done {
  if (change === undefined) throw codedError('NOT_FOUND', 'There is nobody of this id on the team.', { field: 'id' });
  if ('problem' in change) throw badInput(change.problem.field, change.problem.message);
  return change;
}

async function mySessions({ app, session }: PersonalContext) {
  const sessions = await sessionsOf(app.database.kysely, session.staff.id);
  return sessions.map((one) => ({ ...one, current: one.id === session.sessionId }));
}
