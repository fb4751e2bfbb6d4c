import { countConversations } from '../comms/conversation-counts.ts';
import { currentConversationId, isUnknownSender, listConversations } from '../comms/conversations.ts';
import { listCustomers } from '../comms/customers.ts';
import { readHead } from '../comms/feed.ts';
import { listConversationEntries, listInbox, newestMatches } from '../comms/inbox.ts';
import { channelNow } from '../whatsapp/channel.ts';
import { connection, pageRequest } from './connection.ts';
import { codedError } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { QueryResolvers } from './schema.generated.ts';

export const Query: QueryResolvers<PersonalContext> = {
  me: (_, __, { session }) => session.staff,

  customer: async (_, { id }, { app, customers }) =>
    customers.load((isUnknownSender(id) && (await currentConversationId(app.database.kysely, id))) || id),

  customers: async (_, { search, ...page }, { app }) =>
    connection(await listCustomers(app.database.kysely, search, pageRequest(page))),

  async customerComms(_, { customerId, type, ...page }, { app }) {
    const request = pageRequest(page);
    const current = await currentConversationId(app.database.kysely, customerId);
    // From any number somebody may write one day.
    const id = current ?? (isUnknownSender(customerId) ? customerId : undefined);
    if (id === undefined) throw codedError('NOT_FOUND', 'There is no such customer.', { field: 'customerId' });
    const entries = await listConversationEntries(app.database.kysely, id, type, request);
    return { ...connection(entries), position: await app.feed.format(entries.position) };
  },

  async inbox(_, { filter, ...page }, { app, session }) {
    const entries = await listInbox(app.database.kysely, filter ?? {}, session.staff.id, pageRequest(page));
    return { ...connection(entries), position: await app.feed.format(entries.position) };
  },

  async conversations(_, { filter, ...page }, { app, session }) {
    const window = { businessNumberId: app.config.whatsapp.phoneNumberId };
    const request = pageRequest(page);
    const found = await listConversations(app.database.kysely, filter ?? {}, session.staff.id, window, request);
    const ids = found.rows.map(({ row }) => row.id);
    const matches = await newestMatches(app.database.kysely, filter?.search ?? '', ids);
    const { edges, ...rest } = connection(found);
    return {
      ...rest,
      edges: edges.map((edge) => ({
        ...edge,
        match: matches.find((entry) => entry.conversationId === edge.node.id) ?? null,
      })),
      position: await app.feed.format(found.position),
    };
  },

  conversationCounts: (_, __, { app, session }) => countConversations(app.database.kysely, session.staff.id),

  async conversation(_, { id }, { app, conversations }) {
    const current = await currentConversationId(app.database.kysely, id);
    return current === undefined ? null : conversations.load(current);
  },

  async feedPosition(_, __, { app }) {
    return app.feed.format((await readHead(app.database.kysely)).position);
  },

  async feedPositions(_, __, { app }) {
    const head = await readHead(app.database.kysely);
    const [commsLogged, inboxChanged] = await Promise.all([
      app.feed.format(head.commsPosition),
      app.feed.format(head.inboxPosition),
    ]);
    return { commsLogged, inboxChanged };
  },

  channel: (_, __, { app }) => channelNow(app),
};
