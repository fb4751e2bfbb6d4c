import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Who has asked nothing for so long sends requests elsewhere by now. */
const QUIET_MS = 1_000;
const LONGEST_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * For a stop that nobody feels. Whoever shares out the requests sees at /readyz that none should come here any more;
 * those that come all the same are answered as before, each with the end of its connection.
 */
export function followRequests(server: Server): { untilNobodyAsks(): Promise<void> } {
  let lastAsked = Number.NEGATIVE_INFINITY;
  let leaving = false;
  server.prependListener('request', (request, response) => {
    if (leaving) response.shouldKeepAlive = false;
    if (!isProbe(request)) lastAsked = performance.now();
  });
  return {
    async untilNobodyAsks() {
      leaving = true;
      const latest = performance.now() + LONGEST_MS;
      while (performance.now() < Math.min(latest, lastAsked + QUIET_MS)) await wait(LOOK_EVERY_MS);
    },
  };
}

function isProbe({ url }: IncomingMessage): boolean {
  return url === '/healthz' || url === '/readyz' || url === '/metrics';
}
