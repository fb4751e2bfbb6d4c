import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { LIVE_ENTRY } from '../live/live-documents.ts';
import type { ReactWhatsAppMutation, ReactWhatsAppMutationVariables } from '../operations.generated.ts';
import { say } from '../shell/notices.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import { newKey } from './outgoing.ts';

const REACT: TypedDocumentNode<ReactWhatsAppMutation, ReactWhatsAppMutationVariables> = gql`
  mutation ReactWhatsApp($input: ReactWhatsAppInput!) {
    reactWhatsApp(input: $input) { entry { id revision ...LiveEntry } }
  }
  ${LIVE_ENTRY}
`;

/** Reacts to a message as the company; with an empty text it takes that back. The feed tells what becomes of it. */
export function useReact(): (entryId: string, emoji: string) => Promise<void> {
  const [react] = useMutation(REACT);
  return async (entryId, emoji) => {
    try {
      await react({ variables: { input: { entryId, emoji, idempotencyKey: newKey() } } });
    } catch (error) {
      say({ words: causeOf(error), failed: true });
    }
  };
}
