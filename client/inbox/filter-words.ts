import { LOOKS } from '../conversation/comms-looks.ts';
import type { InboxFilter } from '../operations.generated.ts';

/** What a list is narrowed to, in words; none, where everything is shown. */
export function filterWords(filter: InboxFilter): string[] {
  const { type, unreadOnly, unansweredOnly, unknownOnly, failedOnly, search } = filter;
  return [
    type ? LOOKS[type].plural : '',
    unreadOnly ? 'unread' : '',
    unansweredOnly ? 'unanswered' : '',
    unknownOnly ? 'unknown numbers' : '',
    failedOnly ? 'failed' : '',
    search ? `“${search}”` : '',
  ].filter(Boolean);
}
