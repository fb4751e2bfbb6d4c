import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { compareIds } from '../live/feed-order.ts';
import type { MarkReadMutation, MarkReadMutationVariables } from '../operations.generated.ts';

const MARK_READ: TypedDocumentNode<MarkReadMutation, MarkReadMutationVariables> = gql`
  mutation MarkRead($conversationId: ID!, $upToEntryId: ID!) {
    markRead(conversationId: $conversationId, upToEntryId: $upToEntryId) {
      conversation { id revision inboundCount unreadCount readUpToEntryId readRevision }
    }
  }
`;

type Options = { conversationId: string; entries: readonly { id: string }[]; endShown: boolean };

/** Marks a conversation as read once its end was on the screen of a window that somebody looks at. */
export function useMarkRead({ conversationId, entries, endShown }: Options): void {
  const [markRead] = useMutation(MARK_READ);
  const looking = useIsLookedAt();
  const marked = useRef<string>(undefined);
  const newest = entries.reduce<string | undefined>(
    (highest, { id }) => (highest === undefined || compareIds(id, highest) > 0 ? id : highest),
    undefined,
  );

  useEffect(() => {
    if (!endShown || !looking || newest === undefined || marked.current === newest) return;
    marked.current = newest;
    markRead({ variables: { conversationId, upToEntryId: newest } }).catch(() => {
      // Still unread then, and marked the next time that somebody looks.
      marked.current = undefined;
    });
  }, [conversationId, endShown, looking, newest, markRead]);
}

function useIsLookedAt(): boolean {
  const [looking, setLooking] = useState(isLookedAt);
  useEffect(() => {
    const look = () => setLooking(isLookedAt());
    addEventListener('focus', look);
    addEventListener('blur', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      removeEventListener('blur', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return looking;
}

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();
