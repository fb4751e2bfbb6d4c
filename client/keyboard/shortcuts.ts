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

/** Does what keys are for; where something is typed or chosen, they are for that. Returns what ends it. */
export function listenForShortcuts(): () => void {
  let free = false;
  // Asked before anybody answers: what closes at Escape may be gone by the time that the key comes here.
  const ask = (event: KeyboardEvent) => {
    free = mayAct(event);
  };
  const answer = (event: KeyboardEvent) => {
    if (free && !event.defaultPrevented) actOn(event);
  };
  addEventListener('keydown', ask, { capture: true });
  addEventListener('keydown', answer);
  return () => {
    removeEventListener('keydown', ask, { capture: true });
    removeEventListener('keydown', answer);
  };
}

function actOn(event: KeyboardEvent): void {
  const name = (Object.keys(SHORTCUTS) as Shortcut[]).find((shortcut) => isKeyOf(shortcut, event.key));
  const act = name && acts[name]?.at(-1);
  if (!act) return;
  event.preventDefault();
  // A text is left first.
  if (event.key === 'Escape' && event.target instanceof HTMLElement && event.target.matches(TYPED_IN))
    event.target.blur();
  else act();
}

const OPEN_ABOVE = '[aria-modal=true], [aria-haspopup][aria-expanded=true]';
const TYPED_IN = 'input, textarea, select, [contenteditable]';

function isKeyOf(name: Shortcut, key: string): boolean {
  return (SHORTCUTS[name].keys as readonly string[]).includes(key);
}

function mayAct({ key, target, isComposing, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (isComposing || ctrlKey || metaKey || altKey || !(target instanceof Element)) return false;
  if (document.querySelector(OPEN_ABOVE) || target.closest('[aria-expanded=true]')) return false;
  if (key === 'Escape') return true;
  if (target.closest(TYPED_IN)) return false;
  // Elsewhere they scroll.
  if (key.startsWith('Arrow')) return target === document.body || target.closest('[data-arrows]') !== null;
  return singleKeys();
}
