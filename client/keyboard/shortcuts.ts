import { makeVar } from '@apollo/client';
import { useEffect, useEffectEvent } from 'react';
import { openBrowserStorage } from '../shell/browser-storage.ts';

/**
 * The page's own keys, by what they do. Where a component is on the page that can do it, it says so with `useShortcut`.
 * `keys` are as `KeyboardEvent.key` has them, so that they are where the reader's keyboard has them; `Mod` is Ctrl, and ⌘
 * on a Mac.
 */
export const SHORTCUTS = {
  palette: { keys: ['Mod+k'], words: 'Find or do anything' },
  nextConversation: { keys: ['j', 'ArrowDown'], words: 'Next conversation' },
  previousConversation: { keys: ['k', 'ArrowUp'], words: 'Previous conversation' },
  search: { keys: ['/'], words: 'Search' },
  reply: { keys: ['r'], words: 'Reply' },
  note: { keys: ['n'], words: 'Write a note' },
  logCall: { keys: ['l'], words: 'Log a call, a meeting, a mail' },
  markUnread: { keys: ['u'], words: 'Mark as unread' },
  markAnswered: { keys: ['a'], words: 'Mark as answered' },
  markUnanswered: { keys: ['a'], words: 'Mark as unanswered' },
  link: { keys: ['c'], words: 'Link to a customer' },
  facts: { keys: ['i'], words: 'About the customer' },
  back: { keys: ['Escape'], words: 'Back, one step' },
  help: { keys: ['?'], words: 'Keys' },
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

/** While the component is on the page, the key does this, if there is anything to do; of two that can, the later one. */
export function useShortcut(name: Shortcut, act: (() => void) | undefined): void {
  const latest = useEffectEvent(() => act?.());
  const can = act !== undefined;
  useEffect(() => {
    if (!can) return;
    const doing = () => latest();
    const before = acts[name] ?? [];
    acts[name] = [...before, doing];
    return () => {
      acts[name] = acts[name]?.filter((other) => other !== doing) ?? [];
    };
  }, [name, can]);
}

/** Whether it can be done on the page as it is. */
export const canDo = (name: Shortcut): boolean => (acts[name]?.length ?? 0) > 0;

export function doNow(name: Shortcut): void {
  acts[name]?.at(-1)?.();
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
  const key = keyOf(event);
  const name = (Object.keys(SHORTCUTS) as Shortcut[]).find((shortcut) => isKeyOf(shortcut, key) && canDo(shortcut));
  if (!name) return;
  event.preventDefault();
  // A text is left first.
  if (key === 'Escape' && event.target instanceof HTMLElement && event.target.matches(TYPED_IN)) event.target.blur();
  else doNow(name);
}

const IS_APPLE = /^(Mac|iP)/.test(navigator.platform);
const MODAL = '[aria-modal=true]';
const POPPED_UP = '[aria-haspopup][aria-expanded=true]';
const TYPED_IN = 'input, textarea, select, [contenteditable]';

/** As `keys` has it. Where the keyboard has other letters, as in Greek, the Latin one of the same place. */
function keyOf({ key, code, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  const plain = key.length === 1 && key > '\x7f' && code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
  if (!(ctrlKey || metaKey || altKey)) return plain;
  const onlyMod = !altKey && metaKey === IS_APPLE && ctrlKey !== IS_APPLE;
  return onlyMod ? `Mod+${plain.toLowerCase()}` : '';
}

function isKeyOf(name: Shortcut, key: string): boolean {
  return (SHORTCUTS[name].keys as readonly string[]).includes(key);
}

function mayAct(event: KeyboardEvent): boolean {
  const { target, isComposing } = event;
  if (isComposing || !(target instanceof Element) || document.querySelector(MODAL)) return false;
  const key = keyOf(event);
  if (key.startsWith('Mod+')) return true;
  if (document.querySelector(POPPED_UP)) return false;
  if (key === 'Escape') return true;
  if (target.closest(TYPED_IN)) return false;
  // Elsewhere they scroll.
  if (key.startsWith('Arrow')) return target === document.body || target.closest('[data-arrows]') !== null;
  return singleKeys();
}

/** How a key is drawn. */
export function drawnKey(key: string): string {
  if (key.startsWith('Mod+')) return `${IS_APPLE ? '⌘' : 'Ctrl '}${key.slice(4).toUpperCase()}`;
  return DRAWN[key] ?? key;
}

const DRAWN: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };
