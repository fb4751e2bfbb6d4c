import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { CommsTab } from '../conversation/CommsTab.tsx';
import { NoSuchCustomer } from '../customer/NoSuchCustomer.tsx';
import { useMovedOn } from '../customer/use-moving-on.ts';
import { t } from '../language/t.ts';
import type { OpenConversationQuery, OpenConversationQueryVariables } from '../operations.generated.ts';
import { Trouble } from '../shell/Trouble.tsx';
import { CONVERSATION_HEADER, ConversationHeader } from './ConversationHeader.tsx';
import { ConversationHeaderSkeleton } from './ConversationHeaderSkeleton.tsx';
import { listSearch } from './inbox-address.ts';
import type { FactsState } from './use-facts-pane.ts';

const QUERY: TypedDocumentNode<OpenConversationQuery, OpenConversationQueryVariables> = gql`
  query OpenConversation($id: ID!) {
    conversation(id: $id) { id revision @nonreactive name ...ConversationHeader_conversation }
  }
  ${CONVERSATION_HEADER}
`;

type Props = { conversationId: string; facts: FactsState; onNamed(name: string | undefined): void };

/** What was said with one customer or unknown sender, and the box to answer in. */
export function ConversationPane({ conversationId, facts, onNamed }: Props) {
  const [address] = useSearchParams();
  const { data, previousData, error, refetch } = useQuery(QUERY, { variables: { id: conversationId } });
  const answer = data ?? previousData;
  const conversation = answer?.conversation;
  const name = conversation?.name;
  useEffect(() => onNamed(name), [name, onNamed]);
  useMovedOn(conversationId, data?.conversation?.id);

  if (answer && !conversation) {
    const back = { to: `/inbox${listSearch(address)}`, words: t('To the list') };
    return <NoSuchCustomer title={t('There is no such conversation')} back={back} />;
  }
  return (
    <>
      {conversation ? (
        <ConversationHeader conversationId={conversationId} conversation={conversation} facts={facts} />
      ) : (
        <ConversationHeaderSkeleton failed={error !== undefined} />
      )}
      {error && <Trouble what="The conversation" error={error} onRetry={() => refetch()} />}
      <CommsTab conversationId={conversationId} />
    </>
  );
}
