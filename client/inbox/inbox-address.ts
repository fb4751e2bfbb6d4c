import { asCommsType } from '../conversation/comms-looks.ts';
import type { InboxFilter } from '../operations.generated.ts';

/** The address says everything about what is shown: `/inbox/…?type=WHATSAPP&unread=1&unanswered=1&unknown=1&failed=1&q=…`. */
export function filterOf(address: URLSearchParams): InboxFilter {
  const type = asCommsType(address.get('type'));
  const search = address.get('q')?.trim();
  const only = (name: OnlyParam) => address.get(name) === '1';
  return {
    ...(type && { type }),
    ...(only('unread') && { unreadOnly: true }),
    ...(only('unanswered') && { unansweredOnly: true }),
    ...(only('unknown') && { unknownOnly: true }),
    ...(only('failed') && { failedOnly: true }),
    ...(search && { search }),
  };
}

export type OnlyParam = 'unread' | 'unanswered' | 'unknown' | 'failed';

const FILTER_PARAMS = ['type', 'unread', 'unanswered', 'unknown', 'failed', 'q'];

/** The same address, with the list as it is without filters. */
export function withoutFilters(address: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...address].filter(([name]) => !FILTER_PARAMS.includes(name)));
}

/** The list as it is filtered, and nothing of what is open beside it. */
export function listSearch(address: URLSearchParams): string {
  const kept = [...address].filter(([name]) => FILTER_PARAMS.includes(name));
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
}

/** A conversation in the inbox, opened at one of its entries; `list` keeps the list beside it as it is. */
export function conversationAddress(id: string, { entry, list }: { entry?: string; list?: URLSearchParams } = {}) {
  const search = new URLSearchParams(list && listSearch(list));
  if (entry) search.set('entry', entry);
  return { pathname: `/inbox/${encodeURIComponent(id)}`, search: search.toString() };
}
