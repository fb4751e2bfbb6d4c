import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import {
  IconAlertCircle,
  IconBan,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import { spoken } from '../language/spoken.ts';
import { type Text, t } from '../language/t.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { CommsStatus, EntryStatus_EntryFragment } from '../operations.generated.ts';
import classes from './EntryStatus.module.css';
import { fullTime } from './moments.ts';

export const ENTRY_STATUS: TypedDocumentNode<EntryStatus_EntryFragment> = gql`
  fragment EntryStatus_entry on CommsEntry {
    id
    revision
    type
    status
    idempotencyKey
    failure { code message next details retryable needsAdmin }
    statusTimes { sent delivered read failed }
    discarded { at }
  }
`;

type Mark = { icon: TablerIcon; word: Text; hint: Text };

export const MARKS = {
  QUEUED: { icon: IconClock, word: 'Queued', hint: 'Waits to be sent' },
  SENT: { icon: IconCheck, word: 'Sent', hint: 'WhatsApp has it' },
  DELIVERED: { icon: IconChecks, word: 'Delivered', hint: 'It is on the customer’s phone' },
  READ: { icon: IconChecks, word: 'Read', hint: 'The customer has seen it' },
  FAILED: { icon: IconAlertCircle, word: 'Not sent', hint: 'It didn’t go out' },
  UNKNOWN: { icon: IconHelpCircle, word: 'Not confirmed', hint: 'No answer from WhatsApp yet – it may have arrived' },
  DISCARDED: { icon: IconBan, word: 'Discarded', hint: 'It didn’t go out, and is not to be sent any more' },
} as const satisfies Record<Exclude<CommsStatus, 'RECEIVED'> | 'DISCARDED', Mark>;

const UNSENT = {
  icon: IconAlertCircle,
  word: 'Not sent yet',
  hint: 'It didn’t reach the server',
} as const satisfies Mark;

type Props = {
  entry: FragmentType<EntryStatus_EntryFragment>;
  detailed?: boolean;
  /** Makes of the mark what shows the details. */
  onDetails?: (() => void) | undefined;
};

/** What became of a message that went out by WhatsApp. */
export function EntryStatus({ entry, detailed, onDetails }: Props) {
  const { data, complete } = useFragment({ fragment: ENTRY_STATUS, from: entry });
  if (!complete || data.type !== 'WHATSAPP' || data.status === 'RECEIVED') return null;
  const unsent = isStandIn(data.id) && data.failure;
  const status = data.discarded ? 'DISCARDED' : data.status;
  const { icon: Icon, word, hint } = unsent ? UNSENT : MARKS[status];
  const times = timesOf(data.statusTimes).map(({ name, at }) => `${name} ${fullTime(at)}`);
  const mark = {
    className: classes.status,
    'data-status': unsent ? 'FAILED' : status,
    title: [data.failure ? spoken(data.failure.message) : t(hint), ...times].join('\n'),
    children: (
      <>
        <Icon size={16} stroke={data.status === 'READ' ? 2.6 : 1.8} aria-hidden />
        {t(word)}
      </>
    ),
  };
  return onDetails ? (
    <button type="button" aria-expanded={detailed} onClick={onDetails} {...mark} />
  ) : (
    <span {...mark} />
  );
}

type StatusTimes = EntryStatus_EntryFragment['statusTimes'];

/** When it came to each status, in their order, as far as that is known. */
export function timesOf({ sent, delivered, read, failed }: StatusTimes): { name: string; at: Date }[] {
  const all = [
    { name: t('Sent'), at: sent },
    { name: t('Delivered'), at: delivered },
    { name: t('Read'), at: read },
    { name: t('Failed'), at: failed },
  ];
  return all.flatMap(({ name, at }) => (at ? [{ name, at: new Date(at) }] : []));
}
