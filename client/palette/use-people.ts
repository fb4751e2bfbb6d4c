import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { spacedNumber } from '../customer/phone-display.ts';
import { beginsSo } from '../language/folded.ts';
import type { PalettePeopleQuery, PalettePeopleQueryVariables } from '../operations.generated.ts';

const QUERY: TypedDocumentNode<PalettePeopleQuery, PalettePeopleQueryVariables> = gql`
  query PalettePeople($search: String!) {
    customers(search: $search, first: 25) { nodes { id revision name organization contacts { id display } } }
    conversations(filter: { search: $search, unknownOnly: true }, first: 4) {
      edges { node { id revision name phone } }
    }
  }
`;

const PAUSE_MS = 150;
const SHOWN = 7;

type Person = { id: string; name: string; more: string | undefined; isUnknown: boolean };
type People = { found: Person[]; isSearching: boolean; error: unknown };

/** Customers and unknown senders with these words, once somebody pauses. */
export function usePeople(search: string): People {
  const [wanted] = useDebouncedValue(search, PAUSE_MS);
  const { data, previousData, error } = useQuery(QUERY, {
    variables: { search: wanted },
    skip: wanted === '',
    // A glance, which nobody follows.
    fetchPolicy: 'no-cache',
  });
  const shown = search === '' ? undefined : (data ?? previousData);
  return {
    found: shown ? peopleIn(shown, search) : [],
    isSearching: search !== '' && (search !== wanted || (!data && !error)),
    error: search === '' ? undefined : error,
  };
}

/** Whose name begins so comes first; the others have it somewhere. */
function peopleIn({ customers, conversations }: PalettePeopleQuery, search: string): Person[] {
  const known: Person[] = customers.nodes.map(({ id, name, organization, contacts }) => ({
    id,
    name,
    more: organization || contacts[0]?.display,
    isUnknown: false,
  }));
  const unknown = conversations.edges.map(({ node: { id, name, phone } }) => {
    const number = spacedNumber(phone);
    return { id, name, more: number === name ? undefined : number, isUnknown: true };
  });
  const asNamed = ({ name }: Person) => (beginsSo(name, search) ? 0 : 1);
  return [...known.sort((one, other) => asNamed(one) - asNamed(other)).slice(0, SHOWN), ...unknown];
}
