import { useEffect } from 'react';
import { tick, useNow } from '../shell/use-now.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const COUNTED_BY_SECONDS = 2 * MINUTE;

/** `never`: the customer hasn't written yet. */
export type CustomerWindow = { state: 'never' | 'open' | 'soon' | 'ending' | 'closed'; left: number };

/** WhatsApp's customer service window: whether one may write freely, and for how long, as it goes by. */
export function useCustomerWindow(closesAt: string | null | undefined): CustomerWindow {
  const closes = closesAt ? new Date(closesAt).getTime() : 0;
  useEffect(() => {
    if (closesAt) tick();
  }, [closesAt]);
  const coarse = useNow({ everySecond: false });
  const near = closes - coarse < COUNTED_BY_SECONDS + 30_000 && closes - coarse > 0;
  const now = useNow({ everySecond: near });
  const left = Math.max(0, closes - now);
  if (!closesAt) return { state: 'never', left: 0 };
  if (left === 0) return { state: 'closed', left };
  return { state: left < HOUR ? 'ending' : left < 4 * HOUR ? 'soon' : 'open', left };
}

/** 5 h 12 min, 52 min, 1 min 20 s. */
export function spellTimeLeft(left: number): string {
  if (left < COUNTED_BY_SECONDS) {
    const seconds = Math.ceil(left / 1_000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.ceil(left / MINUTE);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** What a screen reader is told, which is little: as it comes to an hour, to ten minutes, and to the end. */
export function announcementOf({ state, left }: CustomerWindow): string {
  if (state === 'closed') return 'Free reply closed';
  if (state !== 'ending') return '';
  return left <= 10 * MINUTE ? 'Less than ten minutes left to reply freely' : 'Less than an hour left to reply freely';
}
