import type { CommsEntryResolvers } from './schema.generated.ts';

export const CommsEntry: CommsEntryResolvers = {
  id: (entry) => String(entry.id),
  customerId: (entry) => entry.conversationId,
  customer: async (entry, _, { customers }) =>
    entry.conversationId.startsWith('unknown:') ? null : ((await customers.load(entry.conversationId)) ?? null),
  author: async (entry, _, { staff }) =>
    entry.authorId === null ? null : ((await staff.load(entry.authorId)) ?? null),
};
