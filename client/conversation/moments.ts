import { locale } from '../language/language.ts';
import { t } from '../language/t.ts';

const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dayOfOtherYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

export const clockTime = (when: Date): string => clock.format(when);
export const fullTime = (when: Date): string => full.format(when);

/** 14:05, Yesterday, 3 Mar, 3 Mar 2025. */
export function shortTime(when: Date, now = new Date()): string {
  const days = daysBefore(when, now);
  if (days === 0) return clock.format(when);
  if (days === 1) return capitalised(relativeDay.format(-1, 'day'));
  return (when.getFullYear() === now.getFullYear() ? dayOfYear : dayOfOtherYear).format(when);
}

/** Today, Yesterday, Tuesday 3 March, 3 Mar 2025. */
export function dayName(when: Date, now = new Date()): string {
  const days = daysBefore(when, now);
  if (days === 0 || days === 1) return capitalised(relativeDay.format(-days, 'day'));
  return when.getFullYear() === now.getFullYear() ? longDay.format(when) : dayOfOtherYear.format(when);
}

/** 12 min, 3 h, 2 days; nothing up to a minute. */
export function howLate(when: Date, arrived: Date): string | undefined {
  const minutes = Math.floor((arrived.getTime() - when.getTime()) / 60_000);
  if (minutes < 1) return undefined;
  if (minutes < 90) return t('{{minutes}} min', { minutes: String(minutes) });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? t('{{hours}} h', { hours: String(hours) })
    : t('{{count}} days', { count: Math.round(hours / 24) });
}

/** As a field for date and time takes it: 2026-11-22T17:04, by the reader's own clock. */
export function localMinute(when: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = [when.getFullYear(), two(when.getMonth() + 1), two(when.getDate())].join('-');
  return `${date}T${two(when.getHours())}:${two(when.getMinutes())}`;
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

function daysBefore(when: Date, now: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(now) - day(when)) / 86_400_000);
}

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
