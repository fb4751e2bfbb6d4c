import { VisuallyHidden } from '@mantine/core';
import { useUnreadCount } from '../live/unread.ts';
import classes from './Header.module.css';

export function UnreadCount() {
  const unread = useUnreadCount();
  if (unread === 0) return null;
  return (
    <span className={classes.count}>
      {unread > 99 ? '99+' : unread}
      <VisuallyHidden> unread</VisuallyHidden>
    </span>
  );
}
