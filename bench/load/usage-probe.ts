/** Loaded into each program that is measured: tells what it has used, after a look for what it no longer needs. */
export type Usage = { cpuSeconds: number; residentBytes: number };

process.on('message', (message) => {
  if (message !== 'usage') return;
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss() } satisfies Usage);
});
// So that the program ends as it does without.
process.channel?.unref();
