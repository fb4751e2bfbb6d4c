import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { ActionIcon, Avatar } from '@mantine/core';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { WindowHint } from '../conversation/WindowHint.tsx';
import { NumberDoubtHint } from '../customer/NumberDoubts.tsx';
import { spacedNumber } from '../customer/phone-display.ts';
import { UnknownSenderActions } from '../customer/UnknownSenderActions.tsx';
import { unknownSenderOf } from '../customer/unknown-sender.ts';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import type { ConversationHeader_ConversationFragment } from '../operations.generated.ts';
import { SendWhatsAppButton } from '../send/SendWhatsAppButton.tsx';
import { BackToList } from './BackToList.tsx';
import { ConversationActionButtons } from './ConversationActionButtons.tsx';
import classes from './ConversationHeader.module.css';
import { FACTS_PANE } from './FactsPane.tsx';
import type { FactsState } from './use-facts-pane.ts';

export const CONVERSATION_HEADER: TypedDocumentNode<ConversationHeader_ConversationFragment> = gql`
  fragment ConversationHeader_conversation on Conversation {
    id
    revision
    name
    phone
    windowClosesAt
    unanswered
    inboundCount
    unreadCount
    readUpToEntryId
    readRevision
    customer { id revision name organization }
    lastEntry { id revision direction }
  }
`;

type Props = {
  /** As the page has it: what is being written goes by it. */
  conversationId: string;
  conversation: FragmentType<ConversationHeader_ConversationFragment>;
  facts: FactsState;
};

/** With whom, how long one may answer freely, and what can be done with the conversation as a whole. */
export function ConversationHeader({ conversationId, conversation, facts }: Props) {
  const { data, complete } = useFragment({
    fragment: CONVERSATION_HEADER,
    fragmentName: 'ConversationHeader_conversation',
    from: conversation,
  });
  useShortcut('facts', facts.toggle);
  if (!complete) return null;
  const { customer, name, phone, windowClosesAt } = data;
  const number = spacedNumber(phone);
  const factsBeside = facts.opened && !facts.asDrawer;
  return (
    <header className={classes.place}>
      <div className={classes.header}>
        <BackToList />
        <Avatar className={classes.avatar} size={40} color="plum" name={customer ? name : '?'} aria-hidden />
        <div className={classes.who}>
          <h2 className={classes.name}>
            <bdi>{name}</bdi>
          </h2>
          <p className={classes.more}>
            {customer ? (
              <bdi>{customer.organization}</bdi>
            ) : (
              <>
                <span className={classes.unknown}>{t('Unknown')}</span> {number !== name && number}
              </>
            )}
          </p>
        </div>
        <div className={classes.window}>
          <WindowHint closesAt={windowClosesAt} />
        </div>
        <div className={classes.actions}>
          <span className={classes.send}>
            <SendWhatsAppButton conversationId={conversationId} />
          </span>
          <ConversationActionButtons conversation={data} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            aria-label={t('About the customer')}
            title={t('About the customer')}
            aria-expanded={facts.opened}
            aria-controls={facts.opened ? FACTS_PANE : undefined}
            onClick={facts.toggle}
          >
            <IconLayoutSidebarRight size={22} stroke={1.7} aria-hidden />
          </ActionIcon>
        </div>
      </div>
      <div className={classes.below}>
        {customer && <NumberDoubtHint customerId={customer.id} />}
        {!customer && !factsBeside && <UnknownSenderActions sender={unknownSenderOf(data)} small />}
      </div>
    </header>
  );
}
