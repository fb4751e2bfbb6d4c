import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { Trouble } from './Trouble.tsx';

const ONCE_IN_MS = 60_000;
const LAST = 'page-trouble-reloaded-at';

/**
 * The last resort: a page whose code couldn't be loaded. After a new version was put in place its names have changed,
 * and reading the page anew is all that it takes; where it isn't, there is a button.
 */
export function PageTrouble() {
  const error = useRouteError();
  useEffect(() => {
    if (Date.now() - Number(sessionStorage.getItem(LAST)) < ONCE_IN_MS) return;
    sessionStorage.setItem(LAST, String(Date.now()));
    location.reload();
  }, []);
  return <Trouble what="The page" error={error} onRetry={() => location.reload()} />;
}
