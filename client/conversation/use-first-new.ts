import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { compareIds } from '../live/feed-order.ts';
import type { Timeline } from '../live/timelines.ts';
import type { ReadMarkQuery, ReadMarkQueryVariables } from '../operations.generated.ts';

const READ_MARK: TypedDocumentNode<ReadMarkQuery, ReadMarkQueryVariables> = gql`
  query ReadMark($id: ID!) {
    conversation(id: $id) { id revision inboundCount unreadCount readUpToEntryId readRevision }
  }
`;

type FirstNew = {
  id: string | undefined;
  /** Until then nothing may be marked as read, or there would be nothing new. */
  known: boolean;
};

/** The first entry that was unread when the conversation was opened, for as long as it is open. */
export function useFirstNew(conversationId: string, timeline: Timeline | undefined): FirstNew {
  const [opened, setOpened] = useState<{ readUpTo: string; newest: string }>();
  const { data, error } = useQuery(READ_MARK, {
    variables: { id: conversationId },
    fetchPolicy: opened ? 'standby' : 'cache-first',
  });
  const conversation = data?.conversation;
  if (!opened && conversation && timeline) {
    const { unreadCount, readUpToEntryId } = conversation;
    const newest = timeline.newestId ?? '0';
    setOpened({ readUpTo: unreadCount > 0 ? (readUpToEntryId ?? '0') : newest, newest });
  }
  const items = timeline?.items;
  const oldest = items?.[0]?.id;
  // Only what is loaded before them can bring another first.
  const id = useMemo(() => {
    if (!opened || opened.readUpTo === opened.newest || oldest === undefined) return undefined;
    return items?.find(
      ({ id, direction }) =>
        direction === 'INBOUND' && compareIds(id, opened.readUpTo) > 0 && compareIds(id, opened.newest) <= 0,
    )?.id;
  }, [opened, oldest]);
  return { id, known: opened !== undefined || error !== undefined };
}
