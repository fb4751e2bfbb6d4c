import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import {
  IconAlertCircle,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  type TablerIcon,
} from '@tabler/icons-react';
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
    failure { code message next details retryable }
    statusTimes { sent delivered read failed }
  }
`;

type Mark = { icon: TablerIcon; word: string; hint: string };

export const MARKS: Record<Exclude<CommsStatus, 'RECEIVED'>, Mark> = {
  QUEUED: { icon: IconClock, word: 'Queued', hint: 'Waits to be sent' },
  SENT: { icon: IconCheck, word: 'Sent', hint: 'WhatsApp has it' },
  DELIVERED: { icon: IconChecks, word: 'Delivered', hint: 'It is on the customer’s phone' },
  READ: { icon: IconChecks, word: 'Read', hint: 'The customer has seen it' },
  FAILED: { icon: IconAlertCircle, word: 'Not sent', hint: 'It didn’t go out' },
  UNKNOWN: { icon: IconHelpCircle, word: 'Not confirmed', hint: 'No answer from WhatsApp yet – it may have arrived' },
};

const UNSENT: Mark = { icon: IconAlertCircle, word: 'Not sent yet', hint: 'It didn’t reach the server' };

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
  const { icon: Icon, word, hint } = unsent ? UNSENT : MARKS[data.status];
  const times = timesOf(data.statusTimes).map(({ name, at }) => `${name} ${fullTime(at)}`);
  const mark = {
    className: classes.status,
    'data-status': unsent ? 'FAILED' : data.status,
    title: [data.failure?.message ?? hint, ...times].join('\n'),
    children: (
      <>
        <Icon size={16} stroke={data.status === 'READ' ? 2.6 : 1.8} aria-hidden />
        {word}
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
  const all = { Sent: sent, Delivered: delivered, Read: read, Failed: failed };
  return Object.entries(all).flatMap(([name, at]) => (at ? [{ name, at: new Date(at) }] : []));
}
