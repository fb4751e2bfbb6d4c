import { makeVar, type ReactiveVar } from '@apollo/client';
import type {
  CommsType,
  FollowCommsSubscription,
  FollowInboxSubscription,
  LiveCustomerFragment,
  LiveEntryFragment,
} from '../operations.generated.ts';
import { isStandIn } from './stand-in.ts';

export type CommsStep = Omit<FollowCommsSubscription['commsLogged'], 'entry'> & { entry: LiveEntryFragment };

type InboxChanged = FollowInboxSubscription['inboxChanged'];

export type InboxStep = Omit<InboxChanged, 'customer' | 'conversation'> & {
  customer: LiveCustomerFragment | null;
  conversation:
    | (Omit<NonNullable<InboxChanged['conversation']>, 'lastEntry'> & { lastEntry: LiveEntryFragment | null })
    | null;
};

/**
 * The last steps of the feed that were applied. An answer of a query was read at a position; with the steps after
 * that it is brought up to date, however long it was on its way.
 */
export interface FeedLog {
  readonly steps: ReactiveVar<readonly CommsStep[]>;
  /** From here on the steps are complete; what was remembered is dropped. */
  begin(position: string): void;
  /** Nothing is known any more. */
  forget(): void;
  reachesBackTo(position: string): boolean;
  add(steps: readonly CommsStep[]): void;
  /** Each entry that changed after a position, as it was last seen. Where the log doesn't reach back that far, it asks for it. */
  entriesAfter(position: string): LiveEntryFragment[];
  /** Notes that a conversation changed: what it is now is in the cache. */
  touch(conversationId: string, position: string): void;
  /** Each conversation that changed after a position. Where the log doesn't reach back that far, it asks for it. */
  conversationsAfter(position: string): string[];
  /** Whether something of this type was lately logged in a conversation. */
  hasLogged(conversationId: string, type: CommsType): boolean;
  /** Called when an answer is older than the log reaches back. */
  onGap(listener: (position: string) => void): void;
  /** Counts an entry that was sent from here among the newer ones, until the feed tells the one with its key. */
  hold(entry: LiveEntryFragment): void;
  /** No longer: it isn't sent after all, or the server has it. */
  release(key: string): void;
  /** The server has told an entry with this key, in whatever answer, which is written next. */
  told(key: string, entryId: string): void;
  onTold(listener: (key: string, entryId: string) => void): () => void;
}

const REMEMBERED = 2_000;

export function createFeedLog(): FeedLog {
  const steps = makeVar<readonly CommsStep[]>([]);
  let start: string | undefined;
  let reportGap = (_position: string) => {};
  const held = new Map<string, LiveEntryFragment>();
  const toldListeners = new Set<(key: string, entryId: string) => void>();
  /** The last change of each, the one that is longest ago first. */
  const touched = new Map<string, string>();

  function reachesBackTo(position: string) {
    return start !== undefined && position >= start;
  }

  function dropUpTo(position: string | undefined) {
    if (position !== undefined && start !== undefined && position > start) start = position;
  }

  return {
    steps,
    begin(position) {
      start = position;
      steps([]);
      touched.clear();
    },
    forget() {
      start = undefined;
      steps([]);
      touched.clear();
      for (const [key, entry] of held) if (!isStandIn(entry.id)) held.delete(key);
    },
    reachesBackTo,
    add(added) {
      for (const { entry } of added) if (entry.idempotencyKey) held.delete(entry.idempotencyKey);
      const all = [...steps(), ...added];
      dropUpTo(all.splice(0, Math.max(0, all.length - REMEMBERED)).at(-1)?.position);
      steps(all);
    },
    entriesAfter(position) {
      if (!reachesBackTo(position)) reportGap(position);
      const newest = new Map<string, LiveEntryFragment>();
      for (const step of steps()) {
        const seen = newest.get(step.entry.id);
        if (step.position > position && !(seen && seen.revision > step.entry.revision)) {
          newest.set(step.entry.id, step.entry);
        }
      }
      return [...newest.values(), ...[...held.values()].filter((entry) => !newest.has(entry.id))];
    },
    touch(conversationId, position) {
      touched.delete(conversationId);
      touched.set(conversationId, position);
      const [oldest] = touched.size > REMEMBERED ? touched : [];
      if (!oldest) return;
      touched.delete(oldest[0]);
      dropUpTo(oldest[1]);
    },
    conversationsAfter(position) {
      if (!reachesBackTo(position)) reportGap(position);
      return [...touched].filter(([, changedAt]) => changedAt > position).map(([id]) => id);
    },
    hasLogged: (conversationId, type) =>
      steps().some(({ entry }) => entry.customerId === conversationId && entry.type === type),
    onGap(listener) {
      reportGap = listener;
    },
    hold(entry) {
      const told = steps().some((step) => step.entry.id === entry.id);
      if (entry.idempotencyKey && !told) held.set(entry.idempotencyKey, entry);
    },
    release: (key) => void held.delete(key),
    told(key, entryId) {
      const entry = held.get(key);
      if (entry && isStandIn(entry.id)) held.delete(key);
      for (const listener of toldListeners) listener(key, entryId);
    },
    onTold(listener) {
      toldListeners.add(listener);
      return () => void toldListeners.delete(listener);
    },
  };
}
