import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { CustomerDoubtsQuery, CustomerDoubtsQueryVariables } from '../operations.generated.ts';

/** Asked again by name when customers change: what they are depends on others too. */
const QUERY: TypedDocumentNode<CustomerDoubtsQuery, CustomerDoubtsQueryVariables> = gql`
  query CustomerDoubts($id: ID!) {
    customer(id: $id) {
      id
      revision
      doubts { sameDigits logsHere contact { id display } other { id revision name } }
    }
  }
`;

export type NumberDoubt = NonNullable<CustomerDoubtsQuery['customer']>['doubts'][number];

/** The numbers of a customer that others have as well. */
export function useNumberDoubts(customerId: string | undefined): readonly NumberDoubt[] {
  const { data } = useQuery(QUERY, {
    variables: { id: customerId ?? '' },
    skip: customerId === undefined,
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  return data?.customer?.doubts ?? [];
}
