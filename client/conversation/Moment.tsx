import { t } from '../language/t.ts';
import { clockTime, fullTime, howLate, shortTime } from './moments.ts';

type Props = {
  at: string;
  /** When it came here, where it came from elsewhere by itself. */
  arrivedAt?: string | undefined;
  show: 'day-known' | 'short';
};

/** When something happened; the exact time, with its zone and how late it arrived, for who asks (MomentTip). */
export function Moment({ at, arrivedAt, show }: Props) {
  const when = new Date(at);
  const late = arrivedAt && howLate(when, new Date(arrivedAt));
  const full = [fullTime(when), late && t('arrived {{time}} late', { time: late })].filter(Boolean).join('\n');
  return show === 'short' ? (
    <time dateTime={at} title={full}>
      {shortTime(when)}
    </time>
  ) : (
    <time dateTime={at} data-full={full}>
      {clockTime(when)}
    </time>
  );
}
