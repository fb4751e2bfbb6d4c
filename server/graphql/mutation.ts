import { currentConversationId, isUnknownSender, linkConversation, markRead } from '../comms/conversations.ts';
import { createCustomer, updateCustomer } from '../comms/customers.ts';
import type { Entry } from '../comms/entry.ts';
import { logComms } from '../comms/log-comms.ts';
import { settleSend } from '../comms/outbox.ts';
import { canSend, sendAgain, sendMessage } from '../whatsapp/send-message.ts';
import { badInput, codedError, rateLimited } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers } from './schema.generated.ts';

export const Mutation: MutationResolvers<PersonalContext> = {
  async sendWhatsApp(_, { input }, { app, session }) {
    const outcome = await sendMessage(app, input, session.staff);
    switch (outcome) {
      case 'NOT_CONFIGURED':
        throw notConfigured();
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
    if (!canSend(context.app)) throw notConfigured();
    const entry = await entryById(entryId, context);
    return { entry: await sendAgain(context.app, entry) };
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

  async updateCustomer(_, { input }, { app, customers }) {
    const { kysely } = app.database;
    // Not to be left out by saying null.
    const { name, contacts, ...rest } = input;
    const changes = { ...rest, ...(name != null && { name }), ...(contacts && { contacts }) };
    const changed = await updateCustomer(kysely, changes, app.config.defaultCountry);
    if (changed === 'NO_CUSTOMER') throw codedError('NOT_FOUND', 'There is no such customer.', { field: 'id' });
    if ('problem' in changed) throw badInput(changed.problem.field, changed.problem.message);
    const customer = await customers.load(changed.id);
    if (!customer) throw new Error('a customer is gone that was just changed');
    return { customer };
  },

  async linkConversation(_, { conversationId, customerId }, { app, customers, conversations }) {
    const { kysely } = app.database;
    if (!isUnknownSender(conversationId)) throw badInput('conversationId', 'Only an unknown sender’s can be linked.');
    if (!(await customers.load(customerId))) {
      throw codedError('NOT_FOUND', 'There is no such customer.', { field: 'customerId' });
    }
    await linkConversation(kysely, conversationId, customerId);
    const home = await currentConversationId(kysely, conversationId);
    const conversation = home === undefined ? undefined : await conversations.load(home);
    if (!conversation) throw codedError('NOT_FOUND', 'There is no such sender.', { field: 'conversationId' });
    if (conversation.id !== customerId) throw badInput('conversationId', 'This sender belongs to another customer.');
    return { conversation };
  },

  async logComms(_, { input }, { app, session }) {
    const outcome = await logComms({ db: app.database.kysely, append: app.append }, input, session.staff.id);
    if (outcome === 'NO_CUSTOMER') {
      throw codedError('NOT_FOUND', 'There is no such customer or unknown sender.', { field: 'customerId' });
    }
    if (outcome === 'KEY_CONFLICT') {
      throw codedError('IDEMPOTENCY_CONFLICT', 'This key was used for something else.', { field: 'idempotencyKey' });
    }
    if ('problem' in outcome) throw badInput(outcome.problem.field, outcome.problem.message);
    return outcome;
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

function notConfigured() {
  return codedError('WHATSAPP_NOT_CONFIGURED', 'WhatsApp is not configured: an admin has to set it up first.');
}

async function entryById(id: string, { entries }: PersonalContext): Promise<Entry> {
  entries.clearAll();
  const entry = /^\d{1,15}$/.test(id) ? await entries.load(Number(id)) : undefined;
  if (!entry) throw codedError('NOT_FOUND', 'There is no such entry.', { field: 'entryId' });
  return entry;
}
