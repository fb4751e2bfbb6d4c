import { currentConversationId, markRead } from '../comms/conversations.ts';
import { createCustomer } from '../comms/customers.ts';
import type { Entry } from '../comms/entry.ts';
import { retrySend, settleSend } from '../comms/outbox.ts';
import { sendMessage } from '../whatsapp/send-message.ts';
import { badInput, codedError, rateLimited } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers } from './schema.generated.ts';

export const Mutation: MutationResolvers<PersonalContext> = {
  async sendWhatsApp(_, { input }, { app, session }) {
    const outcome = await sendMessage(app, input, session.staff);
    switch (outcome) {
      case 'NOT_CONFIGURED':
        throw codedError('WHATSAPP_NOT_CONFIGURED', 'WhatsApp is not configured: an admin has to set it up first.');
      case 'NO_CUSTOMER':
        throw codedError('NOT_FOUND', 'There is no such customer or unknown sender.', { field: 'customerId' });
      case 'KEY_CONFLICT':
        throw codedError('IDEMPOTENCY_CONFLICT', 'This key was used for another message.', { field: 'idempotencyKey' });
      case 'TOO_MANY_QUEUED':
        throw rateLimited('Too many messages wait to be sent. Try again in half a minute.', 30);
    }
    if ('problem' in outcome) throw badInput(outcome.problem.field, outcome.problem.message);
    return outcome;
  },

  async retrySend(_, { entryId }, context) {
    const entry = await entryById(entryId, context);
    await retrySend(context.app.database.kysely, entry);
    return { entry: await entryById(entryId, context) };
  },

  async settleSend(_, { entryId, arrived }, context) {
    const entry = await entryById(entryId, context);
    await settleSend(context.app.database.kysely, entry.id, arrived);
    return { entry: await entryById(entryId, context) };
  },

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

async function entryById(id: string, { entries }: PersonalContext): Promise<Entry> {
  entries.clearAll();
  const entry = /^\d{1,15}$/.test(id) ? await entries.load(Number(id)) : undefined;
  if (!entry) throw codedError('NOT_FOUND', 'There is no such entry.', { field: 'entryId' });
  return entry;
}
