import { conversationName } from '../comms/conversations.ts';
import type { PersonalContext } from './request-context.ts';
import type { ConversationResolvers, ConversationStateResolvers, LinkedSenderResolvers } from './schema.generated.ts';

/** What everybody sees alike of a conversation. */
export const ConversationState: ConversationStateResolvers = {
  customer: ({ customerId }, _, { customers }) => (customerId === null ? null : customers.load(customerId)),
  name: conversationName,
  lastEntry: ({ lastEntryId }, _, { entries }) => (lastEntryId === null ? null : entries.load(lastEntryId)),
  linked: ({ customerId }, _, { linkedSenders }) => (customerId === null ? [] : linkedSenders.load(customerId)),
};

export const LinkedSender: LinkedSenderResolvers = {
  linkedBy: ({ linkedBy }, _, { staff }) => (linkedBy === null ? null : staff.load(linkedBy)),
};

export const Conversation: ConversationResolvers<PersonalContext> = {
  ...(ConversationState as ConversationResolvers<PersonalContext>),
  unreadCount: async ({ id, inboundCount }, _, { readMarks }) =>
    Math.max(0, inboundCount - ((await readMarks.load(id))?.readCount ?? 0)),
  readUpToEntryId: async ({ id }, _, { readMarks }) => {
    const { upToEntryId = 0 } = (await readMarks.load(id)) ?? {};
    return upToEntryId > 0 ? String(upToEntryId) : null;
  },
  readRevision: async ({ id }, _, { readMarks }) => (await readMarks.load(id))?.revision ?? 0,
};
