import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { UnreadConversationsQuery, UnreadConversationsQueryVariables } from '../operations.generated.ts';

/** Every conversation with something unread, up to more than anybody is told the number of. */
export const UNREAD_CONVERSATIONS: TypedDocumentNode<UnreadConversationsQuery, UnreadConversationsQueryVariables> = gql`
  query UnreadConversations {
    conversations(filter: { unreadOnly: true }, first: 200) {
      nodes { id revision inboundCount unreadCount readUpToEntryId }
    }
  }
`;

/** How many messages the reader hasn't read, everywhere. */
export function useUnreadCount(): number {
  const { data } = useQuery(UNREAD_CONVERSATIONS);
  return data?.conversations.nodes.reduce((sum, conversation) => sum + conversation.unreadCount, 0) ?? 0;
}
