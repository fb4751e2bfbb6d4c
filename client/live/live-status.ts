import { makeVar, type ReactiveVar } from '@apollo/client';
import { serverNow } from '../shell/server-clock.ts';

export type LiveWord = 'Live' | 'Reconnecting' | 'Offline';
export type LiveState = {
  /** Undefined: the page has only just opened. */
  word: LiveWord | undefined;
  /** Since when something may be missing; for some seconds after that is over, since when it was. */
  lostAt: Date | undefined;
};

/** Shorter gaps than this are nobody's business. */
const UNSAID_MS = 2_000;
const OFFLINE_AFTER_MS = 30_000;
const CAUGHT_UP_SHOWN_MS = 6_000;

export interface LiveStatus {
  readonly state: ReactiveVar<LiveState>;
  lost(): void;
  caughtUp(): void;
  stop(): void;
}

/** Turns losing and regaining the feed into the word that staff see. */
export function createLiveStatus(): LiveStatus {
  const state = makeVar<LiveState>({ word: undefined, lostAt: undefined });
  let lostAt: Date | undefined;
  let timers: ReturnType<typeof setTimeout>[] = [];

  function forget() {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  }

  function say(word: LiveWord) {
    state({ word, lostAt });
  }

  return {
    state,
    lost() {
      if (lostAt) return;
      forget();
      lostAt = new Date(serverNow());
      // The browser knows that there is no network.
      if (!navigator.onLine && state().word) say('Offline');
      else timers.push(setTimeout(() => say(navigator.onLine ? 'Reconnecting' : 'Offline'), UNSAID_MS));
      timers.push(setTimeout(() => say('Offline'), OFFLINE_AFTER_MS));
    },
    caughtUp() {
      if (!lostAt && state().word === 'Live') return;
      forget();
      const { word } = state();
      if (word !== 'Live') state({ word: 'Live', lostAt: word && lostAt });
      lostAt = undefined;
      timers.push(setTimeout(() => say('Live'), CAUGHT_UP_SHOWN_MS));
    },
    stop() {
      forget();
      lostAt = undefined;
    },
  };
}
