import { type Cache, gql, InMemoryCache, type OperationVariables, type Reference } from '@apollo/client';
import type { CommsType, InboxFilter } from '../operations.generated.ts';
import { customerCommsRule, inboxRule, pagePolicy } from './comms-lists.ts';
import type { FeedLog } from './feed-log.ts';
import { joinFirstPage, joinNextPage, type Paged } from './pages.ts';

/**
 * The one way into the cache, for lists, answers and events alike: of two copies of a thing the one with the higher
 * `revision` stays, whichever came last.
 */
export class LiveCache extends InMemoryCache {
  constructor(log: FeedLog) {
    super({
      typePolicies: {
        Query: {
          fields: {
            inbox: pagePolicy(log, ['filter'], (args) => inboxRule(args.filter as InboxFilter | undefined)),
            customerComms: pagePolicy(log, ['customerId', 'type'], (args) =>
              customerCommsRule(args as { customerId: string; type?: CommsType }),
            ),
            customers: {
              keyArgs: ['search'],
              merge: (existing: Paged | undefined, incoming: Paged, { args }) =>
                args?.after && existing ? joinNextPage(existing, incoming) : joinFirstPage(existing, incoming),
            },
          },
        },
      },
    });
  }

  override write<TData = unknown, TVariables extends OperationVariables = OperationVariables>(
    options: Cache.WriteOptions<TData, TVariables>,
  ): Reference | undefined {
    const copies = revisionedObjects(options.result);
    const overtaken = copies.filter((copy) => (this.#stored(copy)?.revision ?? 0) > copy.revision);
    const reads = copies.flatMap((copy) => this.#readCounts(copy));
    if (overtaken.length === 0 && reads.length === 0) return super.write(options);

    const before = overtaken.length > 0 ? this.extract() : {};
    return this.batch({
      update: () => {
        const written = super.write(options);
        for (const copy of overtaken) this.#putBack(idOf(copy), before[idOf(copy)] ?? {});
        for (const { id, readCount } of reads) this.setReadCount(id, readCount);
        return written;
      },
    });
  }

  /** How many of a conversation's inbound entries the reader has read; the rest is unread. */
  setReadCount(conversationId: string, readCount: number): void {
    this.modify<{ unreadCount: number }>({
      id: `Conversation:${conversationId}`,
      fields: {
        unreadCount: (_, { readField }) =>
          Math.max(
            0,
            (readField<number>('inboundCount', { __ref: `Conversation:${conversationId}` }) ?? 0) - readCount,
          ),
      },
    });
  }

  readCount(conversationId: string): number | undefined {
    const stored = this.#stored({ __typename: 'Conversation', id: conversationId, revision: 0 });
    if (stored?.inboundCount === undefined || stored.unreadCount === undefined) return undefined;
    return stored.inboundCount - stored.unreadCount;
  }

  #putBack(id: string, newer: Record<string, unknown>): void {
    this.modify({ id, fields: (value, { storeFieldName }) => (newer[storeFieldName] as typeof value) ?? value });
  }

  /** Read marks never move back, and the shared part of a conversation knows nothing of them. */
  #readCounts(copy: Revisioned): { id: string; readCount: number }[] {
    if (copy.__typename !== 'Conversation') return [];
    const stored = this.readCount(copy.id);
    const told = copy.unreadCount === undefined ? undefined : (copy.inboundCount ?? 0) - copy.unreadCount;
    if (stored === undefined) return [];
    return [{ id: copy.id, readCount: Math.max(stored, told ?? 0) }];
  }

  #stored(copy: Revisioned): Partial<Revisioned> | null {
    return this.readFragment<Partial<Revisioned>>({
      id: idOf(copy),
      fragment: STORED[copy.__typename],
      returnPartialData: true,
    }) as Partial<Revisioned> | null;
  }
}

type Revisioned = {
  __typename: keyof typeof STORED;
  id: string;
  revision: number;
  inboundCount?: number;
  unreadCount?: number;
};

const STORED = {
  CommsEntry: gql`fragment StoredEntry on CommsEntry { revision }`,
  Customer: gql`fragment StoredCustomer on Customer { revision }`,
  Conversation: gql`fragment StoredConversation on Conversation { revision inboundCount unreadCount }`,
};

const idOf = (copy: Revisioned) => `${copy.__typename}:${copy.id}`;

function revisionedObjects(value: unknown, found: Revisioned[] = []): Revisioned[] {
  if (Array.isArray(value)) for (const item of value) revisionedObjects(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('__typename' in value && typeof value.__typename === 'string' && value.__typename in STORED) {
      if (!('revision' in value)) throw new Error(`A ${value.__typename} was asked for without its revision`);
      found.push(value as Revisioned);
    }
    for (const child of Object.values(value)) revisionedObjects(child, found);
  }
  return found;
}
