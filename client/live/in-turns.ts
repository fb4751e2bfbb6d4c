/** In a storm what came meanwhile is taken together: nobody reads faster, and who writes has the time in between. */
const PAUSE_MS = 100;
/** So that the page is drawn in between. */
const FRAME_MS = 16;

/**
 * Runs `work` once for all the requests until then, at once or a pause after the last time, and again, with the page
 * drawn in between, until it says that it is done.
 */
export function inTurns(work: () => 'done' | 'more'): { request(): void; cancel(): void } {
  let turn: ReturnType<typeof setTimeout> | undefined;
  let lastRun = Number.NEGATIVE_INFINITY;

  function run() {
    turn = undefined;
    lastRun = performance.now();
    if (work() === 'more') request(FRAME_MS);
  }

  function request(pauseMs = PAUSE_MS) {
    turn ??= setTimeout(run, Math.max(0, lastRun + pauseMs - performance.now()));
  }

  return {
    request: () => request(),
    cancel() {
      clearTimeout(turn);
      turn = undefined;
    },
  };
}
