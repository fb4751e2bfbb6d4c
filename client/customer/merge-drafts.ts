import type { ContactDraft, CustomerDraft } from './customer-draft.ts';

/** What two people changed at the same time, each in another way. Empty: it isn't there (any more). */
export type Conflict = { of: 'name' | 'organization' | 'contact'; before: string; theirs: string };

type Side = 'mine' | 'theirs';

/**
 * Two people changed the same customer: what only one of them touched is as that one has it. What both did is a
 * conflict, and is in the draft as `decided` says.
 */
export function mergeDrafts(
  base: CustomerDraft,
  mine: CustomerDraft,
  theirs: CustomerDraft,
  decided: Side = 'mine',
): { draft: CustomerDraft; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];

  function text(of: 'name' | 'organization'): string {
    if (mine[of] === base[of]) return theirs[of];
    if (theirs[of] === base[of] || theirs[of] === mine[of]) return mine[of];
    conflicts.push({ of, before: base[of], theirs: theirs[of] });
    return decided === 'mine' ? mine[of] : theirs[of];
  }

  function contact(key: string): ContactDraft | undefined {
    const [before, my, their] = [base, mine, theirs].map(({ contacts }) => contacts.find((each) => each.key === key));
    if (isSame(my, before)) return their;
    if (isSame(their, before) || isSame(their, my)) return my;
    conflicts.push({ of: 'contact', before: before?.value ?? '', theirs: their?.value ?? '' });
    // Whoever keeps what the other has removed adds it anew.
    return decided === 'theirs' ? their : my && { ...my, id: their ? my.id : null };
  }

  const keys = new Set([...mine.contacts, ...base.contacts, ...theirs.contacts].map(({ key }) => key));
  const draft = {
    name: text('name'),
    organization: text('organization'),
    contacts: [...keys].map(contact).filter((each) => each !== undefined),
  };
  return { draft, conflicts };
}

function isSame(a: ContactDraft | undefined, b: ContactDraft | undefined): boolean {
  return a?.type === b?.type && a?.value === b?.value && a?.label === b?.label;
}
