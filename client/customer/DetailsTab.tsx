import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { IconUserQuestion } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { fullTime } from '../conversation/moments.ts';
import { t } from '../language/t.ts';
import type { CustomerDetailsQuery, CustomerDetailsQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { CONTACT_POINT, ContactPoint } from './ContactPoint.tsx';
import classes from './DetailsTab.module.css';

const QUERY: TypedDocumentNode<CustomerDetailsQuery, CustomerDetailsQueryVariables> = gql`
  query CustomerDetails($id: ID!) {
    customer(id: $id) { id revision name organization createdAt contacts { id ...ContactPoint_contact } }
  }
  ${CONTACT_POINT}
`;

export function DetailsTab() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(QUERY, { variables: { id } });
  if (error && !data) return <Trouble what="The details" error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  const { customer } = data;
  if (!customer) {
    return (
      <Empty
        icon={<IconUserQuestion size={36} stroke={1.4} aria-hidden />}
        title={t('Nobody knows this number yet')}
        hint={t('Make a customer of it, and the whole history comes along.')}
      />
    );
  }
  return (
    <dl className={classes.facts}>
      <dt>{t('Name')}</dt>
      <dd>
        <bdi>{customer.name}</bdi>
      </dd>
      <dt>{t('Organisation')}</dt>
      <dd>{customer.organization ?? '–'}</dd>
      <dt>{t('Contact points')}</dt>
      <dd>
        {customer.contacts.length === 0 && '–'}
        {customer.contacts.map((contact) => (
          <div key={contact.id}>
            <ContactPoint contact={contact} />
          </div>
        ))}
      </dd>
      <dt>{t('Customer since')}</dt>
      <dd>{fullTime(new Date(customer.createdAt))}</dd>
    </dl>
  );
}
