/** A hidden page is given no frames; its title and its lists go on being right. */
const WITHOUT_FRAMES_MS = 200;
/** In a storm what came meanwhile is taken together: nobody reads faster, and who writes has the time in between. */
const PAUSE_MS = 100;

/** Runs `work` in the next frame, once for all the requests until then, and in frame after frame until it says that it is done. */
export function everyFrame(work: () => 'done' | 'more'): { request(): void; cancel(): void } {
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
    if (work() === 'more') request(0);
  }

  function waitForFrame() {
    frame = requestAnimationFrame(run);
  }

  function request(pauseMs = PAUSE_MS) {
    if (requested) return;
    requested = true;
    const rest = lastRun + pauseMs - performance.now();
    if (rest > 0) pause = setTimeout(waitForFrame, rest);
    else waitForFrame();
    timer = setTimeout(run, WITHOUT_FRAMES_MS);
  }

  return { request, cancel };
}
