import { t } from '../language/t.ts';
import { useTimeLeft } from '../shell/time-left.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `never`: the customer hasn't written yet. */
export type CustomerWindow = { state: 'never' | 'open' | 'soon' | 'ending' | 'closed'; left: number };

/** WhatsApp's customer service window: whether one may write freely, and for how long, as it goes by. */
export function useCustomerWindow(closesAt: string | null | undefined): CustomerWindow {
  const left = useTimeLeft(closesAt);
  if (!closesAt) return { state: 'never', left: 0 };
  if (left === 0) return { state: 'closed', left };
  return { state: left < HOUR ? 'ending' : left < 4 * HOUR ? 'soon' : 'open', left };
}

/** What a screen reader is told, which is little: as it comes to an hour, to ten minutes, and to the end. */
export function announcementOf({ state, left }: CustomerWindow): string {
  if (state === 'closed') return t('Free reply closed – template needed');
  if (state !== 'ending') return '';
  return left <= 10 * MINUTE
    ? t('Less than ten minutes left to reply freely')
    : t('Less than an hour left to reply freely');
}
