import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { compareIds } from '../live/feed-order.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { NewestCommsQuery, NewestCommsQueryVariables } from '../operations.generated.ts';
import { useMe } from '../session/me.ts';
import { showNewest } from '../shell/newest.ts';
import { type Draft, useSeenUpTo } from './drafts.ts';

/** The list of the open conversation, which is there already. */
const QUERY: TypedDocumentNode<NewestCommsQuery, NewestCommsQueryVariables> = gql`
  query NewestComms($id: ID!) {
    customerComms(customerId: $id, first: 50) {
      nodes { id revision direction author { id } }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
`;

export type Newer = {
  count: number;
  /** Brings the reader there; from then on they are known. */
  show(): void;
};

/** What the customer or a colleague wrote since somebody began to write here. */
export function useNewer(conversationId: string, draft: Draft): Newer {
  const me = useMe();
  const setSeen = useSeenUpTo(conversationId);
  const skip = draft.text.trim() === '';
  const { data } = useQuery(QUERY, { variables: { id: conversationId }, skip });
  const entries = data?.customerComms.nodes.filter(({ id }) => !isStandIn(id));
  const newest = entries?.reduce((highest, { id }) => (compareIds(id, highest) > 0 ? id : highest), '0');
  const { seen } = draft;
  useEffect(() => {
    if (newest !== undefined && seen === undefined) setSeen(newest);
  }, [newest, seen, setSeen]);
  const newer = entries?.filter(
    ({ id, direction, author }) =>
      seen !== undefined && compareIds(id, seen) > 0 && (direction === 'INBOUND' || author?.id !== me.id),
  );
  return {
    count: newer?.length ?? 0,
    show() {
      if (newest !== undefined) setSeen(newest);
      showNewest();
    },
  };
}
