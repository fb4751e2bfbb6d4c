import { useSyncExternalStore } from 'react';
import { useSending } from './sending-context.ts';

/** What was sent from this page and didn't reach the server, for who doesn't look at that conversation. Undefined: nothing. */
export function useUnsentText(conversationId: string): string | undefined {
  const { outbox } = useSending();
  return useSyncExternalStore(outbox.watch, () => outbox.unsent(conversationId));
}
