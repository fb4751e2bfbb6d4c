import { useEffect, useState } from 'react';
import type { LoadedTimeline } from './use-timeline.ts';

/** `looking`: it may be in what isn't loaded yet. `gone`: it is nowhere in this log. */
export type Hit = { id: string; state: 'looking' | 'found' | 'gone' | { failed: unknown } };

/** The entry that the address asks for: older ones are loaded until it is there. */
export function useHit(id: string | undefined, { timeline, loadOlder }: LoadedTimeline): Hit | undefined {
  const [failed, setFailed] = useState<unknown>();
  const found = id !== undefined && timeline?.items.some((item) => item.id === id);
  const mayCome = timeline === undefined || timeline.hasOlder;
  useEffect(() => {
    if (id === undefined || found || !timeline?.hasOlder) return;
    loadOlder(true).catch(setFailed);
  }, [id, found, timeline?.hasOlder, loadOlder]);
  if (id === undefined) return undefined;
  if (found) return { id, state: 'found' };
  return { id, state: failed !== undefined ? { failed } : mayCome ? 'looking' : 'gone' };
}
