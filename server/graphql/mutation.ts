import { type Conversation, currentConversationId, isUnknownSender, markAnswered } from '../comms/conversations.ts';
import { createCustomer, updateCustomer } from '../comms/customers.ts';
import type { Entry } from '../comms/entry.ts';
import { linkConversation, unlinkConversation } from '../comms/linked-senders.ts';
import { logComms } from '../comms/log-comms.ts';
import { discardSend, settleSend } from '../comms/outbox.ts';
import { markRead, markUnread } from '../comms/read-marks.ts';
import type { SendOutcome } from '../comms/send-whatsapp.ts';
import { tellRead } from '../whatsapp/read-receipts.ts';
import { canSend, sendAgain, sendMessage, sendReaction } from '../whatsapp/send-message.ts';
import { badInput, codedError, rateLimited } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers } from './schema.generated.ts';

export const Mutation: MutationResolvers<PersonalContext> = {
  async sendWhatsApp(_, { input }, { app, session }) {
    return sent(await sendMessage(app, input, session.staff));
  },

  async reactWhatsApp(_, { input }, { app, session }) {
    return sent(await sendReaction(app, input, session.staff));
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

  async discardSend(_, { entryId }, context) {
    const entry = await entryById(entryId, context);
    await discardSend(context.app.database.kysely, entry.id, context.session.staff.id);
    return { entry: await entryById(entryId, context) };
  },

  async createCustomer(_, { input }, { app, session, customers }) {
    const by = { staffId: session.staff.id, from: input.conversationId };
    const made = await createCustomer(app.database.kysely, input, app.config.defaultCountry, by);
    if (made === 'NO_UNKNOWN_SENDER') {
      throw codedError('NOT_FOUND', 'There is no such unknown sender (any more).', { field: 'conversationId' });
    }
    if ('problem' in made) throw badInput(made.problem.field, made.problem.message);
    const customer = await customers.load(made.id);
    if (!customer) throw new Error('a customer is gone that was just made');
    return { customer };
  },

  async updateCustomer(_, { input }, { app, session, customers }) {
    const { kysely } = app.database;
    // Not to be left out by saying null.
    const { name, contacts, ...rest } = input;
    const changes = { ...rest, ...(name != null && { name }), ...(contacts && { contacts }) };
    const changed = await updateCustomer(kysely, changes, app.config.defaultCountry, session.staff.id);
    if (changed === 'NO_CUSTOMER') throw codedError('NOT_FOUND', 'There is no such customer.', { field: 'id' });
    if ('problem' in changed) throw badInput(changed.problem.field, changed.problem.message);
    const customer = await customers.load(changed.id);
    if (!customer) throw new Error('a customer is gone that was just changed');
    return { customer };
  },

  async linkConversation(_, { conversationId, customerId }, { app, session, customers, conversations }) {
    const { kysely } = app.database;
    if (!isUnknownSender(conversationId)) throw badInput('conversationId', 'Only an unknown sender’s can be linked.');
    if (!(await customers.load(customerId))) {
      throw codedError('NOT_FOUND', 'There is no such customer.', { field: 'customerId' });
    }
    await linkConversation(kysely, conversationId, customerId, session.staff.id);
    const home = await currentConversationId(kysely, conversationId);
    const conversation = home === undefined ? undefined : await conversations.load(home);
    if (!conversation) throw codedError('NOT_FOUND', 'There is no such sender.', { field: 'conversationId' });
    if (conversation.id !== customerId) throw badInput('conversationId', 'This sender belongs to another customer.');
    return { conversation };
  },

  async unlinkConversation(_, { conversationId }, context) {
    if (!(await unlinkConversation(context.app.database.kysely, conversationId))) {
      throw codedError('NOT_FOUND', 'Nobody of this id is linked (any more).', { field: 'conversationId' });
    }
    return { conversation: await conversationById(conversationId, context) };
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

  async markRead(_, { conversationId, upToEntryId }, context) {
    const { id } = await conversationById(conversationId, context);
    const { kysely } = context.app.database;
    const upTo = await markRead(kysely, context.session.staff.id, id, entryNumber(upToEntryId), conversationId);
    if (upTo === undefined) {
      throw codedError('NOT_FOUND', 'There is no such entry in this conversation (any more).', {
        field: 'upToEntryId',
      });
    }
    // Nobody waits for that.
    void tellRead(context.app, id, upTo);
    return { conversation: await conversationById(id, context) };
  },

  async markUnread(_, { conversationId }, context) {
    const { id } = await conversationById(conversationId, context);
    await markUnread(context.app.database.kysely, context.session.staff.id, id);
    return { conversation: await conversationById(id, context) };
  },

  async markAnswered(_, { conversationId, upToEntryId, answered }, context) {
    const { id } = await conversationById(conversationId, context);
    await markAnswered(context.app.database.kysely, id, entryNumber(upToEntryId), answered);
    return { conversation: await conversationById(id, context) };
  },
};

/** The conversation that an id stands for, as it is now. */
async function conversationById(id: string, { app, conversations }: PersonalContext): Promise<Conversation> {
  const current = await currentConversationId(app.database.kysely, id);
  conversations.clearAll();
  const conversation = current === undefined ? undefined : await conversations.load(current);
  if (!conversation) throw codedError('NOT_FOUND', 'There is no such conversation.', { field: 'conversationId' });
  return conversation;
}

function entryNumber(id: string): number {
  if (!/^\d{1,15}$/.test(id)) throw badInput('upToEntryId', 'This is no id of an entry.');
  return Number(id);
}

function sent(outcome: SendOutcome | 'NOT_CONFIGURED'): { entry: Entry } {
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
}

function notConfigured() {
  return codedError('WHATSAPP_NOT_CONFIGURED', 'WhatsApp is not configured: an admin has to set it up first.');
}

async function entryById(id: string, { entries }: PersonalContext): Promise<Entry> {
  entries.clearAll();
  const entry = /^\d{1,15}$/.test(id) ? await entries.load(Number(id)) : undefined;
  if (!entry) throw codedError('NOT_FOUND', 'There is no such entry.', { field: 'entryId' });
  return entry;
}
