import { hash } from 'node:crypto';
import type { BodyProblem, CommsItem, MessageItem, StatusItem } from '../comms/append.ts';
import { asList, asRecord, asText, type JsonRecord } from './json-reading.ts';
import { isSpoken, messageText } from './message-text.ts';
import { referenceOf } from './reference.ts';

const utf8 = new TextDecoder();

export type Payload = { items: CommsItem[]; problems: BodyProblem[] };

/**
 * Reads the body of a genuine webhook delivery. Never throws: what makes no sense is a problem, with the path to it,
 * and its neighbours are read. Every entry, change, message and status is walked, whatever else is there.
 */
export function readPayload(bytes: Buffer): Payload {
  const payload: Payload = { items: [], problems: [] };
  let body: unknown;
  try {
    body = JSON.parse(utf8.decode(bytes));
  } catch {
    payload.problems.push({ path: '', reason: 'it can’t be read: it is no JSON' });
    return payload;
  }
  const entries = asRecord(body)?.entry;
  if (!Array.isArray(entries)) {
    payload.problems.push({ path: '', reason: 'it is nothing that WhatsApp is known to send: "entry" is missing' });
    return payload;
  }
  entries.forEach((entry, e) => {
    asList(asRecord(entry)?.changes).forEach((change, c) => {
      const value = asRecord(asRecord(change)?.value);
      // Other fields are kept with the body, and are nobody's conversation.
      if (!value || asRecord(change)?.field !== 'messages') return;
      readValue(value, `entry.${e}.changes.${c}.value`, bytes, payload);
    });
  });
  return payload;
}

function readValue(value: JsonRecord, path: string, bytes: Buffer, payload: Payload): void {
  const businessNumberId = asText(asRecord(value.metadata)?.phone_number_id);
  const contacts = asList(value.contacts)
    .map(asRecord)
    .filter((contact) => contact !== undefined);
  const messages = asList(value.messages);

  for (const [index, message] of messages.entries()) {
    const at = `${path}.messages.${index}`;
    const record = asRecord(message);
    const contact = record && contactOf(record, contacts, messages.length);
    const people = record && identities(record, contact);
    if (!people) {
      payload.problems.push({
        path: at,
        reason: record ? 'a message that names no sender' : 'a message that is no object',
      });
      continue;
    }
    const extMessageId = asText(record.id);
    payload.items.push({
      kind: 'message',
      type: 'WHATSAPP',
      direction: 'INBOUND',
      status: 'RECEIVED',
      text: messageText(record),
      spoken: isSpoken(record),
      ...people,
      extMessageId,
      itemHash: extMessageId ? undefined : `${hash('sha256', bytes, 'hex')}:${at}`,
      senderName: asText(asRecord(contact?.profile)?.name),
      businessNumberId,
      occurredAt: metaTime(record.timestamp),
      refersTo: referenceOf(record),
    });
  }

  asList(value.statuses).forEach((status, s) => {
    const item = readStatus(asRecord(status));
    if (item) payload.items.push(item);
    else payload.problems.push({ path: `${path}.statuses.${s}`, reason: 'a status without id or status' });
  });
}

/** The order of `contacts` isn't promised to be that of `messages`: they are paired by their identifiers. */
function contactOf(message: JsonRecord, contacts: JsonRecord[], messageCount: number): JsonRecord | undefined {
  const from = asText(message.from);
  const userId = asText(message.from_user_id);
  const paired = contacts.find(
    (contact) =>
      (userId !== undefined && asText(contact.user_id) === userId) ||
      (from !== undefined && asText(contact.wa_id) === from),
  );
  const named = from !== undefined || userId !== undefined;
  const only = contacts.length === 1 ? contacts[0] : undefined;
  // A lone contact belongs to the messages unless it says that it is somebody else's.
  const unlabelled = only && asText(only.wa_id) === undefined && asText(only.user_id) === undefined;
  return paired ?? (unlabelled || (!named && messageCount === 1) ? only : undefined);
}

type Identities = Pick<MessageItem, 'phone' | 'userId' | 'newPhone' | 'newUserId'>;

/** Who wrote, by number, by Meta's user id or by both; and, when a message announces it, who they are from now on. */
function identities(message: JsonRecord, contact: JsonRecord | undefined): Identities | undefined {
  const from = asText(message.from) ?? asText(contact?.wa_id);
  // Meta's earlier drafts put the user id where the number stands.
  const fromIsUserId = from !== undefined && /^[A-Z]{2}\.[A-Za-z0-9.]+$/.test(from);
  const phone = fromIsUserId ? undefined : phoneDigits(from);
  const userId =
    asText(message.from_user_id) ??
    asText(contact?.user_id) ??
    asText(message.from_parent_user_id) ??
    (fromIsUserId ? from : undefined);

  const system = message.type === 'system' ? asRecord(message.system) : undefined;
  const previousUserId = asText(system?.previous_user_id);
  const newUserId = asText(system?.user_id) ?? (previousUserId && userId !== previousUserId ? userId : undefined);
  const newPhone = phoneDigits(asText(system?.wa_id));
  const isNamed = [phone, previousUserId, userId, newPhone, newUserId].some((known) => known !== undefined);
  return isNamed ? { phone, userId: previousUserId ?? userId, newPhone, newUserId } : undefined;
}

function phoneDigits(text: string | undefined): string | undefined {
  const digits = text?.replace(/\D/g, '');
  return digits && digits.length <= 30 ? digits : undefined;
}

function readStatus(status: JsonRecord | undefined): StatusItem | undefined {
  const extMessageId = asText(status?.id);
  const name = asText(status?.status);
  if (!status || !extMessageId || !name) return undefined;
  const errors = asList(status.errors)
    .map(asRecord)
    .map((error) => ({
      code: asText(error?.code),
      message: asText(error?.message) ?? asText(error?.title),
      details: asText(asRecord(error?.error_data)?.details),
    }));
  return {
    kind: 'status',
    extMessageId,
    status: name,
    occurredAt: metaTime(status.timestamp),
    callbackData: asText(status.biz_opaque_callback_data),
    errors: errors.length > 0 ? errors : undefined,
  };
}

/** Meta's clock: Unix seconds, as text. Undefined where it can't be: WhatsApp began in 2009. */
function metaTime(value: unknown): Date | undefined {
  const seconds = Number(asText(value));
  return seconds > Date.UTC(2009) / 1000 && seconds < Date.UTC(2100) / 1000 ? new Date(seconds * 1000) : undefined;
}
