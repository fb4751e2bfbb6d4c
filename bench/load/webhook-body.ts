import { createHmac } from 'node:crypto';

/** What the counted messages say: where they stand in the run, and when they should have been sent. */
export const MARK = 'bench ';
export const NUMBER_DIGITS = 8;
/** Of a time in hundredths of a millisecond. */
export const TIME_DIGITS = 15;

export const SENDERS = 1_000;
const WORDS = [
  'Is my order on its way? It should have come on Friday.',
  'Thanks a lot!',
  'Καλημέρα, ως πότε είστε ανοιχτά;',
];

/** The body of one webhook as Meta writes it, with the messages from `first` on, from one sender after the other. */
export function messagesBody(first: number, count: number, scheduled: number, senders = SENDERS): string {
  const seconds = Math.floor(scheduled / 1000);
  const at = String(Math.round(scheduled * 100)).padStart(TIME_DIGITS, '0');
  const contacts: string[] = [];
  const messages: string[] = [];
  for (let number = first; number < first + count; number++) {
    const from = senderNumber(number % senders);
    const text = `${MARK}${String(number).padStart(NUMBER_DIGITS, '0')} ${at} ${WORDS[number % WORDS.length]}`;
    contacts.push(`{"profile":{"name":"Customer ${from.slice(-4)}"},"wa_id":"${from}"}`);
    messages.push(
      `{"from":"${from}","id":"wamid.HBgMMzA2OTc0MDE1NzU4FQIAEhggQ${at}${number}=","timestamp":"${seconds}","text":{"body":"${text}"},"type":"text"}`,
    );
  }
  return envelope(`"contacts":[${contacts}],"messages":[${messages}]`);
}

const STEPS = ['read', 'delivered', 'sent'] as const;
const BETWEEN_STEPS = 1_000;

/**
 * One status of a message that the log has as `sentMessageId(…)`: each is told sent, later delivered, later read, while
 * the same is told of others.
 */
export function statusBody(number: number, scheduled: number): string {
  const step = number % STEPS.length;
  const message = Math.floor(number / STEPS.length) + step * BETWEEN_STEPS;
  const to = senderNumber(message);
  const pricing = '"pricing":{"billable":true,"pricing_model":"PMP","category":"service","type":"regular"}';
  return envelope(
    `"contacts":[{"profile":{"name":"Customer ${to.slice(-4)}"},"wa_id":"${to}"}],"statuses":[{"id":"${sentMessageId(message)}","status":"${STEPS[step]}","timestamp":"${Math.floor(scheduled / 1000)}","recipient_id":"${to}",${pricing}}]`,
  );
}

/** How many messages have to be there for so many statuses. */
export function messagesFor(statuses: number): number {
  return Math.ceil(statuses / STEPS.length) + STEPS.length * BETWEEN_STEPS;
}

export function sentMessageId(number: number): string {
  return `wamid.sent-${number}`;
}

/** The whole request, signed over its very bytes. */
export function signedRequest({ host, pathname }: URL, body: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256=${signature}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export function senderNumber(number: number): string {
  return `30697${4_000_000 + (number % SENDERS)}`;
}

function envelope(value: string): string {
  return `{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"302100000000","phone_number_id":"106540352242922"},${value}},"field":"messages"}]}]}`;
}
