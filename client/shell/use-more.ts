import { useEffect, useRef, useState } from 'react';

/**
 * Loads the next page of a list, one at a time, and keeps why it couldn't. `signal` is aborted when another `list` is
 * shown, or none.
 */
export function useMore(onLoad: (signal: AbortSignal) => Promise<unknown>, list?: string) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const running = useRef(false);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, [list]);

  async function load() {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailed(undefined);
    try {
      await onLoad(leaving.current.signal);
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
