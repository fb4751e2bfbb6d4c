import { VisuallyHidden } from '@mantine/core';
import { IconClock, IconLock, IconMessageCircle, IconMessageOff } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { spellTimeLeft } from '../shell/time-left.ts';
import { announcementOf, useCustomerWindow } from './customer-window.ts';
import classes from './WindowHint.module.css';

const ICONS = {
  never: IconMessageOff,
  open: IconMessageCircle,
  soon: IconMessageCircle,
  ending: IconClock,
  closed: IconLock,
};

/** Whether WhatsApp lets one write freely, and for how long. */
export function WindowHint({ closesAt }: { closesAt: string | null }) {
  const window = useCustomerWindow(closesAt);
  const Icon = ICONS[window.state];
  return (
    <span className={classes.hint} data-state={window.state}>
      <Icon size={16} stroke={1.8} aria-hidden />
      {window.state === 'never' && t('No message from this customer yet')}
      {window.state === 'closed' && t('Free reply closed – template needed')}
      {window.left > 0 && t('Can reply freely – {{time}} left', { time: spellTimeLeft(window.left) })}
      <VisuallyHidden role="status">{announcementOf(window)}</VisuallyHidden>
    </span>
  );
}
