import { useEffect } from 'react';
import { t } from '../language/t.ts';
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
    if (seconds < 60) return t('{{seconds}} s', { seconds: String(seconds) });
    return t('{{minutes}} min {{seconds}} s', {
      minutes: String(Math.floor(seconds / 60)),
      seconds: String(seconds % 60),
    });
  }
  const all = Math.ceil(left / MINUTE);
  const hours = Math.floor(all / 60);
  const minutes = String(all % 60);
  return hours > 0
    ? t('{{hours}} h {{minutes}} min', { hours: String(hours), minutes })
    : t('{{minutes}} min', { minutes });
}

/** What a screen reader is told, which is little: as it comes to an hour, to ten minutes, and to the end. */
export function announcementOf({ state, left }: CustomerWindow): string {
  if (state === 'closed') return t('Free reply closed');
  if (state !== 'ending') return '';
  return left <= 10 * MINUTE
    ? t('Less than ten minutes left to reply freely')
    : t('Less than an hour left to reply freely');
}
