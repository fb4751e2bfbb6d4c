import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { t } from '../language/t.ts';
import type { ContactList_CustomerFragment } from '../operations.generated.ts';
import classes from './ContactList.module.css';
import { CONTACT_POINT, ContactPoint } from './ContactPoint.tsx';
import { CopyContact } from './CopyContact.tsx';

export const CONTACT_LIST: TypedDocumentNode<ContactList_CustomerFragment> = gql`
  fragment ContactList_customer on Customer { id revision contacts { id display ...ContactPoint_contact } }
  ${CONTACT_POINT}
`;

/** All the ways to reach a customer, to look at and to copy. */
export function ContactList({ customer }: { customer: FragmentType<ContactList_CustomerFragment> }) {
  const { data, complete } = useFragment({
    fragment: CONTACT_LIST,
    fragmentName: 'ContactList_customer',
    from: customer,
  });
  if (!complete) return null;
  if (data.contacts.length === 0) return <p className={classes.none}>{t('No contact points yet.')}</p>;
  return (
    <ul className={classes.list} aria-label={t('Contact points')}>
      {data.contacts.map((contact) => (
        <li key={contact.id}>
          <ContactPoint contact={contact} />
          <CopyContact text={contact.display} />
        </li>
      ))}
    </ul>
  );
}
