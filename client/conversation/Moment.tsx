import { clockTime, fullTime, shortTime } from './moments.ts';

type Props = { at: string; loggedAt: string; show: 'day-known' | 'short' };

const LATE_MS = 60_000;

/** When something happened; the exact time, and how late it arrived, on pointing at it. */
export function Moment({ at, loggedAt, show }: Props) {
  const when = new Date(at);
  const late = new Date(loggedAt).getTime() - when.getTime();
  const arrived = late > LATE_MS ? `\nArrived here ${fullTime(new Date(loggedAt))}` : '';
  return (
    <time dateTime={at} title={fullTime(when) + arrived}>
      {show === 'short' ? shortTime(when) : clockTime(when)}
    </time>
  );
}
