import type { Quoted } from '../conversation/quoted.ts';
import type { BrowserStorage } from '../shell/browser-storage.ts';

/** What somebody is writing in one conversation. */
export type Draft = {
  text: string;
  /** The number that was chosen; without, the customer's first. */
  to?: string;
  /** The last try to send it: what is sent again unchanged has the same key, so that it goes out once. */
  tried?: { key: string; text: string; to: string; replyTo?: string | undefined };
  /** What it answers, as it was then. */
  replyTo?: Quoted | undefined;
  /** The newest entry there was when this was begun, or that was shown since. */
  seen?: string;
  problem?: { field: string | undefined; message: string };
  /** The unknown sender to whom it was begun, who takes it along if the link is undone. */
  from?: string;
  /** What was being written here when that came. */
  beneath?: Draft;
};

export interface Drafts {
  read(conversationId: string): Draft;
  write(conversationId: string, draft: Draft): void;
  /** It is sent: what it came upon is there again. */
  finish(conversationId: string): void;
  watch(listener: () => void): () => void;
  /** The draft as it is stored, which is the same string as long as it is the same draft. */
  stored(conversationId: string): string;
}

const EMPTY = '{"text":""}';

export function createDrafts(storage: BrowserStorage): Drafts {
  const listeners = new Set<() => void>();
  const nameOf = (conversationId: string) => `draft:${conversationId}`;
  const stored = (conversationId: string) => storage.get(nameOf(conversationId)) ?? EMPTY;
  const read = (conversationId: string) => JSON.parse(stored(conversationId)) as Draft;

  function write(conversationId: string, draft: Draft) {
    const { seen: _, ...unbegun } = draft;
    const text = JSON.stringify(isBlank(draft) ? unbegun : draft);
    if (text === EMPTY) storage.remove(nameOf(conversationId));
    else storage.set(nameOf(conversationId), text);
    for (const listener of listeners) listener();
  }

  return {
    stored,
    read,
    write,
    finish(conversationId) {
      const { to, beneath } = read(conversationId);
      write(conversationId, beneath ?? { text: '', ...(to && { to }) });
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

export const isBlank = ({ text, replyTo }: Draft): boolean => text.trim() === '' && !replyTo;

/** A note is a draft of its own, which can't become a message by mistake. */
export const noteDraftId = (conversationId: string): string => `note:${conversationId}`;
