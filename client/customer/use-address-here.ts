import { type To, useLocation } from 'react-router';
import { conversationAddress } from '../inbox/inbox-address.ts';
import { customerAddress } from './address.ts';

/** Where another conversation is shown in the same way as this one: in the inbox beside the same list, or on a page of its own. */
export function useAddressHere(): (id: string) => To {
  const { pathname, search } = useLocation();
  if (pathname.startsWith('/customers/')) return customerAddress;
  return (id) => conversationAddress(id, { list: new URLSearchParams(search) });
}
