import { currentConversationId, markRead } from '../comms/conversations.ts';
import { createCustomer } from '../comms/customers.ts';
import { badInput, codedError } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers } from './schema.generated.ts';

export const Mutation: MutationResolvers<PersonalContext> = {
  async createCustomer(_, { input }, { app, customers }) {
    const made = await createCustomer(app.database.kysely, input, app.config.defaultCountry);
    if ('problem' in made) throw badInput(made.problem.field, made.problem.message);
    const customer = await customers.load(made.id);
    if (!customer) throw new Error('a customer is gone that was just made');
    return { customer };
  },

  async markRead(_, { conversationId, upToEntryId }, { app, session, conversations }) {
    const id = await currentConversationId(app.database.kysely, conversationId);
    if (id === undefined) throw codedError('NOT_FOUND', 'There is no such conversation.', { field: 'conversationId' });
    if (!/^\d{1,15}$/.test(upToEntryId)) throw badInput('upToEntryId', 'This is no id of an entry.');
    await markRead(app.database.kysely, session.staff.id, id, Number(upToEntryId));
    const conversation = await conversations.load(id);
    if (!conversation) throw codedError('NOT_FOUND', 'There is no such conversation.', { field: 'conversationId' });
    return { conversation };
  },
};
