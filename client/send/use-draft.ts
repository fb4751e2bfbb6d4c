import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Draft } from './drafts.ts';
import { useSending } from './sending-context.ts';

/** The draft of one conversation, the same wherever it is written. */
export function useDraft(conversationId: string): [Draft, (changed: Partial<Draft>) => void] {
  const { drafts } = useSending();
  const stored = useSyncExternalStore(drafts.watch, () => drafts.stored(conversationId));
  const draft = useMemo(() => JSON.parse(stored) as Draft, [stored]);
  const change = useCallback(
    (changed: Partial<Draft>) => {
      const { problem: _, ...rest } = drafts.read(conversationId);
      drafts.write(conversationId, { ...rest, ...changed });
    },
    [drafts, conversationId],
  );
  return [draft, change];
}

/** Notes up to where somebody who writes knows the conversation. */
export function useSeenUpTo(conversationId: string): (entryId: string) => void {
  const { drafts } = useSending();
  return useCallback(
    (seen) => drafts.write(conversationId, { ...drafts.read(conversationId), seen }),
    [drafts, conversationId],
  );
}

/** What is written there and not sent, for who isn't writing it: live, also from another tab. Undefined: nothing. */
export function useDraftText(conversationId: string): string | undefined {
  const { drafts } = useSending();
  return useSyncExternalStore(drafts.watch, () => drafts.read(conversationId).text.trim() || undefined);
}
