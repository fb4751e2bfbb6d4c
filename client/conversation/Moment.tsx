import classes from './Moment.module.css';
import { clockTime, fullTime, howLate, shortTime } from './moments.ts';

type Props = {
  at: string;
  /** When it came here, where it came from elsewhere by itself. */
  arrivedAt?: string | undefined;
  show: 'day-known' | 'short';
};

/** When something happened; the exact time, with its zone and how late it arrived, on pointing at it or being there. */
export function Moment({ at, arrivedAt, show }: Props) {
  const when = new Date(at);
  const late = arrivedAt && howLate(when, new Date(arrivedAt));
  const full = [fullTime(when), late && `arrived ${late} late`].filter(Boolean).join('\n');
  return (
    <time dateTime={at} className={classes.moment} data-full={full} title={show === 'short' ? full : undefined}>
      {show === 'short' ? shortTime(when) : clockTime(when)}
    </time>
  );
}
