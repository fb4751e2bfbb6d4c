import { VisuallyHidden } from '@mantine/core';
import { t } from '../language/t.ts';
import { useUnreadCount } from '../live/conversation-counts.ts';
import classes from './Header.module.css';

export function UnreadCount() {
  const unread = useUnreadCount();
  if (unread === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
      <VisuallyHidden>{t('{{count}} unread', { count: unread })}</VisuallyHidden>
    </span>
  );
}
