import type { ContactInput, ContactType } from '../operations.generated.ts';

/** A customer as somebody is writing them. */
export type CustomerDraft = { name: string; organization: string; contacts: readonly ContactDraft[] };

export type ContactDraft = {
  /** The same from when it is added until it is saved. */
  key: string;
  /** Where the server knows it. */
  id: string | null;
  type: ContactType;
  value: string;
  label: string;
};

type Known = {
  name: string;
  organization: string | null;
  contacts: readonly { id: string; type: ContactType; value: string; label: string | null }[];
};

/** A customer as the server has them, to be written on. */
export const draftOf = ({ name, organization, contacts }: Known): CustomerDraft => ({
  name,
  organization: organization ?? '',
  contacts: contacts.map(({ id, type, value, label }) => ({ key: id, id, type, value, label: label ?? '' })),
});

export function newContact(type: ContactType, value: string): ContactDraft {
  added += 1;
  return { key: `new ${added}`, id: null, type, value, label: '' };
}

let added = 0;

/** Rows left empty are no contacts. */
export const filledContacts = ({ contacts }: CustomerDraft): ContactDraft[] =>
  contacts.filter(({ value }) => value.trim() !== '');

type CustomerInput = { name: string; organization: string | null; contacts: ContactInput[] };

export const inputOf = (draft: CustomerDraft): CustomerInput => ({
  name: draft.name.trim(),
  organization: draft.organization.trim() || null,
  contacts: filledContacts(draft).map(({ id, type, value, label }) => ({
    ...(id && { id }),
    type,
    value: value.trim(),
    label: label.trim() || null,
  })),
});

/** What of an input differs from what is there. */
export function changesOf(before: CustomerDraft, after: CustomerDraft): Partial<CustomerInput> {
  const [was, is] = [inputOf(before), inputOf(after)];
  return {
    ...(is.name !== was.name && { name: is.name }),
    ...(is.organization !== was.organization && { organization: is.organization }),
    ...(JSON.stringify(is.contacts) !== JSON.stringify(was.contacts) && { contacts: is.contacts }),
  };
}

export const isSameDraft = (a: CustomerDraft, b: CustomerDraft): boolean => Object.keys(changesOf(a, b)).length === 0;
