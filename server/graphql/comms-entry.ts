import { failureOf } from '../whatsapp/send-errors.ts';
import type { CommsEntryResolvers, EntryReferenceResolvers, ReactionResolvers } from './schema.generated.ts';

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
  refersTo: (entry) => (entry.referenceKind === null ? null : entry),
  reactions: ({ annotations }) => annotations?.reactions ?? [],
  edited: ({ annotations }) =>
    annotations?.edited ? { body: annotations.edited.body, editedAt: new Date(annotations.edited.at) } : null,
  discarded: async ({ discardedAt, discardedBy }, _, { staff }) =>
    discardedAt && { at: discardedAt, by: discardedBy === null ? null : ((await staff.load(discardedBy)) ?? null) },
  deletedAt: ({ annotations }) => (annotations?.deletedAt === undefined ? null : new Date(annotations.deletedAt)),
};

/** Of the entry that refers. */
export const EntryReference: EntryReferenceResolvers = {
  kind: ({ referenceKind }) => referenceKind ?? 'REPLY',
  extMessageId: ({ referenceId }) => referenceId ?? '',
  // Somebody else's message is nobody's business here, whoever names its id.
  entry: async ({ referenceId, conversationId }, _, { messages }) => {
    const meant = await messages.load(referenceId ?? '');
    return meant?.conversationId === conversationId ? meant : null;
  },
  emoji: ({ referenceKind, referenceText }) => (referenceKind === 'REACTION' ? referenceText : null),
};

export const Reaction: ReactionResolvers = {
  by: async ({ by }, _, { staff }) => (by === undefined ? null : ((await staff.load(by)) ?? null)),
  reactedAt: ({ at }) => new Date(at),
};
