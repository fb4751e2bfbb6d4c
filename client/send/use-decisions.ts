import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { LIVE_ENTRY } from '../live/live-documents.ts';
import type {
  DiscardSendMutation,
  DiscardSendMutationVariables,
  RetrySendMutation,
  RetrySendMutationVariables,
  SettleSendMutation,
  SettleSendMutationVariables,
} from '../operations.generated.ts';
import { editAgain, sendAgain } from './send-draft.ts';
import { useSending } from './sending-context.ts';

const RETRY: TypedDocumentNode<RetrySendMutation, RetrySendMutationVariables> = gql`
  mutation RetrySend($entryId: ID!) {
    retrySend(entryId: $entryId) { entry { id revision ...LiveEntry } }
  }
  ${LIVE_ENTRY}
`;

const SETTLE: TypedDocumentNode<SettleSendMutation, SettleSendMutationVariables> = gql`
  mutation SettleSend($entryId: ID!) {
    settleSend(entryId: $entryId, arrived: true) { entry { id revision ...LiveEntry } }
  }
  ${LIVE_ENTRY}
`;

const DISCARD: TypedDocumentNode<DiscardSendMutation, DiscardSendMutationVariables> = gql`
  mutation DiscardSend($entryId: ID!) {
    discardSend(entryId: $entryId) { entry { id revision ...LiveEntry } }
  }
  ${LIVE_ENTRY}
`;

type Decision = 'again' | 'arrived' | 'discarded';

/** What a person decides about a message that didn't go out, or may not have; one thing at a time. */
export function useDecisions() {
  const sending = useSending();
  const [retrySend] = useMutation(RETRY);
  const [settleSend] = useMutation(SETTLE);
  const [discardSend] = useMutation(DISCARD);
  const [busy, setBusy] = useState<Decision>();
  const [error, setError] = useState<unknown>();
  const running = useRef(false);

  /** Whether it was done. */
  async function run(what: Decision, act: () => Promise<unknown>): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    setBusy(what);
    setError(undefined);
    try {
      await act();
      return true;
    } catch (failed) {
      setError(failed);
      return false;
    } finally {
      running.current = false;
      setBusy(undefined);
    }
  }

  return {
    busy,
    error,
    retry: (entryId: string) => run('again', () => retrySend({ variables: { entryId } })),
    settle: (entryId: string) => run('arrived', () => settleSend({ variables: { entryId } })),
    discard: (entryId: string) => run('discarded', () => discardSend({ variables: { entryId } })),
    sendAgain: (key: string) => run('again', () => sendAgain(sending, key)),
    edit: (key: string) => editAgain(sending, key),
  };
}
