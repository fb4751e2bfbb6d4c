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
import type { CommsStatus, EntryStatus_EntryFragment } from '../operations.generated.ts';
import classes from './EntryStatus.module.css';

export const ENTRY_STATUS: TypedDocumentNode<EntryStatus_EntryFragment> = gql`
  fragment EntryStatus_entry on CommsEntry { id revision type status }
`;

const MARKS: Record<Exclude<CommsStatus, 'RECEIVED'>, { icon: TablerIcon; word: string; hint: string }> = {
  QUEUED: { icon: IconClock, word: 'Waiting', hint: 'Waits to be sent' },
  SENT: { icon: IconCheck, word: 'Sent', hint: 'WhatsApp has it' },
  DELIVERED: { icon: IconChecks, word: 'Delivered', hint: 'It is on the customer’s phone' },
  READ: { icon: IconChecks, word: 'Read', hint: 'The customer has seen it' },
  FAILED: { icon: IconAlertCircle, word: 'Not sent', hint: 'It didn’t go out' },
  UNKNOWN: {
    icon: IconHelpCircle,
    word: 'Not confirmed',
    hint: 'No answer from WhatsApp yet. It may have gone out: do not resend blindly',
  },
};

/** What became of a message that went out by WhatsApp. */
export function EntryStatus({ entry }: { entry: FragmentType<EntryStatus_EntryFragment> }) {
  const { data, complete } = useFragment({ fragment: ENTRY_STATUS, from: entry });
  if (!complete || data.type !== 'WHATSAPP' || data.status === 'RECEIVED') return null;
  const { icon: Icon, word, hint } = MARKS[data.status];
  return (
    <span className={classes.status} data-status={data.status} title={hint}>
      <Icon size={16} stroke={data.status === 'READ' ? 2.6 : 1.8} aria-hidden />
      {word}
    </span>
  );
}
