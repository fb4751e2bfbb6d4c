import { useSyncExternalStore } from 'react';

const TICK_MS = 30_000;

const watchers = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/** One clock for everything on the page that counts down. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now);
}

function watch(onTick: () => void): () => void {
  watchers.add(onTick);
  ticking ??= setInterval(tick, TICK_MS);
  if (watchers.size === 1) tick();
  return () => {
    watchers.delete(onTick);
    if (watchers.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

function tick() {
  now = Date.now();
  for (const onTick of watchers) onTick();
}
