import { useApolloClient } from '@apollo/client/react';
import { type ReactNode, useEffect, useState } from 'react';
import { useLive } from '../live/live-context.ts';
import type { Me } from '../session/me.ts';
import { openBrowserStorage } from '../shell/browser-storage.ts';
import { createDrafts } from './drafts.ts';
import { createOutbox } from './outbox.ts';
import { SendingContext } from './sending-context.ts';

/** What is being written and sent by who is signed in, also before the page was last opened. */
export function Sending({ me, children }: { me: Me; children: ReactNode }) {
  const client = useApolloClient();
  const { cache, log } = useLive();
  const [sending] = useState(() => {
    const storage = openBrowserStorage(`comms:${me.id}:`);
    return { outbox: createOutbox({ client, cache, log, storage, me }), drafts: createDrafts(storage) };
  });
  useEffect(() => sending.outbox.open(), [sending]);
  return <SendingContext value={sending}>{children}</SendingContext>;
}
