import { failureOf } from '../whatsapp/send-errors.ts';
import type { CommsEntryResolvers, EntryReferenceResolvers, ReactionResolvers } from './schema.generated.ts';

export const CommsEntry: CommsEntryResolvers = {
  id: (entry) => String(entry.id),
  customerId: (entry) => entry.conversationId,
  customer: ({ conversationId }, _, { customers }) =>
    conversationId.startsWith('unknown:') ? null : customers.load(conversationId),
  failure: failureOf,
  statusTimes: ({ sentAt, deliveredAt, readAt, failedAt }) => ({
    sent: sentAt,
    delivered: deliveredAt,
    read: readAt,
    failed: failedAt,
  }),
  author: ({ authorId }, _, { staff }) => (authorId === null ? null : staff.load(authorId)),
  refersTo: (entry) => (entry.referenceKind === null ? null : entry),
  reactions: ({ annotations }) => annotations?.reactions ?? [],
  edited: ({ annotations }) =>
    annotations?.edited ? { body: annotations.edited.body, editedAt: new Date(annotations.edited.at) } : null,
  discarded: async ({ discardedAt, discardedBy }, _, { staff }) =>
    discardedAt && { at: discardedAt, by: discardedBy === null ? null : await staff.load(discardedBy) },
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
  by: ({ by }, _, { staff }) => (by === undefined ? null : staff.load(by)),
  reactedAt: ({ at }) => new Date(at),
};
