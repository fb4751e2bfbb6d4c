import { useCallback, useRef, useState } from 'react';

export type Leaving = {
  /** What Escape, a click beside the dialog and "Cancel" do. */
  leave(): void;
  question: { onStay(): void; onDiscard(): void } | undefined;
  /** Whether there is something that would be lost; to be told before anybody can leave. */
  onChanged(isChanged: boolean): void;
  /** The dialog is closed, and as new. */
  reset(): void;
};

/** Asks who leaves a form in a dialog whether what they typed may go. */
export function useLeaving(onClose: () => void): Leaving {
  const isChanged = useRef(false);
  const [asked, setAsked] = useState(false);
  return {
    leave() {
      if (asked) setAsked(false);
      else if (isChanged.current) setAsked(true);
      else onClose();
    },
    question: asked ? { onStay: () => setAsked(false), onDiscard: onClose } : undefined,
    onChanged: useCallback((changed) => {
      isChanged.current = changed;
    }, []),
    reset() {
      isChanged.current = false;
      setAsked(false);
    },
  };
}
