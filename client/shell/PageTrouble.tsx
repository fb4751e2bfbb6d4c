import { useRouteError } from 'react-router';
import { Trouble } from './Trouble.tsx';

/** The last resort: a page whose code couldn't be loaded, say after a new version was put in place. */
export function PageTrouble() {
  return <Trouble what="The page" error={useRouteError()} onRetry={() => location.reload()} />;
}
