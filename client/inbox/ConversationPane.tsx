import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { CommsTab } from '../conversation/CommsTab.tsx';
import { MovedOn } from '../customer/MovedOn.tsx';
import { t } from '../language/t.ts';
import type { OpenConversationQuery, OpenConversationQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { CONVERSATION_HEADER, ConversationHeader } from './ConversationHeader.tsx';
import { ConversationHeaderSkeleton } from './ConversationHeaderSkeleton.tsx';
import { conversationAddress, listSearch } from './inbox-address.ts';
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
  const here = useLocation();
  const [address] = useSearchParams();
  const { data, error, refetch } = useQuery(QUERY, { variables: { id: conversationId } });
  const conversation = data?.conversation;
  const name = conversation?.name;
  useEffect(() => onNamed(name), [name, onNamed]);

  if (conversation && conversation.id !== conversationId) {
    const { pathname } = conversationAddress(conversation.id);
    return (
      <MovedOn
        from={conversationId}
        to={conversation.id}
        address={{ pathname, search: here.search }}
        state={here.state}
      />
    );
  }
  if (data && !conversation) {
    return (
      <Empty
        icon={<IconUserQuestion size={36} stroke={1.4} aria-hidden />}
        title={t('There is no such conversation')}
        hint={t('The address may be wrong, or the customer was removed.')}
      >
        <Button component={Link} variant="default" to={`/inbox${listSearch(address)}`}>
          {t('To the list')}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      {conversation ? (
        <ConversationHeader conversation={conversation} facts={facts} />
      ) : (
        <ConversationHeaderSkeleton failed={error !== undefined} />
      )}
      {error && <Trouble what="The conversation" error={error} onRetry={() => refetch()} />}
      <CommsTab conversationId={conversationId} />
    </>
  );
}
