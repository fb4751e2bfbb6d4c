import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { UnreadConversationsQuery, UnreadConversationsQueryVariables } from '../operations.generated.ts';

const QUERY: TypedDocumentNode<UnreadConversationsQuery, UnreadConversationsQueryVariables> = gql`
  query UnreadConversations {
    conversations(filter: { unreadOnly: true }, first: 200) {
      edges { node { id revision inboundCount unreadCount readUpToEntryId readRevision } }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
`;

/** Brings every conversation with something unread into the cache, so that a row knows without asking. */
export function useUnreadConversations(): void {
  useQuery(QUERY, { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' });
}
