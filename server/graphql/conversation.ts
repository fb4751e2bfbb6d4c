import { conversationName } from '../comms/conversations.ts';
import type { PersonalContext } from './request-context.ts';
import type { ConversationResolvers, ConversationStateResolvers } from './schema.generated.ts';

/** What everybody sees alike of a conversation. */
export const ConversationState: ConversationStateResolvers = {
  customer: async ({ customerId }, _, { customers }) =>
    customerId === null ? null : ((await customers.load(customerId)) ?? null),
  name: conversationName,
  lastEntry: async ({ lastEntryId }, _, { entries }) =>
    lastEntryId === null ? null : ((await entries.load(lastEntryId)) ?? null),
};

export const Conversation: ConversationResolvers<PersonalContext> = {
  ...(ConversationState as ConversationResolvers<PersonalContext>),
  unreadCount: async ({ id, inboundCount }, _, { readMarks }) =>
    Math.max(0, inboundCount - ((await readMarks.load(id))?.readCount ?? 0)),
  readUpToEntryId: async ({ id }, _, { readMarks }) => (await readMarks.load(id))?.upToEntryId.toString() ?? null,
};
