import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type Blocker, useBlocker } from 'react-router';

export type Leaving = {
  /** What Escape, a click beside the dialog and "Cancel" do. */
  leave(): void;
  question: { onStay(): void; onDiscard(): void } | undefined;
  /** Whether there is something that would be lost, and whether somebody is about to leave the page. */
  onChanged(isChanged: boolean, page: Blocker): void;
  /** The dialog is closed, and as new. */
  reset(): void;
};

/** Asks who leaves a form in a dialog whether what they typed may go. */
export function useLeaving(onClose: () => void): Leaving {
  const isChanged = useRef(false);
  const page = useRef<Blocker>(undefined);
  const [asked, setAsked] = useState(false);

  function stay() {
    setAsked(false);
    page.current?.reset?.();
  }

  function discard() {
    onClose();
    page.current?.proceed?.();
  }

  return {
    leave() {
      if (asked) stay();
      else if (isChanged.current) setAsked(true);
      else onClose();
    },
    question: asked ? { onStay: stay, onDiscard: discard } : undefined,
    onChanged: useCallback((changed, blocker) => {
      isChanged.current = changed;
      page.current = blocker;
      if (blocker.state === 'blocked') setAsked(true);
    }, []),
    reset() {
      isChanged.current = false;
      setAsked(false);
    },
  };
}

/** Called by the form, which is there only while its dialog is open: a router heeds one blocker alone. */
export function useUnsaved({ onChanged }: Leaving, isChanged: boolean): void {
  const page = useHeldBack(() => isChanged);
  // Before anybody can leave.
  useLayoutEffect(() => onChanged(isChanged, page), [isChanged, page, onChanged]);
}

/** Holds back who goes to another page while they would lose something, until they are asked. */
export function useHeldBack(wouldLose: () => boolean): Blocker {
  // What leads on by itself, as when somebody becomes known, replaces the address.
  return useBlocker(
    ({ currentLocation, nextLocation, historyAction }) =>
      wouldLose() && historyAction !== 'REPLACE' && nextLocation.pathname !== currentLocation.pathname,
  );
}
