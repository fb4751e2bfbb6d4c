import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Avatar } from '@mantine/core';
import { Link } from 'react-router';
import { t } from '../language/t.ts';
import type { CustomerRow_CustomerFragment } from '../operations.generated.ts';
import { customerAddress } from './address.ts';
import { CONTACT_POINT, ContactPoint } from './ContactPoint.tsx';
import classes from './CustomerRow.module.css';

export const CUSTOMER_ROW: TypedDocumentNode<CustomerRow_CustomerFragment> = gql`
  fragment CustomerRow_customer on Customer { id revision name organization contacts { id ...ContactPoint_contact } }
  ${CONTACT_POINT}
`;

const CONTACTS_SHOWN = 2;

export function CustomerRow({ customer }: { customer: FragmentType<CustomerRow_CustomerFragment> }) {
  const { data, complete } = useFragment({
    fragment: CUSTOMER_ROW,
    fragmentName: 'CustomerRow_customer',
    from: customer,
  });
  if (!complete) return null;
  return (
    <article className={classes.row} aria-label={data.name}>
      <Avatar size={42} color="plum" name={data.name} aria-hidden />
      <div className={classes.who}>
        <Link to={customerAddress(data.id)} className={classes.link}>
          <bdi>{data.name}</bdi>
        </Link>
        {data.organization && <span className={classes.organization}>{data.organization}</span>}
      </div>
      <div className={classes.contacts}>
        {data.contacts.slice(0, CONTACTS_SHOWN).map((contact) => (
          <ContactPoint key={contact.id} contact={contact} />
        ))}
        {data.contacts.length > CONTACTS_SHOWN && (
          <span>{t('and {{count}} more', { count: data.contacts.length - CONTACTS_SHOWN })}</span>
        )}
      </div>
    </article>
  );
}
