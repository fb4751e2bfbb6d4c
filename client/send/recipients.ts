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

/** Whom one writes to in a conversation. */
export function useAddressee(conversationId: string, { skip = false } = {}) {
  return useQuery(ADDRESSEE, { variables: { id: conversationId }, skip });
}

/** The numbers to write to, the likeliest first: what staff entered, WhatsApp before phones, else whoever wrote. */
export function recipientsOf({ id, phone, customer, linked }: Conversation): Recipient[] {
  const byNumber = new Map<string, Recipient>();
  for (const wanted of ['WHATSAPP', 'PHONE']) {
    for (const { type, display, label } of customer?.contacts ?? []) {
      const digits = display.replace(/\D/g, '');
      if (type !== wanted || byNumber.has(digits)) continue;
      const kind = [type === 'WHATSAPP' ? 'WhatsApp' : t('phone'), label].filter(Boolean).join(', ');
      byNumber.set(digits, { to: display, label: `${display} (${kind})` });
    }
  }
  if (byNumber.size > 0) return [...byNumber.values()];
  if (phone) return [{ to: spacedNumber(phone), label: spacedNumber(phone) }];
  return [id, ...linked.map(({ conversationId }) => conversationId)]
    .map((each) => /^unknown:([A-Z]{2}\..+)/.exec(each)?.[1])
    .filter((userId) => userId !== undefined)
    .map((userId) => ({ to: userId, label: t('WhatsApp user {{id}}', { id: userId }) }));
}
