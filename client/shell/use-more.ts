import { useRef, useState } from 'react';

/** Loads the next page of a list, one at a time, and keeps why it couldn't. */
export function useMore(onLoad: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const running = useRef(false);
  async function load() {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailed(undefined);
    try {
      await onLoad();
      // Apollo tells of a page in a task of its own, and forgets to when the next one is asked for before that.
      await new Promise((told) => setTimeout(told));
    } catch (error) {
      setFailed(error);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }
  return { load, busy, failed };
}
