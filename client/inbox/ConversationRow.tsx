import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Avatar, VisuallyHidden } from '@mantine/core';
import { IconAlertCircle, IconMessageReply, IconUserPlus } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link } from 'react-router';
import { LOOKS } from '../conversation/comms-looks.ts';
import { fullTime, shortTime } from '../conversation/moments.ts';
import { spacedNumber } from '../customer/phone-display.ts';
import { t } from '../language/t.ts';
import type { ConversationRow_ConversationFragment, ConversationRow_MatchFragment } from '../operations.generated.ts';
import { useDraftText } from '../send/use-draft.ts';
import { useUnsentText } from '../send/use-unsent-text.ts';
import { useMe } from '../session/me.ts';
import { rem } from '../shell/rem.ts';
import { FROM_LIST } from './BackToList.tsx';
import classes from './ConversationRow.module.css';
import { conversationAddress } from './inbox-address.ts';
import { RowMenu } from './RowMenu.tsx';
import { RowPreview } from './RowPreview.tsx';
import { isTrouble, previewOf } from './row-preview.ts';

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
    lastEntry { id revision type direction body status author { id name } discarded { at } }
  }
`;

/** What was found of a search. */
export const ROW_MATCH: TypedDocumentNode<ConversationRow_MatchFragment> = gql`
  fragment ConversationRow_match on CommsEntry { id revision type direction body status author { id name }
    discarded { at } }
`;

/** The height of a row, the same for all. */
export const ROW_PX = rem(4.5);

const NO_ENTRY = { label: 'New customer', icon: IconUserPlus } as const;

type Props = {
  id: string;
  open: boolean;
  /** The address of the list that it stands in. */
  list: URLSearchParams;
  /** Where the search found its words. */
  matchId: string | undefined;
};

/** One conversation of the list: with whom, the last that was said, and whether somebody waits. */
export const ConversationRow = memo(function ConversationRow({ id, open, list, matchId }: Props) {
  const [near, setNear] = useState(false);
  const [menu, setMenu] = useState(false);
  const { data, complete } = useFragment({
    fragment: CONVERSATION_ROW,
    fragmentName: 'ConversationRow_conversation',
    from: { __typename: 'Conversation', id },
  });
  if (!complete) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu has a button, and the header has what it offers
    <div
      className={classes.place}
      data-near={near || menu || undefined}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenu(true);
      }}
    >
      <RowLink conversation={data} open={open} list={list} matchId={matchId} />
      {(near || menu) && <RowMenu conversation={data} opened={menu} onChange={setMenu} />}
    </div>
  );
});

type RowLinkProps = Omit<Props, 'id'> & { conversation: ConversationRow_ConversationFragment };

function RowLink({ conversation, open, list, matchId }: RowLinkProps) {
  const me = useMe();
  const draft = useDraftText(conversation.id);
  const unsent = useUnsentText(conversation.id);
  const match = useFragment({
    fragment: ROW_MATCH,
    fragmentName: 'ConversationRow_match',
    from: matchId === undefined ? null : { __typename: 'CommsEntry', id: matchId },
  });
  const { id, customer, name, phone, lastEntry, unanswered, unreadCount, failed } = conversation;
  const found = match.complete ? match.data : undefined;
  const entry = found ?? lastEntry;
  const { icon: Icon, label } = entry ? LOOKS[entry.type] : NO_ENTRY;
  const channel = t(label);
  const preview = previewOf(entry, me.id, found ? {} : { draft, unsent });
  const when = new Date(conversation.lastActivityAt);
  return (
    <Link
      className={classes.row}
      to={conversationAddress(id, { list, ...(found && { entry: found.id }) })}
      state={FROM_LIST}
      aria-current={open ? 'true' : undefined}
      data-unread={unreadCount > 0 || undefined}
    >
      <span className={classes.face} aria-hidden="true">
        <Avatar size={42} color="plum" name={customer ? name : '?'} />
        <span className={classes.channel} data-type={entry?.type} title={channel}>
          <Icon size={14} stroke={2} />
        </span>
      </span>
      <span className={classes.who}>
        <bdi className={classes.name}>{name}</bdi>
        {!customer && (
          <span className={classes.unknown} title={spacedNumber(phone)}>
            {t('Unknown')}
          </span>
        )}
      </span>
      <VisuallyHidden>, {channel}, </VisuallyHidden>
      <RowPreview preview={preview} search={found && list.get('q')} />
      <VisuallyHidden>, </VisuallyHidden>
      <time className={classes.time} dateTime={conversation.lastActivityAt} title={fullTime(when)}>
        {shortTime(when)}
      </time>
      <span className={classes.marks}>
        {(failed || unsent) && !isTrouble(preview.status) && (
          <span className={classes.failed} title={t('Not sent, or not confirmed')}>
            <IconAlertCircle size={18} stroke={1.8} aria-hidden />
            <VisuallyHidden>, {t('Not sent, or not confirmed')}</VisuallyHidden>
          </span>
        )}
        {unanswered && (
          <span className={classes.unanswered} title={t('Unanswered')}>
            <IconMessageReply size={18} stroke={1.8} aria-hidden />
            <VisuallyHidden>, {t('unanswered')}</VisuallyHidden>
          </span>
        )}
        {unreadCount > 0 && (
          <span className={classes.count}>
            <span aria-hidden>{unreadCount > 99 ? '99+' : unreadCount}</span>
            <VisuallyHidden>, {t('{{count}} unread', { count: unreadCount })}</VisuallyHidden>
          </span>
        )}
      </span>
    </Link>
  );
}
