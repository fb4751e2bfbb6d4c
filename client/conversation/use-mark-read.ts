import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { MarkReadMutation, MarkReadMutationVariables } from '../operations.generated.ts';
import { useIsLookedAt } from '../shell/looked-at.ts';

const MARK_READ: TypedDocumentNode<MarkReadMutation, MarkReadMutationVariables> = gql`
  mutation MarkRead($conversationId: ID!, $upToEntryId: ID!) {
    markRead(conversationId: $conversationId, upToEntryId: $upToEntryId) {
      conversation { id revision inboundCount unreadCount readUpToEntryId readRevision }
    }
  }
`;

const PAUSE_MS = 1_000;

type Options = { conversationId: string; newest: string | undefined; endShown: boolean };

/** Marks a conversation as read once its end was on the screen of a window that somebody looks at. */
export function useMarkRead({ conversationId, newest, endShown }: Options): void {
  const [markRead] = useMutation(MARK_READ);
  const looking = useIsLookedAt();
  const marked = useRef<string>(undefined);
  const [pausing, setPausing] = useState(false);

  useEffect(() => {
    const mark = `${conversationId} ${newest}`;
    if (pausing || !endShown || !looking || newest === undefined || marked.current === mark) return;
    marked.current = mark;
    // Of a storm of messages each second's last is marked.
    setPausing(true);
    setTimeout(() => setPausing(false), PAUSE_MS);
    markRead({ variables: { conversationId, upToEntryId: newest } }).catch(() => {
      // Still unread then, and marked the next time that somebody looks.
      marked.current = undefined;
    });
  }, [conversationId, endShown, looking, newest, pausing, markRead]);
}
