import type { ChatMessage } from './chat-message.ts';
import type { SimulatedPerson } from './simulated-person.ts';
import type { Delivery } from './webhook-sender.ts';
import type { Call, Change, PlannedAnswer, WhatsApp } from './whatsapp.ts';

export type PersonView = Pick<
  SimulatedPerson,
  | 'id'
  | 'name'
  | 'organization'
  | 'phone'
  | 'stranger'
  | 'online'
  | 'blocked'
  | 'readReceipts'
  | 'reading'
  | 'showsNumber'
> & {
  waId: string | undefined;
  userId: string;
  typingUntil: string | undefined;
  windowClosesAt: string | undefined;
};

type MessageView = Omit<ChatMessage, 'content'> & { personId: string };

type DeliveryView = Omit<Delivery, 'body'>;

/** What the stream of events sends, under the name that is its key. */
export type View =
  | { person: PersonView }
  | { message: MessageView }
  | { delivery: DeliveryView }
  | { call: Call }
  | { answers: readonly PlannedAnswer[] };

/** Everything that a page needs to begin with. */
export function snapshot(whatsapp: WhatsApp) {
  return {
    business: whatsapp.business,
    webhookUrl: whatsapp.webhookUrl,
    people: whatsapp.people.map(personView),
    messages: whatsapp.people.flatMap((person) => person.chat.map((message) => messageView(person, message))),
    deliveries: whatsapp.deliveries.slice(-100).map(deliveryView),
    answers: whatsapp.plannedAnswers,
  };
}

export function viewOf(change: Change, whatsapp: WhatsApp): View | undefined {
  switch (change.kind) {
    case 'person':
      return { person: personView(change.person) };
    case 'message':
      return { message: messageView(change.person, change.message) };
    case 'delivery':
      return { delivery: deliveryView(change.delivery) };
    case 'call':
      return { call: change.call };
    case 'answers':
      return { answers: whatsapp.plannedAnswers };
    case 'rest':
      return undefined;
  }
}

export function personView(person: SimulatedPerson): PersonView {
  const { id, name, organization, phone, stranger, online, blocked, readReceipts, reading, showsNumber } = person;
  const { waId, userId, typingUntil } = person;
  return {
    ...{ id, name, organization, phone, stranger, online, blocked, readReceipts, reading, showsNumber },
    ...{ waId, userId, typingUntil },
    windowClosesAt: person.windowClosesAt?.toISOString(),
  };
}

function messageView(person: SimulatedPerson, { content: _content, ...message }: ChatMessage): MessageView {
  return { ...message, personId: person.id };
}

function deliveryView({ body: _body, ...delivery }: Delivery): DeliveryView {
  return delivery;
}
