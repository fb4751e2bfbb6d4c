import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { spacedNumber } from '../customer/phone-display.ts';
import { t } from '../language/t.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { EntryDetails_EntryFragment } from '../operations.generated.ts';
import classes from './EntryDetails.module.css';
import { timesOf } from './EntryStatus.tsx';
import { fullTime } from './moments.ts';

export const ENTRY_DETAILS: TypedDocumentNode<EntryDetails_EntryFragment> = gql`
  fragment EntryDetails_entry on CommsEntry {
    id
    revision
    type
    direction
    status
    phone
    senderName
    extMessageId
    occurredAt
    loggedAt
    author { id name }
    failure { code message next details retryable needsAdmin }
    nextTryAt
    statusTimes { sent delivered read failed }
    body
    refersTo { kind }
    edited { body editedAt }
    deletedAt
  }
`;

/** The whole story of an entry: its times, numbers and names, for who asks. */
export function EntryDetails({ entry }: { entry: FragmentType<EntryDetails_EntryFragment> }) {
  const { data, complete } = useFragment({ fragment: ENTRY_DETAILS, from: entry });
  if (!complete) return null;
  return (
    <dl className={classes.details} aria-label={t('Details')}>
      {rowsOf(data).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function rowsOf(entry: EntryDetails_EntryFragment): [name: string, value: string][] {
  const { type, direction, status, occurredAt, loggedAt, failure, extMessageId } = entry;
  const times = timesOf(entry.statusTimes).map(({ name, at }): [string, string] => [name, fullTime(at)]);
  const waits = times.length === 0 && !failure && status === 'QUEUED';
  const rows: [name: string, value: string | null | undefined][] = [
    [
      type === 'WHATSAPP' ? (direction === 'INBOUND' ? t('Written') : t('Sent off')) : t('Happened'),
      timeAt(occurredAt),
    ],
    [
      type === 'WHATSAPP' ? t('Arrived here') : t('Logged'),
      direction === 'OUTBOUND' && type === 'WHATSAPP' ? null : timeAt(loggedAt),
    ],
    [t('Queued'), waits ? t('WhatsApp hasn’t answered yet.') : null],
    ...times,
    [t('Its text'), entry.refersTo?.kind === 'EDIT' ? entry.body : null],
    [t('First text'), entry.edited && entry.body],
    [t('Edited'), entry.edited && timeAt(entry.edited.editedAt)],
    [t('Deleted'), entry.deletedAt && timeAt(entry.deletedAt)],
    [t('Next try'), entry.nextTryAt && timeAt(entry.nextTryAt)],
    [t('Code'), failure?.code],
    [t('WhatsApp’s words'), failure?.details],
    [t('By'), entry.author?.name],
    [t('Name'), entry.senderName],
    [t('Number'), entry.phone && spacedNumber(entry.phone)],
    [t('WhatsApp’s id'), extMessageId],
    [t('Our id'), isStandIn(entry.id) ? null : entry.id],
  ];
  return rows.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

const timeAt = (at: string) => fullTime(new Date(at));
