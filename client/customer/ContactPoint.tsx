import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { VisuallyHidden } from '@mantine/core';
import type { ContactPoint_ContactFragment } from '../operations.generated.ts';
import classes from './ContactPoint.module.css';
import { CONTACT_ICONS, contactTypeName } from './contact-types.ts';

export const CONTACT_POINT: TypedDocumentNode<ContactPoint_ContactFragment> = gql`
  fragment ContactPoint_contact on Contact { id type display label }
`;

export function ContactPoint({ contact }: { contact: FragmentType<ContactPoint_ContactFragment> }) {
  const { data, complete } = useFragment({ fragment: CONTACT_POINT, from: contact });
  if (!complete) return null;
  const Icon = CONTACT_ICONS[data.type];
  return (
    <span className={classes.point} data-type={data.type}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <span className={classes.words}>
        <VisuallyHidden>{contactTypeName(data.type)}: </VisuallyHidden>
        <bdi>{data.type === 'EMAIL' ? <Address of={data.display} /> : data.display}</bdi>{' '}
        {data.label && <bdi className={classes.label}>{data.label}</bdi>}
      </span>
    </span>
  );
}

/** Where it is too long for its line, it is parted before the host. */
function Address({ of: address }: { of: string }) {
  const at = address.lastIndexOf('@');
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  );
}
