import { type Client, createClient } from 'graphql-ws';
import { isSignedOut } from '../session/signed-out.ts';

/** What a socket that nobody answers on is given, before it is taken for dead. */
const PONG_WAIT_MS = 4_000;
const KEEP_ALIVE_MS = 10_000;
const LONGEST_WAIT_MS = 8_000;
/** The browser says when the network is back, and is sometimes wrong. */
const WITHOUT_NETWORK_MS = 30_000;

type Listeners = { onConnected(): void; onClosed(): void };

/** One socket that comes back for ever: by itself with a growing, random wait; at once when the network or the reader is back. */
export function openFeedSocket({ onConnected, onClosed }: Listeners): Client & { close(): void } {
  let wake = () => {};
  let pulse: { beat(): void } | undefined;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;

  const client = createClient({
    url: () =>
      Object.assign(new URL('/graphql', location.href), { protocol: location.protocol.replace('http', 'ws') }).href,
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: KEEP_ALIVE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (reason) => !isSignedOut(reason),
    retryWait: async (retries) => {
      const longest = navigator.onLine ? Math.min(LONGEST_WAIT_MS, 250 * 2 ** retries) : WITHOUT_NETWORK_MS;
      const wait = longest * (0.5 + Math.random() / 2);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    on: {
      connected: (socket) => {
        pulse = {
          beat() {
            (socket as WebSocket).send(JSON.stringify({ type: 'ping' }));
            awaitPong();
          },
        };
        onConnected();
      },
      ping: (received) => {
        if (!received) awaitPong();
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => {
        pulse = undefined;
        clearTimeout(pongTimer);
        onClosed();
      },
    },
  });

  function awaitPong() {
    clearTimeout(pongTimer);
    pongTimer = setTimeout(() => client.terminate(), PONG_WAIT_MS);
  }

  function lookAgain() {
    wake();
    pulse?.beat();
  }

  function lookAgainIfSeen() {
    if (document.visibilityState === 'visible') lookAgain();
  }

  function lostNetwork() {
    client.terminate();
  }

  addEventListener('online', lookAgain);
  addEventListener('offline', lostNetwork);
  document.addEventListener('visibilitychange', lookAgainIfSeen);

  return {
    ...client,
    close() {
      removeEventListener('online', lookAgain);
      removeEventListener('offline', lostNetwork);
      document.removeEventListener('visibilitychange', lookAgainIfSeen);
      clearTimeout(pongTimer);
      wake();
      Promise.resolve(client.dispose()).catch(() => {
        // It waits for a connection that is under way, to close it: one that doesn't come about is closed as it is.
      });
    },
  };
}
