import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { VisuallyHidden } from '@mantine/core';
import { IconBrandWhatsapp, IconMail, IconPhone, type TablerIcon } from '@tabler/icons-react';
import type { ContactPoint_ContactFragment, ContactType } from '../operations.generated.ts';
import classes from './ContactPoint.module.css';

export const CONTACT_POINT: TypedDocumentNode<ContactPoint_ContactFragment> = gql`
  fragment ContactPoint_contact on Contact { id type display label }
`;

const KINDS: Record<ContactType, { icon: TablerIcon; name: string }> = {
  WHATSAPP: { icon: IconBrandWhatsapp, name: 'WhatsApp' },
  PHONE: { icon: IconPhone, name: 'Phone' },
  EMAIL: { icon: IconMail, name: 'E-mail' },
};

export function ContactPoint({ contact }: { contact: FragmentType<ContactPoint_ContactFragment> }) {
  const { data, complete } = useFragment({ fragment: CONTACT_POINT, from: contact });
  if (!complete) return null;
  const { icon: Icon, name } = KINDS[data.type];
  return (
    <span className={classes.point} data-type={data.type}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <VisuallyHidden>{name}: </VisuallyHidden>
      {data.display}
      {data.label && <span className={classes.label}>{data.label}</span>}
    </span>
  );
}
