import { displayNumber } from '../comms/phone-number.ts';
import type { ContactResolvers, CustomerResolvers } from './schema.generated.ts';

export const Customer: CustomerResolvers = {
  windowClosesAt: async ({ id }, _, { conversations }) => (await conversations.load(id))?.windowClosesAt ?? null,
  doubts: async ({ id, contacts }, _, { customers, numberDoubts }) => {
    const doubts = (await numberDoubts.load(id)).map(async ({ contactId, otherId, sameDigits, logsHere }) => {
      const contact = contacts.find((each) => each.id === contactId);
      const other = await customers.load(otherId);
      // One of them may have been put right since this was read.
      return contact && other ? [{ contact, other, sameDigits, logsHere }] : [];
    });
    return (await Promise.all(doubts)).flat();
  },
};

export const Contact: ContactResolvers = {
  id: (contact) => String(contact.id),
  display: ({ digits, value }) => (digits === null ? value : displayNumber(digits)),
};
