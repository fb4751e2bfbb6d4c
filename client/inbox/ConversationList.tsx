import { gql, NetworkStatus, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { conversationsRule } from '../live/conversation-lists.ts';
import { NewSince } from '../log/NewSince.tsx';
import type { ConversationListQuery, ConversationListQueryVariables } from '../operations.generated.ts';
import { LookFurther } from '../shell/LookFurther.tsx';
import { loadFound } from '../shell/load-found.ts';
import { Patient } from '../shell/Patient.tsx';
import { ProgressLine } from '../shell/ProgressLine.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { ConversationFilters } from './ConversationFilters.tsx';
import { ConversationListSkeleton } from './ConversationListSkeleton.tsx';
import { CONVERSATION_ROW, ROW_MATCH } from './ConversationRow.tsx';
import { ConversationRows } from './ConversationRows.tsx';
import { filterOf, listSearch, withoutFilters } from './inbox-address.ts';
import { ListEmpty } from './ListEmpty.tsx';

const QUERY: TypedDocumentNode<ConversationListQuery, ConversationListQueryVariables> = gql`
  query ConversationList($filter: InboxFilter, $after: String) {
    conversations(filter: $filter, first: 50, after: $after) {
      edges {
        node {
          id
          revision @nonreactive
          lastEntry { id @nonreactive revision @nonreactive author { id } }
          ...ConversationRow_conversation
        }
        match { id revision ...ConversationRow_match }
      }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
  ${CONVERSATION_ROW}
  ${ROW_MATCH}
`;

/** The conversations, whoever wrote last on top, and what narrows them down. */
export function ConversationList({ openId }: { openId: string | undefined }) {
  const [address, setAddress] = useSearchParams();
  const list = listSearch(address);
  const filter = useMemo(() => filterOf(new URLSearchParams(list)), [list]);
  const { data, previousData, error, networkStatus, refetch, fetchMore } = useQuery(QUERY, {
    variables: { filter },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const conversations = (data ?? previousData)?.conversations;
  const hasMore = conversations?.pageInfo.hasNextPage === true;
  const clear = () => setAddress(withoutFilters(address), { replace: true });

  async function loadMore(signal: AbortSignal) {
    if (!data) return;
    await loadFound(data.conversations.pageInfo, signal, async (after) => {
      const { data: page } = await fetchMore({ variables: { filter, after } });
      return page && { rows: page.conversations.edges, pageInfo: page.conversations.pageInfo };
    });
  }

  return (
    <>
      <ConversationFilters address={address} onChange={(changed) => setAddress(changed, { replace: true })} />
      <ProgressLine busy={networkStatus === NetworkStatus.refetch || networkStatus === NetworkStatus.setVariables} />
      {error && <Trouble what="The conversations" error={error} onRetry={() => refetch()} />}
      {!conversations && !error && (
        <Patient>
          <ConversationListSkeleton />
        </Patient>
      )}
      {data && conversations && conversationsRule(filter).holdsStill && (
        <NewSince filter={filter} position={conversations.position} onShow={() => void refetch()} />
      )}
      {data?.conversations.edges.length === 0 &&
        (hasMore ? (
          <LookFurther key={list} onLook={loadMore} onClear={clear} />
        ) : (
          <ListEmpty filter={filter} onClear={clear} />
        ))}
      {conversations && conversations.edges.length > 0 && (
        <ConversationRows
          edges={conversations.edges}
          list={data ? list : undefined}
          openId={openId}
          hasMore={hasMore}
          onLoadMore={loadMore}
        />
      )}
    </>
  );
}
