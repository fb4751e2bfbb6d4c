import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLive } from '../live/live-context.ts';
import { loadComms } from '../live/load-comms.ts';
import type { Timeline } from '../live/timelines.ts';
import type { CommsType } from '../operations.generated.ts';

const PAGE = 50;
const FASTEST_PAGE = 200;

export type LoadedTimeline = {
  timeline: Timeline | undefined;
  error: unknown;
  /** Reads what is newest again, and lets go of the rest. */
  restart(): Promise<void>;
  /** In a hurry it takes as much at once as there is. */
  loadOlder(hurry?: boolean): Promise<void>;
};

/** One customer's log, kept up to date by the feed from the first page on. */
export function useTimeline(customerId: string, type: CommsType | undefined): LoadedTimeline {
  const { found: timeline, ...loaded } = useInTimeline(customerId, type, all);
  return { timeline, ...loaded };
}

const all = (timeline: Timeline) => timeline;

/**
 * What is to be known of one customer's log. Who asks for less than all of it is not drawn again for each message: only
 * when what `find` returns is another than before.
 */
export function useInTimeline<Found>(
  customerId: string,
  type: CommsType | undefined,
  find: (timeline: Timeline) => Found,
  { wanted = true } = {},
): Omit<LoadedTimeline, 'timeline'> & { found: Found | undefined } {
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

  const after = read()?.endCursor;
  const loadOlder = useCallback(
    (hurry = false) =>
      loadComms({ client, cache, log }, args, { first: hurry ? FASTEST_PAGE : PAGE, after: after ?? null }),
    [client, cache, log, args, after],
  );
  return { found, error, restart, loadOlder };
}
