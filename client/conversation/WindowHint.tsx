import { IconLock, IconMessageCircle } from '@tabler/icons-react';
import { useNow } from '../shell/use-now.ts';
import classes from './WindowHint.module.css';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Whether WhatsApp lets one write freely, and for how long. */
export function WindowHint({ closesAt }: { closesAt: string | null }) {
  const now = useNow();
  if (!closesAt) return null;
  const left = new Date(closesAt).getTime() - now;
  if (left <= 0) {
    return (
      <span className={classes.hint} data-state="closed">
        <IconLock size={16} stroke={1.8} aria-hidden />
        Free reply closed
      </span>
    );
  }
  return (
    <span className={classes.hint} data-state={left < HOUR ? 'ending' : left < 4 * HOUR ? 'soon' : 'open'}>
      <IconMessageCircle size={16} stroke={1.8} aria-hidden />
      Can reply freely – {spell(left)} left
    </span>
  );
}

function spell(left: number): string {
  const minutes = Math.ceil(left / MINUTE);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
