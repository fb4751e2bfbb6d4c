import { spacedNumber } from '../customer/phone-display.ts';
import { t } from '../language/t.ts';
import type { LiveEntryFragment } from '../operations.generated.ts';
import type { Me } from '../session/me.ts';
import { withoutMarks } from './formatted-text.ts';

/** As much of an entry as is shown of it elsewhere. */
export type Quoted = NonNullable<NonNullable<LiveEntryFragment['refersTo']>['entry']>;

/** More doesn't fit where it is shown. */
const LONGEST = 240;

/** How it begins, as plain text. */
export function excerptOf(entry: Pick<Quoted, 'body' | 'edited'>): string {
  const beginning = textNow(entry)
    .slice(0, LONGEST)
    .replace(/[\ud800-\udbff]$/, '');
  return withoutMarks(beginning).replace(/\s+/g, ' ').trim();
}

/** What it says since it was last changed. */
export function textNow({ body, edited }: Pick<Quoted, 'body' | 'edited'>): string {
  return edited?.body ?? body;
}

/** Who said it: the customer, or who of the team. */
export function sayerOf({ direction, author }: Pick<Quoted, 'direction' | 'author'>, customer: string, me: Me): string {
  return direction === 'INBOUND' ? customer : memberName(author, me);
}

export function memberName(member: Quoted['author'], me: Me): string {
  if (!member) return t('Our side');
  return member.id === me.id ? t('You') : member.name;
}

/** What the customer of an entry is called, as far as that is known. */
export function customerName({
  customer,
  senderName,
  phone,
}: Pick<LiveEntryFragment, 'senderName' | 'phone'> & { customer: { name: string } | null }): string {
  return customer?.name ?? senderName ?? (phone ? spacedNumber(phone) : t('Somebody unknown'));
}
