import { gql, type TypedDocumentNode } from '@apollo/client';
import type { References_EntryFragment } from '../operations.generated.ts';

/** What an entry answers or changes, and what others have changed of it. */
export const REFERENCES: TypedDocumentNode<References_EntryFragment> = gql`
  fragment References_entry on CommsEntry {
    id
    revision
    type
    direction
    body
    occurredAt
    loggedAt
    author { id name }
    customer { id revision name }
    senderName
    phone
    refersTo {
      kind
      emoji
      entry { id revision direction body author { id name } edited { body editedAt } }
    }
    reactions { emoji by { id name } }
    edited { body editedAt }
    deletedAt
  }
`;

/** Such an entry, wherever it was asked for. */
export type Referring = Omit<References_EntryFragment, ' $fragmentName'>;
export type Reference = NonNullable<Referring['refersTo']>;

/** The change that is all that an entry tells of: a line says it, beside what it has changed. */
export function toldChange({ refersTo }: Referring): Reference | undefined {
  if (!refersTo || refersTo.kind === 'REPLY') return undefined;
  // What an unknown message was changed to stands nowhere else.
  return refersTo.kind === 'EDIT' && !refersTo.entry ? undefined : refersTo;
}

/** Whether it says its text, and nothing else is to be told of it. */
export const isPlain = ({ refersTo, edited, deletedAt }: Referring): boolean => !refersTo && !edited && !deletedAt;
