import { makeVar, type ReactiveVar } from '@apollo/client';
import type { FollowCommsSubscription, LiveEntryFragment } from '../operations.generated.ts';
import { isStandIn } from './stand-in.ts';

export type CommsStep = Omit<FollowCommsSubscription['commsLogged'], 'entry'> & { entry: LiveEntryFragment };

/**
 * The last steps of commsLogged that were applied. An answer of a query was read at a position; with the steps after
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
  /** Called when an answer is older than the log reaches back. */
  onGap(listener: (position: string) => void): void;
  /** Counts an entry that was sent from here among the newer ones, until the feed tells the one with its key. */
  hold(entry: LiveEntryFragment): void;
  /** No longer: it isn't sent after all, or the server has it. */
  release(key: string): void;
  /** The server has told an entry with this key, in whatever answer. */
  told(key: string): void;
  onTold(listener: (key: string) => void): () => void;
}

const REMEMBERED = 2_000;

export function createFeedLog(): FeedLog {
  const steps = makeVar<readonly CommsStep[]>([]);
  let start: string | undefined;
  let reportGap = (_position: string) => {};
  const held = new Map<string, LiveEntryFragment>();
  const toldListeners = new Set<(key: string) => void>();

  function reachesBackTo(position: string) {
    return start !== undefined && position >= start;
  }

  return {
    steps,
    begin(position) {
      start = position;
      steps([]);
    },
    forget() {
      start = undefined;
      steps([]);
      for (const [key, entry] of held) if (!isStandIn(entry.id)) held.delete(key);
    },
    reachesBackTo,
    add(added) {
      for (const { entry } of added) if (entry.idempotencyKey) held.delete(entry.idempotencyKey);
      const all = [...steps(), ...added];
      const dropped = all.splice(0, Math.max(0, all.length - REMEMBERED)).at(-1);
      if (dropped) start = dropped.position;
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
    onGap(listener) {
      reportGap = listener;
    },
    hold(entry) {
      const told = steps().some((step) => step.entry.id === entry.id);
      if (entry.idempotencyKey && !told) held.set(entry.idempotencyKey, entry);
    },
    release: (key) => void held.delete(key),
    told(key) {
      const entry = held.get(key);
      if (entry && isStandIn(entry.id)) held.delete(key);
      for (const listener of toldListeners) listener(key);
    },
    onTold(listener) {
      toldListeners.add(listener);
      return () => void toldListeners.delete(listener);
    },
  };
}
