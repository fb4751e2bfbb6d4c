import { type ReactNode, useEffect, useState } from 'react';

const PATIENCE_MS = 150;

/** Shows a placeholder only to who has really been waiting. */
export function Patient({ children }: { children: ReactNode }) {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return waited ? children : null;
}
