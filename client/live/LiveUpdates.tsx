import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { useSession } from '../session/session.ts';
import { followFeed } from './feed.ts';
import { useLive } from './live-context.ts';
import { refreshUnsettled } from './refresh-unsettled.ts';

/** The one component that subscribes. The others read the cache, and don't know that it is live. */
export function LiveUpdates() {
  const client = useApolloClient();
  const live = useLive();
  const session = useSession();
  useEffect(() => {
    const refresh = refreshUnsettled(client);
    const stop = followFeed({ ...live, client, onSignedOut: session.end, onUnsettled: refresh.note });
    return () => {
      stop();
      refresh.cancel();
    };
  }, [client, live, session]);
  return null;
}
