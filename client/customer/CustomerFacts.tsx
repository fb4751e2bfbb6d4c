import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Avatar, Button } from '@mantine/core';
import { Link } from 'react-router';
import { WindowHint } from '../conversation/WindowHint.tsx';
import { t } from '../language/t.ts';
import type { CustomerFactsQuery, CustomerFactsQueryVariables } from '../operations.generated.ts';
import { Trouble } from '../shell/Trouble.tsx';
import { customerAddress } from './address.ts';
import { CONTACT_POINT, ContactPoint } from './ContactPoint.tsx';
import classes from './CustomerFacts.module.css';
import { spacedNumber } from './phone-display.ts';

const QUERY: TypedDocumentNode<CustomerFactsQuery, CustomerFactsQueryVariables> = gql`
  query CustomerFacts($id: ID!) {
    conversation(id: $id) {
      id
      revision
      name
      phone
      windowClosesAt
      customer { id revision name organization contacts { id ...ContactPoint_contact } }
    }
  }
  ${CONTACT_POINT}
`;

/** What is known about whom a conversation is with. */
export function CustomerFacts({ conversationId }: { conversationId: string }) {
  const { data, error, refetch } = useQuery(QUERY, { variables: { id: conversationId } });
  if (error && !data) return <Trouble what="The customer" error={error} onRetry={() => refetch()} />;
  if (!data?.conversation) return null;
  const { id, customer, name, phone, windowClosesAt } = data.conversation;
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
        <ul className={classes.points} aria-label={t('Contact points')}>
          {customer.contacts.map((contact) => (
            <li key={contact.id}>
              <ContactPoint contact={contact} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.organization}>
          {phone
            ? t('Nobody knows {{number}} yet.', { number: spacedNumber(phone) })
            : t('Nobody knows this sender yet.')}
        </p>
      )}
      <WindowHint closesAt={windowClosesAt} />
      <Button component={Link} to={customerAddress(id)} variant="default" fullWidth>
        {customer ? t('Open the customer’s page') : t('Open the sender’s page')}
      </Button>
    </div>
  );
}
