import { useEffect } from 'react';
import { useInTimeline } from '../conversation/use-timeline.ts';
import { compareIds } from '../live/feed-order.ts';
import { useLive } from '../live/live-context.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { Timeline } from '../live/timelines.ts';
import { useMe } from '../session/me.ts';
import { showNewest } from '../shell/newest.ts';
import { type Draft, useSeenUpTo } from './drafts.ts';

/** More isn't counted: what came while somebody wrote stands at the end. */
const LOOKED_AT = 300;

export type Newer = {
  count: number;
  /** Brings the reader there; from then on they are known. False where the conversation isn't on the screen. */
  show(): boolean;
};

/** What the customer or a colleague wrote since somebody began to write here. */
export function useNewer(conversationId: string, draft: Draft): Newer {
  const me = useMe();
  const { timelines } = useLive().cache;
  const setSeen = useSeenUpTo(conversationId);
  const { seen } = draft;
  const { found: count } = useInTimeline(
    conversationId,
    undefined,
    (timeline) => (seen === undefined ? NOTHING_SEEN : countNewer(timeline, seen, me.id)),
    { wanted: draft.text.trim() !== '' },
  );
  const newest = () => timelines.read({ customerId: conversationId })?.newestId ?? '0';
  useEffect(() => {
    if (count === NOTHING_SEEN) setSeen(newest());
  });
  return {
    count: Math.max(0, count ?? 0),
    show() {
      if (count !== undefined) setSeen(newest());
      return showNewest();
    },
  };
}

const NOTHING_SEEN = -1;

function countNewer({ items }: Timeline, seen: string, myId: string): number {
  return items
    .slice(-LOOKED_AT)
    .filter(
      ({ id, direction, authorId }) =>
        !isStandIn(id) && compareIds(id, seen) > 0 && (direction === 'INBOUND' || authorId !== myId),
    ).length;
}
