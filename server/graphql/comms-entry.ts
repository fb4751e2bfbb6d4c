import { failureOf } from '../whatsapp/send-errors.ts';
import type { CommsEntryResolvers } from './schema.generated.ts';

export const CommsEntry: CommsEntryResolvers = {
  id: (entry) => String(entry.id),
  customerId: (entry) => entry.conversationId,
  customer: async (entry, _, { customers }) =>
    entry.conversationId.startsWith('unknown:') ? null : ((await customers.load(entry.conversationId)) ?? null),
  failure: failureOf,
  statusTimes: ({ sentAt, deliveredAt, readAt, failedAt }) => ({
    sent: sentAt,
    delivered: deliveredAt,
    read: readAt,
    failed: failedAt,
  }),
  author: async (entry, _, { staff }) =>
    entry.authorId === null ? null : ((await staff.load(entry.authorId)) ?? null),
};
