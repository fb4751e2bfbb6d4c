import { displayNumber } from '../comms/phone-number.ts';
import type { ContactResolvers, CustomerResolvers } from './schema.generated.ts';

export const Customer: CustomerResolvers = {
  windowClosesAt: async ({ id }, _, { conversations }) => (await conversations.load(id))?.windowClosesAt ?? null,
};

export const Contact: ContactResolvers = {
  id: (contact) => String(contact.id),
  display: ({ digits, value }) => (digits === null ? value : displayNumber(digits)),
};
