import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { spacedNumber } from '../customer/phone-display.ts';
import { t } from '../language/t.ts';
import type { AddresseeQuery, AddresseeQueryVariables } from '../operations.generated.ts';

const ADDRESSEE: TypedDocumentNode<AddresseeQuery, AddresseeQueryVariables> = gql`
  query Addressee($id: ID!) {
    conversation(id: $id) {
      id
      revision @nonreactive
      name
      phone
      windowClosesAt
      customer { id revision name organization contacts { id type display label } }
      linked { conversationId name phone linkedAt linkedBy { id name } }
    }
  }
`;

export type Conversation = NonNullable<AddresseeQuery['conversation']>;
/** Somewhere that a message can go to. */
export type Recipient = { to: string; label: string };

/**
 * Whom one writes to in a conversation. With `lasting` whom it was stays until the answer is there: for what is only
 * ever asked about the same person.
 */
export function useAddressee(conversationId: string, { skip = false, lasting = false } = {}) {
  const { data, previousData, error, refetch } = useQuery(ADDRESSEE, { variables: { id: conversationId }, skip });
  const answer = lasting ? (data ?? previousData) : data;
  return { conversation: answer?.conversation ?? undefined, error, refetch };
}

/**
 * Whom to write to, the likeliest first: with whose number something was said last; then the numbers that staff entered,
 * WhatsApp before phones, then the senders who were linked, else whoever wrote.
 */
export function recipientsOf({ id, phone, customer, linked }: Conversation): Recipient[] {
  const all: Recipient[] = [];
  const add = (recipient: Recipient | undefined) => {
    if (recipient && !all.some(({ to }) => isSame(to, recipient.to))) all.push(recipient);
  };
  for (const wanted of ['WHATSAPP', 'PHONE']) {
    for (const { type, display, label } of customer?.contacts ?? []) {
      const kind = [type === 'WHATSAPP' ? 'WhatsApp' : t('phone'), label].filter(Boolean).join(', ');
      if (type === wanted) add({ to: display, label: `${display} (${kind})` });
    }
  }
  for (const sender of linked) add(senderOf(sender.conversationId, sender.phone, sender.name));
  if (all.length === 0) add(senderOf(id, phone, null));
  const isLast = ({ to }: Recipient) => phone !== null && isSame(to, phone);
  return [...all.filter(isLast), ...all.filter((recipient) => !isLast(recipient))];
}

/** Meta knows some by a user id, and hides their number. */
function senderOf(id: string, phone: string | null, name: string | null): Recipient | undefined {
  const userId = /^unknown:([A-Z]{2}\..+)/.exec(id)?.[1];
  const to = phone ? spacedNumber(phone) : userId;
  if (to === undefined) return undefined;
  const label = phone ? to : t('WhatsApp user {{id}}', { id: to });
  return { to, label: name ? `${label} (${name})` : label };
}

/** Whether both are the same number, however written, or the same user id. */
export function isSame(a: string, b: string): boolean {
  const digits = (to: string) => (/^[A-Z]{2}\./.test(to) ? to : to.replace(/\D/g, ''));
  return a === b || digits(a) === digits(b);
}
