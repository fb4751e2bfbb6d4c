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
  /** It tells of a change of another, which parts what stands around it. */
  isChange: boolean;
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
  /** The same for as long as nothing is taken out of it. */
  lineage: symbol;
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
  /**
   * Puts each changed entry where it belongs now: in its place, or out. Doing it again changes nothing. What was given
   * to another conversation by a step of the feed stays until all that is part of it is told, and leaves at once.
   */
  place(changed: readonly LiveEntryFragment[], position?: string): void;
  /** All up to this position is told. */
  takeOut(position: string): void;
  /** All of it was given to another conversation: it stays as it is for who looks at it, until the page goes there. */
  end(customerId: string): void;
  /** There is a conversation of this id again: what is left of the one before is read anew. */
  begin(customerId: string): void;
  /** Takes an entry out that is no more. */
  remove(id: string): void;
  /** Every entry that is in one of them. */
  ids(): Iterable<string>;
  clear(): void;
}

type Kept = {
  args: TimelineArgs;
  timeline: Timeline | undefined;
  listeners: Set<() => void>;
  /** What leaves it, once all that goes with it is told. */
  leaving: Set<string>;
  ended: boolean;
};

const UNWATCHED = 4;
const LONGEST_UNWATCHED = 300;

export function createTimelines(onDropped: () => void): Timelines {
  /** Who was looked at last stands last. */
  const all = new Map<string, Kept>();
  let leavesAfter = '';
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
      .filter(({ timeline, ended }) => !ended && (timeline?.items.length ?? 0) < LONGEST_UNWATCHED);
    const dropped = unwatched.filter((one) => !kept.includes(one));
    for (const { args } of dropped) all.delete(keyOf(args));
    if (dropped.length > 0) onDropped();
  }

  return {
    read: (args) => all.get(keyOf(args))?.timeline,
    watch(args, listener) {
      const key = keyOf(args);
      const kept = all.get(key) ?? {
        args,
        timeline: undefined,
        listeners: new Set(),
        leaving: new Set(),
        ended: false,
      };
      all.delete(key);
      all.set(key, kept);
      kept.listeners.add(listener);
      return () => {
        kept.listeners.delete(listener);
        // Somebody else may begin to watch it in this moment.
        queueMicrotask(dropUnwatched);
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
    place(changed, position) {
      for (const kept of all.values()) {
        if (!kept.timeline) continue;
        const { timeline, left } = withChanged(kept.timeline, changed, kept.args);
        for (const { id } of changed) kept.leaving.delete(id);
        if (left.length > 0 && position !== undefined) leavesAfter = position;
        set(kept, position === undefined ? without(timeline, left) : timeline);
        if (position !== undefined) for (const id of left) kept.leaving.add(id);
      }
    },
    takeOut(position) {
      if (position <= leavesAfter) return;
      for (const kept of all.values()) {
        if (kept.leaving.size === 0 || kept.ended) continue;
        set(kept, kept.timeline && without(kept.timeline, [...kept.leaving]));
        kept.leaving.clear();
      }
    },
    end(customerId) {
      for (const kept of all.values()) if (kept.args.customerId === customerId) kept.ended = true;
      dropUnwatched();
    },
    begin(customerId) {
      for (const kept of all.values()) {
        if (kept.args.customerId !== customerId || !kept.ended) continue;
        Object.assign(kept, { ended: false, leaving: new Set() });
        set(kept, undefined);
      }
    },
    remove(id) {
      for (const kept of all.values()) set(kept, kept.timeline && without(kept.timeline, [id]));
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
    lineage: before?.lineage ?? Symbol(),
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

type Changed = {
  timeline: Timeline;
  /** The ids of what belongs elsewhere now, which are still in it. */
  left: string[];
};

function withChanged(timeline: Timeline, changed: readonly LiveEntryFragment[], args: TimelineArgs): Changed {
  const rule = customerCommsRule({ customerId: args.customerId, type: args.type ?? null });
  let { newestId, ownNewest, lineage } = timeline;
  // One copy for all that changed.
  const items = [...timeline.items];
  let edited = false;
  const left: string[] = [];
  const edit = (at: number, removed: number, ...added: TimelineItem[]) => {
    items.splice(at, removed, ...added);
    if (removed > 0) lineage = Symbol();
    edited = true;
  };
  for (const entry of changed) {
    const place = placeOf(items, entry);
    const isThere = items[place]?.id === entry.id;
    // What is older than all that is loaded comes with its page.
    const belongsHere = belongs(entry, rule) && !(timeline.hasOlder && place === 0);
    if (isThere && !belongs(entry, rule)) left.push(entry.id);
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
  return { timeline: edited ? { ...timeline, items, newestId, ownNewest, lineage } : timeline, left };
}

function without(timeline: Timeline, ids: readonly string[]): Timeline {
  if (ids.length === 0) return timeline;
  const items = timeline.items.filter(({ id }) => !ids.includes(id));
  return items.length === timeline.items.length ? timeline : { ...timeline, items, lineage: Symbol() };
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

function itemOf(entry: LiveEntryFragment): TimelineItem {
  const { id, occurredAt, type, direction, author, idempotencyKey, refersTo } = entry;
  const isChange = refersTo !== null && refersTo.kind !== 'REPLY';
  return { id, key: idempotencyKey ?? id, occurredAt, type, direction, authorId: author?.id, isChange };
}

const later = (newest: string | undefined, id: string) =>
  isStandIn(id) || (newest !== undefined && compareIds(newest, id) >= 0) ? newest : id;
