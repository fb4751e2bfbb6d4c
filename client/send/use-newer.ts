import { useEffect } from 'react';
import { useInTimeline } from '../conversation/use-timeline.ts';
import { compareIds } from '../live/feed-order.ts';
import { useLive } from '../live/live-context.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { Timeline } from '../live/timelines.ts';
import { useMe } from '../session/me.ts';
import { showNewest } from '../shell/newest.ts';
import type { Draft } from './drafts.ts';
import { useDraft, useSeenUpTo } from './use-draft.ts';

/** More isn't counted: what came while somebody wrote stands at the end. */
const LOOKED_AT = 300;

export type Newer = {
  any: boolean;
  /** Brings the reader there; from then on they are known. False where the conversation isn't on the screen. */
  show(): boolean;
};

/** Whether the customer or a colleague wrote since somebody began to write here. */
export function useNewer(conversationId: string, draft: Draft): Newer {
  const me = useMe();
  const { timelines } = useLive().cache;
  const setSeen = useSeenUpTo(conversationId);
  const { seen } = draft;
  const { found } = useInTimeline(
    conversationId,
    undefined,
    (timeline) => (seen === undefined ? 'nothing seen' : countNewer(timeline, seen, me.id) > 0),
    { wanted: draft.text.trim() !== '' },
  );
  const newest = () => timelines.read({ customerId: conversationId })?.newestId ?? '0';
  useEffect(() => {
    if (found === 'nothing seen') setSeen(newest());
  });
  return {
    any: found === true,
    show() {
      if (found !== undefined) setSeen(newest());
      return showNewest();
    },
  };
}

/** How much that is, for who tells it: that changes with each message, and what else there is to writing does not. */
export function useNewerCount(conversationId: string): number {
  const me = useMe();
  const [{ seen }] = useDraft(conversationId);
  const { found = 0 } = useInTimeline(conversationId, undefined, (timeline) =>
    seen === undefined ? 0 : countNewer(timeline, seen, me.id),
  );
  return found;
}

function countNewer({ items }: Timeline, seen: string, myId: string): number {
  return items
    .slice(-LOOKED_AT)
    .filter(
      ({ id, direction, authorId }) =>
        !isStandIn(id) && compareIds(id, seen) > 0 && (direction === 'INBOUND' || authorId !== myId),
    ).length;
}
