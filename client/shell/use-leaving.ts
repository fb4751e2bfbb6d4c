import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useBlocker } from 'react-router';

export type Leaving = {
  /** What Escape, a click beside the dialog and "Cancel" do. */
  leave(): void;
  question: { onStay(): void; onDiscard(): void } | undefined;
  onChanged(isChanged: boolean): void;
  /** The dialog is closed, and as new. */
  reset(): void;
};

/** Asks who leaves a form in a dialog whether what they typed may go; the form tells by `useUnsaved` whether anything is. */
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

/** Whether the form holds what would be lost. Then the browser's Back is as Escape, and the page stays. */
export function useUnsaved({ leave, question, onChanged }: Leaving, isChanged: boolean): void {
  useLayoutEffect(() => onChanged(isChanged), [isChanged, onChanged]);
  const blocker = useBlocker(({ historyAction }) => isChanged && historyAction === 'POP');
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    blocker.reset();
    if (!question) leave();
  }, [blocker, leave, question]);
}
