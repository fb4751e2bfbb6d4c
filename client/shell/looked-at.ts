import { useEffect, useState } from 'react';

/** Whether somebody looks at this page: it is on the screen, and its window has the focus. */
export const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

/** Calls whenever that may have changed; returns what ends it. */
export function onLook(listener: () => void): () => void {
  addEventListener('focus', listener);
  addEventListener('blur', listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    removeEventListener('focus', listener);
    removeEventListener('blur', listener);
    document.removeEventListener('visibilitychange', listener);
  };
}

export function useIsLookedAt(): boolean {
  const [looking, setLooking] = useState(isLookedAt);
  useEffect(() => onLook(() => setLooking(isLookedAt())), []);
  return looking;
}
