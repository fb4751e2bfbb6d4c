import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { t } from '../language/t.ts';
import { endAlias } from '../live/apply-conversations.ts';
import type {
  LinkConversationMutation,
  LinkConversationMutationVariables,
  UnlinkConversationMutation,
  UnlinkConversationMutationVariables,
} from '../operations.generated.ts';
import { say } from '../shell/notices.ts';
import { useAddressHere } from './use-address-here.ts';

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

type Somebody = { id: string; name: string };

/** What is done with unknown senders: given to customers, and taken back. The page goes along. */
export function useSenderLinks() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const addressOf = useAddressHere();

  async function show(id: string) {
    // At once: a key that is pressed next is for the conversation that is shown.
    await navigate(addressOf(id), { replace: true, flushSync: true });
    document.getElementById('main')?.focus();
  }

  async function undo(senderId: string) {
    await client.mutate({
      mutation: UNLINK,
      variables: { conversationId: senderId },
      update: (cache) => endAlias(cache, senderId),
    });
    await show(senderId);
    say({ words: t('Taken back. The sender is unknown again.') });
  }

  /** The sender is this customer's now. */
  async function showLinked(senderId: string, customer: Somebody) {
    await show(customer.id);
    say({
      words: t('Linked to {{name}}', { name: customer.name }),
      action: { words: t('Undo'), run: () => undo(senderId) },
    });
  }

  async function link(senderId: string, customer: Somebody) {
    await client.mutate({ mutation: LINK, variables: { conversationId: senderId, customerId: customer.id } });
    await showLinked(senderId, customer);
  }

  return { link, showLinked, undo };
}
