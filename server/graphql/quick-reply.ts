import { listQuickReplies, removeQuickReply, saveQuickReply } from '../comms/quick-replies.ts';
import { badInput, codedError } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers, QueryResolvers } from './schema.generated.ts';

/** What the team says often: everybody's to use and to change. */
export const QuickReplyQuery: QueryResolvers<PersonalContext> = {
  quickReplies: (_, __, { app }) => listQuickReplies(app.database.kysely),
};

export const QuickReplyMutation: MutationResolvers<PersonalContext> = {
  async saveQuickReply(_, { input }, { app }) {
    const saved = await saveQuickReply(app.database.kysely, input);
    if (saved === 'NO_QUICK_REPLY') {
      throw codedError('NOT_FOUND', 'A colleague has removed this quick reply.', { field: 'id' });
    }
    if ('problem' in saved) throw badInput(saved.problem.field, saved.problem.message);
    return saved;
  },

  async removeQuickReply(_, { id }, { app }) {
    await removeQuickReply(app.database.kysely, id);
    return { id };
  },
};
