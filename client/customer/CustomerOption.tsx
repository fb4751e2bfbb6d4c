import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { CustomerOption_CustomerFragment } from '../operations.generated.ts';
import { CONTACT_POINT, ContactPoint } from './ContactPoint.tsx';
import classes from './CustomerOption.module.css';

export const CUSTOMER_OPTION: TypedDocumentNode<CustomerOption_CustomerFragment> = gql`
  fragment CustomerOption_customer on Customer {
    id
    revision
    name
    organization
    contacts { id ...ContactPoint_contact }
  }
  ${CONTACT_POINT}
`;

type Props = { customer: FragmentType<CustomerOption_CustomerFragment>; checked: boolean; onPick(): void };

/** One of several customers to choose from. */
export function CustomerOption({ customer, checked, onPick }: Props) {
  const { data, complete } = useFragment({
    fragment: CUSTOMER_OPTION,
    fragmentName: 'CustomerOption_customer',
    from: customer,
  });
  if (!complete) return null;
  return (
    <label className={classes.option}>
      <input type="radio" name="customer" className={classes.radio} checked={checked} onChange={onPick} />
      <span className={classes.who}>
        <bdi className={classes.name}>{data.name}</bdi>
        {data.organization && <bdi className={classes.organization}>{data.organization}</bdi>}
      </span>
      <span className={classes.contacts}>
        {data.contacts.map((contact) => (
          <ContactPoint key={contact.id} contact={contact} />
        ))}
      </span>
    </label>
  );
}
