import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Avatar, VisuallyHidden } from '@mantine/core';
import { IconMessageReply, IconUserPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import { LOOKS } from '../conversation/comms-looks.ts';
import { fullTime, shortTime } from '../conversation/moments.ts';
import { spacedNumber } from '../customer/phone-display.ts';
import type { ConversationRow_ConversationFragment } from '../operations.generated.ts';
import { useDraftText } from '../send/drafts.ts';
import { useMe } from '../session/me.ts';
import { FROM_LIST } from './BackToList.tsx';
import classes from './ConversationRow.module.css';
import { conversationAddress } from './inbox-address.ts';
import { RowPreview } from './RowPreview.tsx';
import { previewOf } from './row-preview.ts';

export const CONVERSATION_ROW: TypedDocumentNode<ConversationRow_ConversationFragment> = gql`
  fragment ConversationRow_conversation on Conversation {
    id
    revision
    name
    phone
    lastActivityAt
    unanswered
    failed
    inboundCount
    unreadCount
    readUpToEntryId
    readRevision
    customer { id revision }
    lastEntry { id revision type direction body status author { id name } }
  }
`;

/** The height of a row, the same for all. */
export const ROW_PX = 72;

const NO_ENTRY = { label: 'New customer', icon: IconUserPlus };

type Props = {
  id: string;
  open: boolean;
  /** The address of the list that it stands in. */
  list: URLSearchParams;
};

/** One conversation of the list: with whom, the last that was said, and whether somebody waits. */
export const ConversationRow = memo(function ConversationRow({ id, open, list }: Props) {
  const me = useMe();
  const draft = useDraftText(id);
  const { data, complete } = useFragment({
    fragment: CONVERSATION_ROW,
    fragmentName: 'ConversationRow_conversation',
    from: { __typename: 'Conversation', id },
  });
  if (!complete) return null;
  const { customer, name, phone, lastEntry, unanswered, unreadCount } = data;
  const { icon: Icon, label: channel } = lastEntry ? LOOKS[lastEntry.type] : NO_ENTRY;
  const when = new Date(data.lastActivityAt);
  return (
    <Link
      className={classes.row}
      to={conversationAddress(id, { list })}
      state={FROM_LIST}
      aria-current={open ? 'true' : undefined}
      data-unread={unreadCount > 0 || undefined}
    >
      <span className={classes.face} aria-hidden="true">
        <Avatar size={42} color="plum" name={customer ? name : '?'} />
        <span className={classes.channel} data-type={lastEntry?.type} title={channel}>
          <Icon size={14} stroke={2} />
        </span>
      </span>
      <span className={classes.who}>
        <bdi className={classes.name}>{name}</bdi>
        {!customer && (
          <span className={classes.unknown} title={spacedNumber(phone)}>
            Unknown
          </span>
        )}
      </span>
      <VisuallyHidden>, {channel}, </VisuallyHidden>
      <RowPreview preview={previewOf(lastEntry, me.id, draft)} />
      <VisuallyHidden>, </VisuallyHidden>
      <time className={classes.time} dateTime={data.lastActivityAt} title={fullTime(when)}>
        {shortTime(when)}
      </time>
      <span className={classes.marks}>
        {unanswered && (
          <span className={classes.unanswered} title="Unanswered">
            <IconMessageReply size={18} stroke={1.8} aria-hidden />
            <VisuallyHidden>, unanswered</VisuallyHidden>
          </span>
        )}
        {unreadCount > 0 && (
          <span className={classes.count}>
            <VisuallyHidden>, </VisuallyHidden>
            {unreadCount > 99 ? '99+' : unreadCount}
            <VisuallyHidden> unread</VisuallyHidden>
          </span>
        )}
      </span>
    </Link>
  );
});
