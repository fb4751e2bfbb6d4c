import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { locale } from '../language/language.ts';
import { t } from '../language/t.ts';
import type {
  CreateCustomerInput,
  CreateCustomerMutation,
  CreateCustomerMutationVariables,
  LinkedToCustomerQuery,
  LinkedToCustomerQueryVariables,
  UpdateCustomerInput,
  UpdateCustomerMutation,
  UpdateCustomerMutationVariables,
} from '../operations.generated.ts';
import { say } from '../shell/notices.ts';
import { spacedNumber } from './phone-display.ts';

const CREATE: TypedDocumentNode<CreateCustomerMutation, CreateCustomerMutationVariables> = gql`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) { customer { id revision name } }
  }
`;

const UPDATE: TypedDocumentNode<UpdateCustomerMutation, UpdateCustomerMutationVariables> = gql`
  mutation UpdateCustomer($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      customer { id revision name organization contacts { id type value display label } }
    }
  }
`;

const LINKED: TypedDocumentNode<LinkedToCustomerQuery, LinkedToCustomerQueryVariables> = gql`
  query LinkedToCustomer($id: ID!) {
    conversation(id: $id) { id revision linked { conversationId name phone } }
  }
`;

/** Saves a customer, and says whose conversations that brought along. */
export function useSaveCustomer() {
  const client = useApolloClient();

  async function linkedTo(id: string) {
    const { data } = await client.query({ query: LINKED, variables: { id }, fetchPolicy: 'network-only' });
    return data?.conversation?.linked ?? [];
  }

  function sayWhoCame(linked: Awaited<ReturnType<typeof linkedTo>>, known: readonly string[]) {
    const came = linked.filter(({ conversationId }) => !known.includes(conversationId));
    if (came.length > 0) {
      // Without the numbers of who has a name, which would be read backwards beside one from right to left.
      const who = new Intl.ListFormat(locale).format(came.map(({ name, phone }) => name ?? spacedNumber(phone)));
      say({ words: t('Saved. What was said with {{who}} moved here.', { who }) });
    }
  }

  async function create(input: CreateCustomerInput): Promise<{ id: string; name: string }> {
    const { data } = await client.mutate({ mutation: CREATE, variables: { input } });
    if (!data) throw new Error('A customer was made, and no answer came');
    const { customer } = data.createCustomer;
    if (!input.conversationId) sayWhoCame(await linkedTo(customer.id), []);
    return customer;
  }

  async function update(input: UpdateCustomerInput): Promise<void> {
    const before = input.contacts ? await linkedTo(input.id) : [];
    await client.mutate({ mutation: UPDATE, variables: { input } });
    if (input.contacts) {
      sayWhoCame(
        await linkedTo(input.id),
        before.map(({ conversationId }) => conversationId),
      );
    }
  }

  return { create, update };
}
