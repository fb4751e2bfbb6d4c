import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { ActionIcon, Avatar } from '@mantine/core';
import { IconArrowLeft, IconBuildingStore } from '@tabler/icons-react';
import { useLocation, useNavigate } from 'react-router';
import { WindowHint } from '../conversation/WindowHint.tsx';
import { t } from '../language/t.ts';
import type { CustomerHeader_ConversationFragment } from '../operations.generated.ts';
import { SendWhatsAppButton } from '../send/SendWhatsAppButton.tsx';
import { CONTACT_POINT, ContactPoint } from './ContactPoint.tsx';
import classes from './CustomerHeader.module.css';
import { NumberDoubtHint } from './NumberDoubts.tsx';
import { spacedNumber } from './phone-display.ts';
import { UnknownSenderActions } from './UnknownSenderActions.tsx';
import { unknownSenderOf } from './unknown-sender.ts';

export const CUSTOMER_HEADER: TypedDocumentNode<CustomerHeader_ConversationFragment> = gql`
  fragment CustomerHeader_conversation on Conversation {
    id
    revision
    name
    phone
    windowClosesAt
    customer { id revision name organization contacts { id ...ContactPoint_contact } }
  }
  ${CONTACT_POINT}
`;

type Props = {
  /** As the page has it: what is being written goes by it. */
  conversationId: string;
  conversation: FragmentType<CustomerHeader_ConversationFragment>;
};

export function CustomerHeader({ conversationId, conversation }: Props) {
  const { data, complete } = useFragment({
    fragment: CUSTOMER_HEADER,
    fragmentName: 'CustomerHeader_conversation',
    from: conversation,
  });
  const navigate = useNavigate();
  const openedHere = useLocation().key === 'default';
  if (!complete) return null;
  const { customer, name, phone, windowClosesAt } = data;
  const number = spacedNumber(phone);
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.back}
        variant="subtle"
        color="gray"
        size={44}
        aria-label={t('Back')}
        onClick={() => void (openedHere ? navigate('/inbox') : navigate(-1))}
      >
        <IconArrowLeft size={22} stroke={1.7} aria-hidden />
      </ActionIcon>
      <Avatar className={classes.avatar} size={52} color="plum" name={customer ? name : '?'} aria-hidden />
      <div className={classes.who}>
        <h1 id="customer-name">
          <bdi>{name}</bdi>
        </h1>
        <ul className={classes.points}>
          {customer?.organization && (
            <li>
              <IconBuildingStore size={16} stroke={1.7} aria-hidden /> <bdi>{customer.organization}</bdi>
            </li>
          )}
          {customer?.contacts.map((contact) => (
            <li key={contact.id}>
              <ContactPoint contact={contact} />
            </li>
          ))}
          {!customer && (
            <li>
              <span className={classes.unknown}>{t('Unknown')}</span>
              {number !== name && number}
            </li>
          )}
        </ul>
        {customer && <NumberDoubtHint customerId={customer.id} />}
      </div>
      <div className={classes.end}>
        <WindowHint closesAt={windowClosesAt} />
        <SendWhatsAppButton conversationId={conversationId} />
        {!customer && <UnknownSenderActions sender={unknownSenderOf(data)} />}
      </div>
    </header>
  );
}
