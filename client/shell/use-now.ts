import { useSyncExternalStore } from 'react';
import { serverNow } from './server-clock.ts';

const TICK_MS = 30_000;
const FINE_TICK_MS = 1_000;

const coarse = new Set<() => void>();
const fine = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

/** One clock, the server's, for everything on the page that counts down; each second where that matters. */
export function useNow({ everySecond }: { everySecond: boolean }): number {
  return useSyncExternalStore(everySecond ? watchFine : watchCoarse, () => now);
}

const watchCoarse = (onTick: () => void) => watch(coarse, onTick);
const watchFine = (onTick: () => void) => watch(fine, onTick);

function watch(watchers: Set<() => void>, onTick: () => void): () => void {
  if (coarse.size + fine.size === 0) now = serverNow();
  watchers.add(onTick);
  setPace();
  return () => {
    watchers.delete(onTick);
    setPace();
  };
}

function setPace() {
  clearInterval(ticking);
  ticking = undefined;
  if (coarse.size + fine.size > 0) ticking = setInterval(tick, fine.size > 0 ? FINE_TICK_MS : TICK_MS);
}

/** Where something new is counted from. */
export function tick() {
  now = serverNow();
  for (const onTick of [...coarse, ...fine]) onTick();
}
