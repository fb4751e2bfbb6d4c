import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Avatar, Button } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { listSearch } from '../inbox/inbox-address.ts';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import type { CustomerFactsQuery, CustomerFactsQueryVariables } from '../operations.generated.ts';
import { Answer } from './Answer.tsx';
import { customerAddress } from './address.ts';
import { CONTACT_LIST, ContactList } from './ContactList.tsx';
import { CopyContact } from './CopyContact.tsx';
import classes from './CustomerFacts.module.css';
import { CustomerFactsSkeleton } from './CustomerFactsSkeleton.tsx';
import { CustomerSince } from './CustomerSince.tsx';
import { EditCustomerButton } from './EditCustomerButton.tsx';
import { LINKED_SENDERS, LinkedSenders } from './LinkedSenders.tsx';
import { NoSuchCustomer } from './NoSuchCustomer.tsx';
import { NumberDoubts } from './NumberDoubts.tsx';
import { spacedNumber } from './phone-display.ts';
import { UnknownSenderActions } from './UnknownSenderActions.tsx';
import { unknownSenderOf } from './unknown-sender.ts';

const QUERY: TypedDocumentNode<CustomerFactsQuery, CustomerFactsQueryVariables> = gql`
  query CustomerFacts($id: ID!) {
    conversation(id: $id) {
      id
      revision @nonreactive
      name
      phone
      customer { id revision name organization createdAt ...ContactList_customer }
      ...LinkedSenders_conversation
    }
  }
  ${CONTACT_LIST}
  ${LINKED_SENDERS}
`;

/** What is known about whom a conversation is with. */
export function CustomerFacts({ conversationId }: { conversationId: string }) {
  const [address] = useSearchParams();
  const asked = useQuery(QUERY, { variables: { id: conversationId } });
  const back = { to: `/inbox${listSearch(address)}`, words: t('To the list') };
  return (
    <Answer
      asked={asked}
      what="The customer"
      skeleton={<CustomerFactsSkeleton />}
      none={<NoSuchCustomer back={back} />}
    >
      {(conversation) => <Facts conversation={conversation} />}
    </Answer>
  );
}

function Facts({ conversation }: { conversation: NonNullable<CustomerFactsQuery['conversation']> }) {
  const { id, customer, name, phone } = conversation;
  return (
    <div className={classes.facts}>
      <Avatar size={64} color="plum" name={customer ? name : '?'} aria-hidden />
      <h2 className={classes.name}>
        <bdi>{name}</bdi>
      </h2>
      {customer?.organization && (
        <p className={classes.organization}>
          <bdi>{customer.organization}</bdi>
        </p>
      )}
      {customer ? (
        <>
          <NumberDoubts customerId={customer.id} />
          <ContactList customer={customer} />
          <LinkedSenders conversation={conversation} />
          <p className={classes.since}>
            <Sentence text="Customer since {{when}}" parts={{ when: <CustomerSince at={customer.createdAt} /> }} />
          </p>
          <div className={classes.actions}>
            <EditCustomerButton customerId={customer.id} />
            <Button component={Link} to={customerAddress(id)} variant="default">
              {t('Open the customer’s page')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {phone && (
            <p className={classes.number}>
              <bdi>{spacedNumber(phone)}</bdi>
              <CopyContact text={`+${phone}`} />
            </p>
          )}
          <p className={classes.note}>
            {t('Nobody knows this sender yet. Say who it is, and the whole conversation goes along.')}
          </p>
          <UnknownSenderActions sender={unknownSenderOf(conversation)} />
        </>
      )}
    </div>
  );
}
