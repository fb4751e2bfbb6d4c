import { LOOKS } from '../conversation/comms-looks.ts';
import { t } from '../language/t.ts';
import type { InboxFilter } from '../operations.generated.ts';

/** What a list is narrowed to, in words; none, where everything is shown. */
export function filterWords(filter: InboxFilter): string[] {
  const { type, unreadOnly, unansweredOnly, unknownOnly, failedOnly, search } = filter;
  return [
    type ? t(LOOKS[type].plural) : '',
    unreadOnly ? t('unread') : '',
    unansweredOnly ? t('unanswered') : '',
    unknownOnly ? t('unknown numbers') : '',
    failedOnly ? t('failed') : '',
    search ? t('“{{search}}”', { search }) : '',
  ].filter(Boolean);
}
