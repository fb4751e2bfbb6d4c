import { useUnreadCount } from '../live/conversation-counts.ts';

/** The tab's title, with what is unread in front: "(3) Inbox". */
export function PageTitle({ children }: { children: string }) {
  const unread = useUnreadCount();
  return <title>{unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${children}` : children}</title>;
}
