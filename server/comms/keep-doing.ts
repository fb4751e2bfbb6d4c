import { setTimeout as wait } from 'node:timers/promises';

/**
 * Does something over and over, each time after the pause (in ms) that it asked for. It never throws, and ends soon once
 * it is over; then the last of it is waited for.
 */
export function keepDoing(work: (over: AbortSignal) => Promise<number>): AsyncDisposable {
  const over = new AbortController();
  const doing = goOn(over.signal);
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await doing;
    },
  };

  async function goOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pause = await work(signal);
      await wait(pause, undefined, { signal }).catch(() => {
        // It is over.
      });
    }
  }
}
