import { type Cache, InMemoryCache, type OperationVariables, type Reference } from '@apollo/client';
import type { InboxFilter, LiveEntryFragment } from '../operations.generated.ts';
import { inboxRule, pagePolicy } from './comms-lists.ts';
import { conversationsPolicy } from './conversation-lists.ts';
import type { FeedLog } from './feed-log.ts';
import { LIVE_ENTRY } from './live-documents.ts';
import { joinFirstPage, joinNextPage, type Paged } from './pages.ts';
import { isStandIn } from './stand-in.ts';
import { type CommsPage, createTimelines, type TimelineArgs, type Timelines } from './timelines.ts';
import { unheldEntries } from './unheld-entries.ts';

/** Once what was left is gone from the screen, and what came in its place is there. */
const LET_GO_AFTER_MS = 2_000;
const LET_GO_AT_ONCE = 50;
const LET_GO_PAUSE_MS = 50;
const FORGET_AFTER = 1_000;
const QUIET_MS = 1_000;

/**
 * The one way into the cache, for lists, answers and events alike: of two copies of a thing the one with the higher
 * `revision` stays, whichever came last.
 */
export class LiveCache extends InMemoryCache {
  readonly #log: FeedLog;
  readonly timelines: Timelines = createTimelines(() => this.#letGoSoon());
  #lettingGo: ReturnType<typeof setTimeout> | undefined;
  /** Entries that nothing held when all was last looked through, and that weren't written since: what comes anew is. */
  #unheld = new Set<string>();
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  /** Entries that were written or let go of since. */
  #changed = 0;

  constructor(log: FeedLog) {
    super({
      typePolicies: {
        Query: {
          fields: {
            inbox: pagePolicy(log, ['filter'], (args) => inboxRule(args.filter as InboxFilter | undefined)),
            conversations: conversationsPolicy(log),
            // One of a list is there without asking.
            conversation: (existing: Reference | null | undefined, { args, toReference, canRead }) => {
              if (existing !== undefined) return existing;
              const listed = toReference({ __typename: 'Conversation', id: args?.id as string });
              return canRead(listed) ? listed : undefined;
            },
            customers: {
              keyArgs: ['search'],
              merge: (existing: Paged | undefined, incoming: Paged, { args }) =>
                args?.after && existing ? joinNextPage(existing, incoming) : joinFirstPage(existing, incoming),
            },
          },
        },
        Conversation: { fields: { linked: { merge: false } } },
      },
    });
    this.#log = log;
  }

  override write<TData = unknown, TVariables extends OperationVariables = OperationVariables>(
    options: Cache.WriteOptions<TData, TVariables>,
  ): Reference | undefined {
    const copies = revisionedObjects(options.result);
    for (const copy of copies) {
      const { idempotencyKey, id } = copy;
      if (idempotencyKey && !isStandIn(id)) this.#log.told(idempotencyKey, id);
      this.#unheld.delete(idOf(copy));
    }
    const overtaken = copies.filter((copy) => this.isOvertaken(copy));
    const marks = copies.map((copy) => this.#laterMark(copy)).filter((mark) => mark !== undefined);
    if (overtaken.length === 0 && marks.length === 0) return super.write(options);

    const before = overtaken.length > 0 ? this.extract() : {};
    return this.batch({
      update: () => {
        const written = super.write(options);
        for (const copy of overtaken) this.#putBack(idOf(copy), before[idOf(copy)] ?? {});
        for (const mark of marks) this.setReadMark(mark);
        return written;
      },
    });
  }

  /** A page of a customer's log that was read, brought up to date with what has changed since. */
  takeComms(
    args: TimelineArgs,
    page: CommsPage,
    which: 'first' | 'older',
    changed: readonly LiveEntryFragment[],
  ): void {
    // The id is an alias: what it stands for now has a log of its own.
    if (page.nodes.some(({ customerId }) => customerId !== args.customerId)) return;
    this.batch({
      update: () => {
        const since = changed.filter(({ customerId }) => customerId === args.customerId);
        for (const entry of [...page.nodes, ...since]) this.writeEntry(entry);
        this.timelines.take(args, page, which);
        this.timelines.place(changed);
      },
    });
  }

  writeEntry(entry: LiveEntryFragment): void {
    this.writeFragment({ id: `CommsEntry:${entry.id}`, fragment: LIVE_ENTRY, data: entry });
    this.#forgetReadsOnceQuiet();
  }

  override evict(options: Cache.EvictOptions): boolean {
    const [type, entryId] = options.id?.split(/:(.*)/s) ?? [];
    if (type === 'CommsEntry' && entryId && !options.fieldName) this.timelines.remove(entryId);
    return super.evict(options);
  }

  override reset(options?: Cache.ResetOptions): Promise<void> {
    this.timelines.clear();
    return super.reset(options);
  }

  /**
   * Lets go of entries that no list and no timeline holds any more, a few at a time, each takes some time to forget; to
   * look through all that is there takes longest, and is done once for many.
   */
  #letGoSoon(inMs = LET_GO_AFTER_MS): void {
    this.#lettingGo ??= setTimeout(() => {
      this.#lettingGo = undefined;
      if (this.#unheld.size === 0) this.#unheld = new Set(unheldEntries(this.extract(), this.timelines.ids()));
      const some = [...this.#unheld].slice(0, LET_GO_AT_ONCE);
      for (const id of some) {
        this.#unheld.delete(id);
        super.evict({ id, broadcast: false });
        // Each time that it was written counts as a reason to keep its id.
        while (this.release(id) > 0);
        this.#forgetReadsOnceQuiet();
      }
      if (some.length > 0) this.#letGoSoon(LET_GO_PAUSE_MS);
    }, inMs);
  }

  /**
   * The cache keeps what it knows of each read for good, also of what is gone: all of that can only be forgotten at
   * once. Once nothing more comes, as what is on the screen is read anew then: at once, so that the next event finds it.
   */
  #forgetReadsOnceQuiet(): void {
    this.#changed += 1;
    if (this.#changed < FORGET_AFTER) return;
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => {
      this.#changed = 0;
      // biome-ignore lint/complexity/useLiteralKeys: it is private, and `gc` would let go of what is only read by its id
      this['resetResultCache']();
      this.broadcastWatches();
    }, QUIET_MS);
  }

  /** Whether a newer copy of it came before this one. */
  isOvertaken(copy: Revisioned): boolean {
    return (this.#stored(copy).revision ?? 0) > copy.revision;
  }

  /** How far the reader has read a conversation, where that is known. */
  readMark(conversationId: string): ReadMark | undefined {
    const stored = this.#stored({ __typename: 'Conversation', id: conversationId, revision: 0 });
    return markOf({ ...stored, id: conversationId });
  }

  /** What isn't read of the inbound entries is unread. An older mark than there is changes nothing. */
  setReadMark({ conversationId, revision, readCount, upToEntryId }: ReadMark): void {
    const id = `Conversation:${conversationId}`;
    if ((this.readMark(conversationId)?.revision ?? 0) > revision) return;
    this.modify<{ unreadCount: number; readUpToEntryId: string | null; readRevision: number }>({
      id,
      fields: {
        unreadCount: (_, { readField }) =>
          Math.max(0, (readField<number>('inboundCount', { __ref: id }) ?? 0) - readCount),
        readUpToEntryId: () => upToEntryId,
        readRevision: () => revision,
      },
    });
  }

  #putBack(id: string, newer: Record<string, unknown>): void {
    this.modify({
      id,
      fields: (value, { storeFieldName }) =>
        storeFieldName in newer ? (newer[storeFieldName] as typeof value) : value,
    });
  }

  /** A conversation's revision knows nothing of the reader's mark, which has its own. */
  #laterMark(copy: Revisioned): ReadMark | undefined {
    if (copy.__typename !== 'Conversation') return undefined;
    const stored = this.readMark(copy.id);
    const told = markOf(copy);
    return stored && told && told.revision >= stored.revision ? told : stored;
  }

  /** Field by field: of a fragment that is read the cache would remember the answer, of each thing that ever changed. */
  #stored(copy: Revisioned): Partial<Revisioned> {
    // biome-ignore lint/complexity/useLiteralKeys: it is private, and all other ways to read remember something
    const data = this['data'];
    return Object.fromEntries(STORED[copy.__typename].map((name) => [name, data.get(idOf(copy), name)]));
  }
}

type ReadMark = { conversationId: string; revision: number; readCount: number; upToEntryId: string | null };

type Revisioned = {
  __typename: keyof typeof STORED;
  id: string;
  revision: number;
  idempotencyKey?: string | null;
  inboundCount?: number;
  unreadCount?: number;
  readUpToEntryId?: string | null;
  readRevision?: number;
};

const STORED: Record<'CommsEntry' | 'Customer' | 'Conversation', readonly string[]> = {
  CommsEntry: ['revision'],
  Customer: ['revision'],
  Conversation: ['revision', 'inboundCount', 'unreadCount', 'readUpToEntryId', 'readRevision'],
};

const idOf = (copy: Revisioned) => `${copy.__typename}:${copy.id}`;

function markOf({ id, inboundCount, unreadCount, readUpToEntryId, readRevision }: Partial<Revisioned>) {
  if (id === undefined || inboundCount === undefined || unreadCount === undefined) return undefined;
  if (readRevision === undefined) return undefined;
  const mark: ReadMark = {
    conversationId: id,
    revision: readRevision,
    readCount: inboundCount - unreadCount,
    upToEntryId: readUpToEntryId ?? null,
  };
  return mark;
}

function revisionedObjects(value: unknown, found: Revisioned[] = []): Revisioned[] {
  if (Array.isArray(value)) for (const item of value) revisionedObjects(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('__typename' in value && typeof value.__typename === 'string' && value.__typename in STORED) {
      if (!('revision' in value)) throw new Error(`A ${value.__typename} was asked for without its revision`);
      if ('unreadCount' in value && !('inboundCount' in value && 'readRevision' in value)) {
        throw new Error('How much is unread was asked for without the read mark that it goes by');
      }
      found.push(value as Revisioned);
    }
    for (const child of Object.values(value)) revisionedObjects(child, found);
  }
  return found;
}
