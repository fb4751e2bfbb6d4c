import { createContext, use } from 'react';
import type { FeedLog } from './feed-log.ts';
import type { LiveCache } from './live-cache.ts';
import type { LiveStatus } from './live-status.ts';

export type Live = { cache: LiveCache; log: FeedLog; status: LiveStatus };

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('There is no LiveContext above');
  return live;
}
