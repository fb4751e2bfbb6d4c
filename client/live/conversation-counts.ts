import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { ConversationCountsQuery, ConversationCountsQueryVariables } from '../operations.generated.ts';

/** Asked again whenever something happens that may have changed them. */
const CONVERSATION_COUNTS: TypedDocumentNode<ConversationCountsQuery, ConversationCountsQueryVariables> = gql`
  query ConversationCounts {
    conversationCounts { all unread unanswered unknown failed types { type count } }
  }
`;

type Counts = ConversationCountsQuery['conversationCounts'];

/** How many conversations there are of each kind; the same wherever a number is shown. */
export function useConversationCounts(): Counts | undefined {
  return useQuery(CONVERSATION_COUNTS).data?.conversationCounts;
}

/** In how many conversations something waits to be read. */
export const useUnreadCount = (): number => useConversationCounts()?.unread ?? 0;
