import type { CommsDirection, CommsType, LiveEntryFragment } from '../operations.generated.ts';
import { belongs, customerCommsRule } from './comms-lists.ts';
import { compareIds, newestFirst } from './feed-order.ts';
import { isStandIn } from './stand-in.ts';

/** Whose log it is, and of which kind where not all of it is wanted. */
export type TimelineArgs = { customerId: string; type?: CommsType | undefined };

/** Where an entry stands, and beside whom, which never changes. The rest of it is in the cache. */
export type TimelineItem = {
  id: string;
  /** The same for what stands in for an entry and for the entry itself, so that nothing moves. */
  key: string;
  occurredAt: string;
  type: CommsType;
  direction: CommsDirection;
  authorId: string | undefined;
};

/** One customer's log, as far as it is loaded. */
export type Timeline = {
  /** Oldest first. */
  items: readonly TimelineItem[];
  /** The entry that was logged last. */
  newestId: string | undefined;
  /** The key of what was last written here. */
  ownNewest: string | undefined;
  hasOlder: boolean;
  endCursor: string | null;
  /** The feed position that its first page was read at. */
  position: string;
};

export type CommsPage = {
  nodes: readonly LiveEntryFragment[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  position: string;
};

/**
 * The logs of single customers, which grow long and change with each message: so they are kept by id and place alone,
 * beside the cache, and a change costs the same however much is loaded.
 */
export interface Timelines {
  read(args: TimelineArgs): Timeline | undefined;
  /** Keeps it while somebody looks at it; the last few stay for when they come back. */
  watch(args: TimelineArgs, listener: () => void): () => void;
  /** Takes a page that was read: the first in place of all that is there, another before it. */
  take(args: TimelineArgs, page: CommsPage, which: 'first' | 'older'): void;
  /** Puts each changed entry where it belongs now: in its place, or out. Doing it again changes nothing. */
  place(changed: readonly LiveEntryFragment[]): void;
  /** Takes an entry out that is no more. */
  remove(id: string): void;
  /** Every entry that is in one of them. */
  ids(): Iterable<string>;
  clear(): void;
}

type Kept = { args: TimelineArgs; timeline: Timeline | undefined; listeners: Set<() => void> };

const UNWATCHED = 4;
const LONGEST_UNWATCHED = 300;

export function createTimelines(onDropped: () => void): Timelines {
  /** Who was looked at last stands last. */
  const all = new Map<string, Kept>();
  const keyOf = ({ customerId, type }: TimelineArgs) => `${type ?? ''} ${customerId}`;

  function set(kept: Kept, timeline: Timeline | undefined) {
    if (kept.timeline === timeline) return;
    kept.timeline = timeline;
    for (const listener of kept.listeners) listener();
  }

  function dropUnwatched() {
    const unwatched = [...all.values()].filter(({ listeners }) => listeners.size === 0);
    const kept = unwatched
      .slice(-UNWATCHED)
      .filter(({ timeline }) => (timeline?.items.length ?? 0) < LONGEST_UNWATCHED);
    const dropped = unwatched.filter((one) => !kept.includes(one));
    for (const { args } of dropped) all.delete(keyOf(args));
    if (dropped.length > 0) onDropped();
  }

  return {
    read: (args) => all.get(keyOf(args))?.timeline,
    watch(args, listener) {
      const key = keyOf(args);
      const kept = all.get(key) ?? { args, timeline: undefined, listeners: new Set() };
      all.delete(key);
      all.set(key, kept);
      kept.listeners.add(listener);
      return () => {
        kept.listeners.delete(listener);
        dropUnwatched();
      };
    },
    take(args, page, which) {
      const kept = all.get(keyOf(args));
      if (!kept) return;
      const { timeline } = kept;
      if (which === 'older') set(kept, timeline && withOlder(timeline, page));
      else if (!timeline || timeline.position <= page.position) {
        set(kept, withFirst(timeline, page));
        if (timeline) onDropped();
      }
    },
    place(changed) {
      for (const kept of all.values()) if (kept.timeline) set(kept, withChanged(kept.timeline, changed, kept.args));
    },
    remove(id) {
      for (const kept of all.values()) {
        const { timeline } = kept;
        const items = timeline?.items.filter((item) => item.id !== id) ?? [];
        if (timeline && items.length < timeline.items.length) set(kept, { ...timeline, items });
      }
    },
    *ids() {
      for (const { timeline } of all.values()) for (const { id } of timeline?.items ?? []) yield id;
    },
    clear() {
      for (const kept of all.values()) set(kept, undefined);
    },
  };
}

function withFirst(before: Timeline | undefined, { nodes, pageInfo, position }: CommsPage): Timeline {
  const items = nodes.map(itemOf).reverse();
  return {
    items,
    newestId: items.reduce<string | undefined>((newest, { id }) => later(newest, id), undefined),
    ownNewest: before?.ownNewest,
    hasOlder: pageInfo.hasNextPage,
    endCursor: pageInfo.endCursor,
    position,
  };
}

function withOlder(timeline: Timeline, { nodes, pageInfo }: CommsPage): Timeline {
  const [oldest] = timeline.items;
  const older = nodes
    .filter((entry) => !oldest || newestFirst(entry, oldest) > 0)
    .map(itemOf)
    .reverse();
  return {
    ...timeline,
    items: [...older, ...timeline.items],
    newestId: older.reduce((newest, { id }) => later(newest, id), timeline.newestId),
    hasOlder: pageInfo.hasNextPage,
    endCursor: pageInfo.endCursor,
  };
}

function withChanged(timeline: Timeline, changed: readonly LiveEntryFragment[], args: TimelineArgs): Timeline {
  const rule = customerCommsRule({ customerId: args.customerId, type: args.type ?? null });
  let { newestId, ownNewest } = timeline;
  // One copy for all that changed.
  const items = [...timeline.items];
  let edited = false;
  const edit = (at: number, removed: number, ...added: TimelineItem[]) => {
    items.splice(at, removed, ...added);
    edited = true;
  };
  for (const entry of changed) {
    const place = placeOf(items, entry);
    const isThere = items[place]?.id === entry.id;
    // What is older than all that is loaded comes with its page.
    const belongsHere = belongs(entry, rule) && !(timeline.hasOlder && place === 0);
    if (isThere && !belongs(entry, rule)) edit(place, 1);
    if (isThere || !belongsHere) continue;
    if (entry.idempotencyKey) {
      const twin = items.findLastIndex(({ key }) => key === entry.idempotencyKey);
      if (twin >= 0 && isStandIn(entry.id)) continue;
      if (twin >= 0) edit(twin, 1);
    }
    const item = itemOf(entry);
    edit(placeOf(items, entry), 0, item);
    if (isStandIn(entry.id)) ownNewest = item.key;
    else newestId = later(newestId, entry.id);
  }
  return !edited ? timeline : { ...timeline, items, newestId, ownNewest };
}

/** Where an entry stands, or would. */
function placeOf(items: readonly TimelineItem[], entry: LiveEntryFragment): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (newestFirst(items[middle] as TimelineItem, entry) <= 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function itemOf({ id, occurredAt, type, direction, author, idempotencyKey }: LiveEntryFragment): TimelineItem {
  return { id, key: idempotencyKey ?? id, occurredAt, type, direction, authorId: author?.id };
}

const later = (newest: string | undefined, id: string) =>
  isStandIn(id) || (newest !== undefined && compareIds(newest, id) >= 0) ? newest : id;
