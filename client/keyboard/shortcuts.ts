import { makeVar } from '@apollo/client';
import { useEffect, useEffectEvent } from 'react';
import { openBrowserStorage } from '../shell/browser-storage.ts';

/**
 * The page's own keys, by what they do. Where a component is on the page that can do it, it says so with `useShortcut`.
 * `keys` are as `KeyboardEvent.key` has them, so that they are where the reader's keyboard has them.
 */
export const SHORTCUTS = {
  nextConversation: { keys: ['j', 'ArrowDown'], words: 'Next conversation' },
  previousConversation: { keys: ['k', 'ArrowUp'], words: 'Previous conversation' },
  search: { keys: ['/'], words: 'Search' },
  reply: { keys: ['r'], words: 'Reply' },
  note: { keys: ['n'], words: 'Write a note' },
  logCall: { keys: ['l'], words: 'Log a call, a meeting, a mail' },
  markUnread: { keys: ['u'], words: 'Mark as unread' },
  markAnswered: { keys: ['a'], words: 'Mark as answered' },
  back: { keys: ['Escape'], words: 'Back, one step' },
  help: { keys: ['?'], words: 'These keys' },
} as const;

export type Shortcut = keyof typeof SHORTCUTS;

const storage = openBrowserStorage('comms.keyboard.');

/** Single keys can be switched off, for who speaks to the computer (WCAG 2.1.4). */
export const singleKeys = makeVar(storage.get('single') !== 'off');

export function setSingleKeys(on: boolean): void {
  storage.set('single', on ? 'on' : 'off');
  singleKeys(on);
}

const acts: Partial<Record<Shortcut, (() => void)[]>> = {};

/** While the component is on the page, the key does this; of two that can, the later one. */
export function useShortcut(name: Shortcut, act: () => void): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    const doing = () => latest();
    const before = acts[name] ?? [];
    acts[name] = [...before, doing];
    return () => {
      acts[name] = acts[name]?.filter((other) => other !== doing) ?? [];
    };
  }, [name]);
}

/** Does what a key is for; where something is typed or chosen, it is for that. Escape leaves a text first. */
export function onShortcutKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = (Object.keys(SHORTCUTS) as Shortcut[]).find((shortcut) => isKeyOf(shortcut, event.key));
  const act = name && acts[name]?.at(-1);
  if (!act || !mayAct(event)) return;
  event.preventDefault();
  if (event.key === 'Escape' && event.target instanceof HTMLElement && event.target.matches(TYPED_IN))
    event.target.blur();
  else act();
}

const TYPED_IN = 'input, textarea, select, [contenteditable]';

function isKeyOf(name: Shortcut, key: string): boolean {
  return (SHORTCUTS[name].keys as readonly string[]).includes(key);
}

function mayAct({ key, target }: KeyboardEvent): boolean {
  if (document.querySelector('[aria-modal=true]') || !(target instanceof Element)) return false;
  if (target.closest('[aria-expanded=true]')) return false;
  if (key === 'Escape') return true;
  if (target.closest(TYPED_IN)) return false;
  // Elsewhere they scroll.
  if (key.startsWith('Arrow')) return target === document.body || target.closest('[data-arrows]') !== null;
  return singleKeys();
}
