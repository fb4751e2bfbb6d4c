import { createContext, useMemo, useRef, useState } from 'react';

type Jump = {
  /** Brings the reader to an entry of this conversation, be it loaded or not. */
  goTo(entryId: string): void;
  /** It is on the screen: who went to it goes on from there by keyboard. */
  arrived(entryId: string, place: HTMLElement | null): void;
};

export const JumpContext = createContext<Jump>({ goTo: () => {}, arrived: () => {} });

/** From one entry to another, by way of the address; to the one that it asks for already, once more. */
export function useJump(entryId: string | undefined, onEntry: (entryId: string) => void) {
  const [visits, setVisits] = useState(0);
  const underWayTo = useRef<string>(undefined);
  const jump = useMemo(
    (): Jump => ({
      goTo(wanted) {
        underWayTo.current = wanted;
        if (wanted === entryId) setVisits((before) => before + 1);
        else onEntry(wanted);
      },
      arrived(reached, place) {
        if (underWayTo.current !== reached) return;
        underWayTo.current = undefined;
        place?.focus({ preventScroll: true });
      },
    }),
    [entryId, onEntry],
  );
  return { visits, jump };
}
