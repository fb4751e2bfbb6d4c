import { useState } from 'react';
import { type CustomerDraft, isSameDraft } from './customer-draft.ts';
import { type Conflict, mergeDrafts } from './merge-drafts.ts';

type Writing = {
  /** What is written, brought up to date with what others have saved meanwhile. */
  draft: CustomerDraft;
  change(draft: CustomerDraft): void;
  isChanged: boolean;
  /** Somebody else saved something meanwhile, and it is in the draft. */
  tookOver: boolean;
  /** What somebody else changed as well; to be decided before it is saved. */
  conflicts: Conflict[];
  decide(side: 'mine' | 'theirs'): void;
  /** What it would be if this were saved now. */
  mergedWith(saved: CustomerDraft): { draft: CustomerDraft; conflicts: Conflict[] };
};

/** Writes on a customer whom others may change at the same time; `theirs` is what is saved, the same object until it changes. */
export function useCustomerDraft(theirs: CustomerDraft): Writing {
  const [{ base, mine, tookOver }, set] = useState({ base: theirs, mine: theirs, tookOver: false });
  const { draft, conflicts } = mergeDrafts(base, mine, theirs);
  if (base !== theirs && conflicts.length === 0) {
    set({ base: theirs, mine: draft, tookOver: tookOver || !isSameDraft(draft, mine) });
  }
  return {
    draft,
    change: (changed) => set({ base, mine: changed, tookOver }),
    isChanged: !isSameDraft(base, mine),
    tookOver,
    conflicts,
    decide: (side) => set({ base: theirs, mine: mergeDrafts(base, mine, theirs, side).draft, tookOver: false }),
    mergedWith: (saved) => mergeDrafts(base, mine, saved),
  };
}
