/** A hidden page is given no frames; its title and its lists go on being right. */
const WITHOUT_FRAMES_MS = 200;
/** In a storm what came meanwhile is taken together: nobody reads faster, and who writes has the time in between. */
const PAUSE_MS = 50;

/** Runs `work` in the next frame, once for all the requests until then. */
export function everyFrame(work: () => void): { request(): void; cancel(): void } {
  let requested = false;
  let frame: number | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastRun = 0;

  function cancel() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(pause);
    clearTimeout(timer);
    requested = false;
  }

  function run() {
    cancel();
    lastRun = performance.now();
    work();
  }

  function waitForFrame() {
    frame = requestAnimationFrame(run);
  }

  return {
    request() {
      if (requested) return;
      requested = true;
      const rest = lastRun + PAUSE_MS - performance.now();
      if (rest > 0) pause = setTimeout(waitForFrame, rest);
      else waitForFrame();
      timer = setTimeout(run, WITHOUT_FRAMES_MS);
    },
    cancel,
  };
}
