import { useEffect } from 'react';
import { t } from '../language/t.ts';
import { tick, useNow } from './use-now.ts';

const MINUTE = 60_000;
const COUNTED_BY_SECONDS = 2 * MINUTE;

/** How long it is until then, as it goes by; 0 where that is over, or never. */
export function useTimeLeft(until: string | null | undefined): number {
  const end = until ? new Date(until).getTime() : 0;
  useEffect(() => {
    if (until) tick();
  }, [until]);
  const coarse = useNow({ everySecond: false });
  const near = end - coarse < COUNTED_BY_SECONDS + 30_000 && end - coarse > 0;
  const now = useNow({ everySecond: near });
  return Math.max(0, end - now);
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
