import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { IconUserQuestion } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { t } from '../language/t.ts';
import type { CustomerDetailsQuery, CustomerDetailsQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { Answer } from './Answer.tsx';
import { CONTACT_LIST, ContactList } from './ContactList.tsx';
import { CustomerSince } from './CustomerSince.tsx';
import classes from './DetailsTab.module.css';
import { DetailsTabSkeleton } from './DetailsTabSkeleton.tsx';
import { EditCustomerButton } from './EditCustomerButton.tsx';
import { LINKED_SENDERS, LinkedSenders } from './LinkedSenders.tsx';
import { NumberDoubts } from './NumberDoubts.tsx';

const QUERY: TypedDocumentNode<CustomerDetailsQuery, CustomerDetailsQueryVariables> = gql`
  query CustomerDetails($id: ID!) {
    conversation(id: $id) {
      id
      revision
      customer { id revision name organization createdAt ...ContactList_customer }
      ...LinkedSenders_conversation
    }
  }
  ${CONTACT_LIST}
  ${LINKED_SENDERS}
`;

/** The tab of a customer's page that shows who they are. */
export function DetailsTab() {
  const { id = '' } = useParams();
  const asked = useQuery(QUERY, { variables: { id } });
  return (
    <Answer asked={asked} what="The details" skeleton={<DetailsTabSkeleton />} none={null}>
      {(conversation) => <Details conversation={conversation} />}
    </Answer>
  );
}

function Details({ conversation }: { conversation: NonNullable<CustomerDetailsQuery['conversation']> }) {
  const { customer } = conversation;
  if (!customer) {
    return (
      <Empty
        icon={<IconUserQuestion size={36} stroke={1.4} aria-hidden />}
        title={t('Nobody knows this sender yet')}
        hint={t('Say who it is, and the whole conversation goes along.')}
      />
    );
  }
  return (
    <div className={classes.scroller}>
      <div className={classes.card}>
        <dl className={classes.facts}>
          <dt>{t('Name')}</dt>
          <dd>
            <bdi>{customer.name}</bdi>
          </dd>
          <dt>{t('Organisation')}</dt>
          <dd>
            <bdi>{customer.organization ?? '–'}</bdi>
          </dd>
          <dt>{t('Contact points')}</dt>
          <dd className={classes.contacts}>
            <ContactList customer={customer} />
            <NumberDoubts customerId={customer.id} />
            <LinkedSenders conversation={conversation} />
          </dd>
          <dt>{t('Customer since')}</dt>
          <dd>
            <CustomerSince at={customer.createdAt} />
          </dd>
        </dl>
        <EditCustomerButton customerId={customer.id} />
      </div>
    </div>
  );
}
