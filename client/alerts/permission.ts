import { useEffect, useState } from 'react';

/** `unavailable`: this browser has no notes on the desktop, or the page wasn't opened over HTTPS. */
export type Permission = NotificationPermission | 'unavailable';

const now = (): Permission =>
  'Notification' in window && isSecureContext && navigator.locks ? Notification.permission : 'unavailable';

/** Whether the browser lets the page show notes, as it is changed there. */
export function usePermission(): { permission: Permission; ask(): Promise<boolean> } {
  const [permission, setPermission] = useState(now);

  useEffect(() => {
    if (!navigator.permissions) return;
    let status: PermissionStatus | undefined;
    let over = false;
    const look = () => setPermission(now());
    void navigator.permissions.query({ name: 'notifications' }).then((found) => {
      if (over) return;
      status = found;
      status.addEventListener('change', look);
    });
    return () => {
      over = true;
      status?.removeEventListener('change', look);
    };
  }, []);

  return {
    permission,
    async ask() {
      await Notification.requestPermission();
      setPermission(now());
      return now() === 'granted';
    },
  };
}
