import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconMessageReply } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import { ENTRY_CARD, EntryCard } from '../conversation/EntryCard.tsx';
import { spacedNumber } from '../customer/phone-display.ts';
import { conversationAddress } from '../inbox/inbox-address.ts';
import { t } from '../language/t.ts';
import { compareIds } from '../live/feed-order.ts';
import type { LogRow_ConversationFragment, LogRow_EntryFragment } from '../operations.generated.ts';
import classes from './LogRow.module.css';

export const LOG_ROW: TypedDocumentNode<LogRow_EntryFragment> = gql`
  fragment LogRow_entry on CommsEntry {
    id
    revision
    customerId
    customer { id revision name }
    direction
    senderName
    phone
    ...EntryCard_entry
  }
  ${ENTRY_CARD}
`;

const CONVERSATION: TypedDocumentNode<LogRow_ConversationFragment> = gql`
  fragment LogRow_conversation on Conversation { id revision inboundCount unreadCount readUpToEntryId readRevision }
`;

type Props = {
  entry: FragmentType<LogRow_EntryFragment>;
  /** Opens what writes to somebody. Without, nothing can be sent. */
  onWrite: ((conversationId: string) => void) | undefined;
};

/** One entry of everybody's log; it leads to the conversation. */
export const LogRow = memo(function LogRow({ entry, onWrite }: Props) {
  const { data, complete } = useFragment({ fragment: LOG_ROW, fragmentName: 'LogRow_entry', from: entry });
  const unread = useIsUnread(data);
  if (!complete) return null;
  const name = data.customer?.name ?? data.senderName;
  return (
    <EntryCard
      entry={data}
      time="short"
      heading={
        <span className={classes.who} data-unread={unread || undefined}>
          {unread && <VisuallyHidden>{t('Unread:')} </VisuallyHidden>}
          <Link to={conversationAddress(data.customerId, { entry: data.id })} className={classes.link}>
            <bdi>{name ?? spacedNumber(data.phone)}</bdi>
          </Link>
          {!data.customer && (
            <span className={classes.unknown}>
              {t('Unknown')} {name && spacedNumber(data.phone)}
            </span>
          )}
        </span>
      }
      action={
        onWrite && (
          <ActionIcon
            className={classes.write}
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t('Send WhatsApp to {{name}}', { name: name ?? spacedNumber(data.phone) })}
            title={t('Send WhatsApp')}
            onClick={() => onWrite(data.customerId)}
          >
            <IconMessageReply size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
        )
      }
    />
  );
});

/** Known without asking: the page has brought every conversation with something unread into the cache. */
function useIsUnread(entry: { id?: string; customerId?: string; direction?: string }): boolean {
  const { data, complete } = useFragment({
    fragment: CONVERSATION,
    from: { __typename: 'Conversation', id: entry.customerId ?? '' },
  });
  if (!complete || data.unreadCount === 0 || entry.direction !== 'INBOUND' || !entry.id) return false;
  return !data.readUpToEntryId || compareIds(entry.id, data.readUpToEntryId) > 0;
}
