import { useQuery } from '@apollo/client/react';
import { CHANNEL } from '../live/live-documents.ts';
import type { ChannelQuery } from '../operations.generated.ts';

/** How many messages wait isn't told live. */
const COUNT_AGAIN_MS = 5_000;

/** Whether messages can go out at present. */
export function useChannel(): ChannelQuery['channel'] | undefined {
  const { data, previousData } = useQuery(CHANNEL);
  return (data ?? previousData)?.channel;
}

/** The same, with the queue counted again while it stands. */
export function useWatchedChannel(): ChannelQuery['channel'] | undefined {
  const stopped = useChannel()?.sending === 'STOPPED';
  return useQuery(CHANNEL, { pollInterval: stopped ? COUNT_AGAIN_MS : 0 }).data?.channel;
}
