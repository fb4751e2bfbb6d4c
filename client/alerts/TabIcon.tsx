import { useEffect } from 'react';
import { useUnreadCount } from '../live/conversation-counts.ts';

/** The tab's icon, with the number of unread conversations on it. */
export function TabIcon() {
  const unread = useUnreadCount();
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (link) link.href = unread > 0 ? `data:image/svg+xml,${encodeURIComponent(iconWith(unread))}` : '/icon.svg';
  }, [unread]);
  return null;
}

/** As public/icon.svg, with a number in place of the lines. */
function iconWith(count: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <path fill="#7c2f5c" d="M6 4h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H14l-7 6v-6H6a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4Z"/>
    <text x="16" y="20" fill="#fff" font-family="sans-serif" font-weight="700" font-size="17" text-anchor="middle">${count > 9 ? '9+' : count}</text>
  </svg>`;
}
