import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { WRITING } from '../conversation/Writing.tsx';
import { t } from '../language/t.ts';
import { endAlias } from '../live/apply-conversations.ts';
import type {
  LinkConversationMutation,
  LinkConversationMutationVariables,
  UnlinkConversationMutation,
  UnlinkConversationMutationVariables,
  WhoIsItQuery,
  WhoIsItQueryVariables,
} from '../operations.generated.ts';
import { say } from '../shell/notices.ts';
import { useMovingOn } from './use-moving-on.ts';

const LINK: TypedDocumentNode<LinkConversationMutation, LinkConversationMutationVariables> = gql`
  mutation LinkConversation($conversationId: ID!, $customerId: ID!) {
    linkConversation(conversationId: $conversationId, customerId: $customerId) { conversation { id revision } }
  }
`;

const UNLINK: TypedDocumentNode<UnlinkConversationMutation, UnlinkConversationMutationVariables> = gql`
  mutation UnlinkConversation($conversationId: ID!) {
    unlinkConversation(conversationId: $conversationId) { conversation { id revision } }
  }
`;

const WHO: TypedDocumentNode<WhoIsItQuery, WhoIsItQueryVariables> = gql`
  query WhoIsIt($id: ID!) { conversation(id: $id) { id revision } }
`;

type Somebody = { id: string; name: string };

/** What is done with unknown senders: given to customers, and taken back. The page goes along. */
export function useSenderLinks() {
  const client = useApolloClient();
  const { moveOn, moveBack } = useMovingOn();

  async function undo(senderId: string, customerId: string) {
    await client.mutate({
      mutation: UNLINK,
      variables: { conversationId: senderId },
      update: (cache) => endAlias(cache, senderId),
    });
    const { data } = await client.query({ query: WHO, variables: { id: customerId }, fetchPolicy: 'no-cache' });
    const wasRemoved = data?.conversation?.id === senderId;
    await (wasRemoved ? moveOn : moveBack)(customerId, senderId);
    goOnWriting();
    say({ words: t('Taken back. The sender is unknown again.') });
  }

  /** The sender is this customer's now. */
  async function showLinked(senderId: string, customer: Somebody) {
    await moveOn(senderId, customer.id);
    goOnWriting();
    say({
      words: t('Linked to {{name}}', { name: customer.name }),
      action: { words: t('Undo'), run: () => undo(senderId, customer.id) },
    });
  }

  async function link(senderId: string, customer: Somebody) {
    await client.mutate({ mutation: LINK, variables: { conversationId: senderId, customerId: customer.id } });
    await showLinked(senderId, customer);
  }

  return { link, showLinked, undo };
}

/** Back to what one was writing, or else to the page. */
function goOnWriting() {
  const box = document.querySelector<HTMLTextAreaElement>(`#${WRITING} textarea`);
  (box?.value ? box : document.getElementById('main'))?.focus();
}
