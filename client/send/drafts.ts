import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { BrowserStorage } from '../shell/browser-storage.ts';
import { useSending } from './sending-context.ts';

/** What somebody is writing in one conversation. */
export type Draft = {
  text: string;
  /** The number that was chosen; without, the customer's first. */
  to?: string;
  /** The last try to send it: what is sent again unchanged has the same key, so that it goes out once. */
  tried?: { key: string; text: string; to: string };
  /** The newest entry there was when this was begun, or that was shown since. */
  seen?: string;
  problem?: { field: string | undefined; message: string };
};

export interface Drafts {
  read(conversationId: string): Draft;
  write(conversationId: string, draft: Draft): void;
  watch(listener: () => void): () => void;
  /** The draft as it is stored, which is the same string as long as it is the same draft. */
  stored(conversationId: string): string;
}

const EMPTY = '{"text":""}';

export function createDrafts(storage: BrowserStorage): Drafts {
  const listeners = new Set<() => void>();
  const nameOf = (conversationId: string) => `draft:${conversationId}`;
  const stored = (conversationId: string) => storage.get(nameOf(conversationId)) ?? EMPTY;
  return {
    stored,
    read: (conversationId) => JSON.parse(stored(conversationId)) as Draft,
    write(conversationId, draft) {
      const { seen: _, ...unbegun } = draft;
      const text = JSON.stringify(draft.text.trim() === '' ? unbegun : draft);
      if (text === EMPTY) storage.remove(nameOf(conversationId));
      else storage.set(nameOf(conversationId), text);
      for (const listener of listeners) listener();
    },
    watch(listener) {
      listeners.add(listener);
      const unwatchTabs = storage.onChange(listener);
      return () => {
        listeners.delete(listener);
        unwatchTabs();
      };
    },
  };
}

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
