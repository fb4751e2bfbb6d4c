import { createContext, use } from 'react';
import type { Drafts } from './drafts.ts';
import type { Outbox } from './outbox.ts';

type Sending = { outbox: Outbox; drafts: Drafts };

export const SendingContext = createContext<Sending | undefined>(undefined);

export function useSending(): Sending {
  const sending = use(SendingContext);
  if (!sending) throw new Error('There is no SendingContext above');
  return sending;
}
