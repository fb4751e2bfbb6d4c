import { asCommsType } from '../conversation/comms-looks.ts';
import type { InboxFilter } from '../operations.generated.ts';

/** The address says everything about which entries are shown: `/inbox?type=WHATSAPP&unknown=1&unread=1&q=…`. */
export function filterOf(address: URLSearchParams): InboxFilter {
  const type = asCommsType(address.get('type'));
  const search = address.get('q')?.trim();
  return {
    ...(type && { type }),
    ...(address.get('unknown') === '1' && { unknownOnly: true }),
    ...(address.get('unread') === '1' && { unreadOnly: true }),
    ...(search && { search }),
  };
}

/** The same address with one thing changed; empty takes it out. */
export function withParam(
  address: URLSearchParams,
  name: 'type' | 'unknown' | 'unread' | 'q',
  value: string,
): URLSearchParams {
  const changed = new URLSearchParams(address);
  if (value) changed.set(name, value);
  else changed.delete(name);
  return changed;
}
