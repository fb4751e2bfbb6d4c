import { makeVar, type ReactiveVar } from '@apollo/client';

export type LiveWord = 'Live' | 'Reconnecting' | 'Offline';
/** Undefined: the page has only just opened. */
export type LiveState = { word: LiveWord | undefined; lostAt: Date | undefined };

/** Shorter gaps than this are nobody's business. */
const UNSAID_MS = 2_000;
const OFFLINE_AFTER_MS = 30_000;

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
      lostAt = new Date();
      timers = [
        setTimeout(() => say(navigator.onLine ? 'Reconnecting' : 'Offline'), UNSAID_MS),
        setTimeout(() => say('Offline'), OFFLINE_AFTER_MS),
      ];
    },
    caughtUp() {
      forget();
      lostAt = undefined;
      if (state().word !== 'Live') say('Live');
    },
    stop() {
      forget();
      lostAt = undefined;
    },
  };
}
