import { useApolloClient } from '@apollo/client/react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { newestFirst } from '../live/feed-order.ts';
import { useLive } from '../live/live-context.ts';
import { loadComms } from '../live/load-comms.ts';
import type { Timeline } from '../live/timelines.ts';
import type { CommsType } from '../operations.generated.ts';

const PAGE = 50;
const FASTEST_PAGE = 200;

export type LoadedTimeline = {
  timeline: Timeline | undefined;
  /** What is there still is what the conversation was before it became another. */
  movingOn: boolean;
  error: unknown;
  /** Reads what is newest again, and lets go of the rest. */
  restart(): Promise<void>;
  /** In a hurry it takes as much at once as there is. */
  loadOlder(hurry?: boolean): Promise<void>;
};

/**
 * One customer's log, kept up to date by the feed from the first page on. Where a conversation becomes another, what was
 * there stays until the new log is read as far back, so that nobody loses their place.
 */
export function useTimeline(customerId: string, type: CommsType | undefined): LoadedTimeline {
  const { found, ...loaded } = useInTimeline(customerId, type, all);
  const shown = useRef<Timeline>(undefined);
  const [before, setBefore] = useState<{ customerId: string; timeline?: Timeline | undefined }>({ customerId });
  if (before.customerId !== customerId) setBefore({ customerId, timeline: shown.current });
  else if (before.timeline && found && reachesBack(found, before.timeline)) setBefore({ customerId });

  const movingOn = before.timeline !== undefined;
  const newest = before.timeline ?? found;
  // What comes is drawn in slices, between which a letter that is typed comes first; what was taken out goes at once.
  const drawn = useDeferredValue(newest);
  const timeline = drawn && drawn.lineage !== newest?.lineage ? newest : drawn;
  useEffect(() => {
    shown.current = timeline;
  });
  const { loadOlder } = loaded;
  const hasOlder = found?.hasOlder;
  useEffect(() => {
    if (movingOn && hasOlder) void loadOlder(true).catch(() => setBefore({ customerId }));
  }, [movingOn, hasOlder, loadOlder, customerId]);
  return { timeline, movingOn, ...loaded };
}

const all = (timeline: Timeline) => timeline;

function reachesBack({ items, hasOlder }: Timeline, before: Timeline): boolean {
  const [oldest] = items;
  const [wanted] = before.items;
  return !hasOlder || !oldest || !wanted || newestFirst(oldest, wanted) >= 0;
}

/**
 * What is to be known of one customer's log. Who asks for less than all of it is not drawn again for each message: only
 * when what `find` returns is another than before.
 */
export function useInTimeline<Found>(
  customerId: string,
  type: CommsType | undefined,
  find: (timeline: Timeline) => Found,
  { wanted = true } = {},
): Omit<LoadedTimeline, 'timeline' | 'movingOn'> & { found: Found | undefined } {
  const client = useApolloClient();
  const { cache, log } = useLive();
  const args = useMemo(() => ({ customerId, type }), [customerId, type]);
  const [error, setError] = useState<unknown>();
  const watch = useCallback(
    (listener: () => void) => (wanted ? cache.timelines.watch(args, listener) : () => {}),
    [cache, args, wanted],
  );
  const read = () => (wanted ? cache.timelines.read(args) : undefined);
  const found = useSyncExternalStore(watch, () => {
    const timeline = read();
    return timeline && find(timeline);
  });

  const restart = useCallback(async () => {
    setError(undefined);
    try {
      await loadComms({ client, cache, log }, args, { first: PAGE });
    } catch (failed) {
      setError(failed);
    }
  }, [client, cache, log, args]);

  const missing = wanted && read() === undefined;
  useEffect(() => {
    if (missing) void restart();
  }, [missing, restart]);

  const loaded = read();
  const after = loaded?.hasOlder ? loaded.endCursor : null;
  const loadOlder = useCallback(
    async (hurry = false) => {
      // Who sees what is drawn doesn't know yet that nothing is left; after nothing comes the first page.
      if (after !== null) await loadComms({ client, cache, log }, args, { first: hurry ? FASTEST_PAGE : PAGE, after });
    },
    [client, cache, log, args, after],
  );
  return { found, error, restart, loadOlder };
}
