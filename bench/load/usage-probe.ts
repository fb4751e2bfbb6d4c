import { setImmediate as turn } from 'node:timers/promises';

/**
 * Loaded into each program that is measured: tells what it has used, after a look for what it no longer needs, and
 * another for what the first one's finalizers let go of.
 */
export type Usage = {
  cpuSeconds: number;
  /** What the program's objects take, without what V8 keeps in reserve. */
  heldBytes: number;
  residentBytes: number;
};

process.on('message', async (message) => {
  if (message !== 'usage') return;
  globalThis.gc?.();
  await turn();
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const cpuSeconds = (user + system) / 1e6;
  process.send?.({ cpuSeconds, heldBytes: heapUsed + external, residentBytes: rss } satisfies Usage);
});
process.on('disconnect', () => process.exit());
// So that the program ends as it does without.
process.channel?.unref();
