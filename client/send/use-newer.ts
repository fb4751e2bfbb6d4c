import { useEffect } from 'react';
import { useTimeline } from '../conversation/use-timeline.ts';
import { compareIds } from '../live/feed-order.ts';
import { isStandIn } from '../live/stand-in.ts';
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
  const setSeen = useSeenUpTo(conversationId);
  const { timeline } = useTimeline(conversationId, undefined, { wanted: draft.text.trim() !== '' });
  const newest = timeline && (timeline.newestId ?? '0');
  const { seen } = draft;
  useEffect(() => {
    if (newest !== undefined && seen === undefined) setSeen(newest);
  }, [newest, seen, setSeen]);
  const newer = timeline?.items
    .slice(-LOOKED_AT)
    .filter(
      ({ id, direction, authorId }) =>
        seen !== undefined &&
        !isStandIn(id) &&
        compareIds(id, seen) > 0 &&
        (direction === 'INBOUND' || authorId !== me.id),
    );
  return {
    count: newer?.length ?? 0,
    show() {
      if (newest !== undefined) setSeen(newest);
      return showNewest();
    },
  };
}
