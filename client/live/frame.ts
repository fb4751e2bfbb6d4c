/** A hidden page is given no frames; its title and its lists go on being right. */
const WITHOUT_FRAMES_MS = 200;

/** Runs `work` once for all the requests of a frame. */
export function everyFrame(work: () => void): { request(): void; cancel(): void } {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cancel() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = undefined;
  }

  function run() {
    cancel();
    work();
  }

  return {
    request() {
      if (frame !== undefined) return;
      frame = requestAnimationFrame(run);
      timer = setTimeout(run, WITHOUT_FRAMES_MS);
    },
    cancel,
  };
}
