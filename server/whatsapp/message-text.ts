import { displayNumber } from '../comms/phone-number.ts';
import { reactionText } from '../comms/react-whatsapp.ts';
import { asList, asRecord, asText, type JsonRecord } from './json-reading.ts';

/** What the log says of a message: its text, or a sentence that staff understand. */
export function messageText(message: JsonRecord): string {
  const type = asText(message.type) ?? 'unknown';
  const content = asRecord(message[type]) ?? {};
  switch (type) {
    case 'text':
      return asText(content.body) ?? cannotShow(type);
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return withDetail('Media message received', asText(content.caption));
    case 'location':
      return location(content);
    case 'contacts':
      return contactCards(asList(message[type]));
    case 'interactive':
      return interactiveAnswer(content);
    case 'button':
      return chose(asText(content.text)) ?? cannotShow(type);
    case 'order':
      return order(content);
    case 'reaction':
      return reactionText(asText(content.emoji));
    case 'system':
      return systemNotice(content);
    case 'request_welcome':
      return 'Opened the chat for the first time';
    case 'edit':
      return withDetail('Edited a message', editedText(message));
    case 'revoke':
      return 'Deleted a message';
    case 'unsupported':
      return cannotShow(asText(content.type) ?? type);
    default:
      return cannotShow(type);
  }
}

/** Whether the customer said something by it, which opens the customer service window and wants an answer. */
export function isSpoken(message: JsonRecord): boolean {
  return !['reaction', 'system', 'edit', 'revoke'].includes(asText(message.type) ?? '');
}

/** What a message was changed to. */
export function editedText(edit: JsonRecord): string | undefined {
  const message = asRecord(asRecord(edit.edit)?.message);
  return message && messageText(message);
}

function cannotShow(type: string): string {
  return `WhatsApp sent something this program can't show (${type})`;
}

function withDetail(sentence: string, detail: string | undefined): string {
  return detail ? `${sentence}: ${detail}` : sentence;
}

function chose(title: string | undefined): string | undefined {
  return title && `Chose “${title}”`;
}

function location(content: JsonRecord): string {
  const place = [asText(content.name), asText(content.address)].filter((part) => part).join(', ');
  const { latitude, longitude } = content;
  const point = typeof latitude === 'number' && typeof longitude === 'number' ? `${latitude}, ${longitude}` : undefined;
  return withDetail('Location', place && point ? `${place} (${point})` : place || point);
}

function contactCards(cards: readonly unknown[]): string {
  const people = cards.map(asRecord).map((card) => {
    const name = asRecord(card?.name);
    const fullName =
      asText(name?.formatted_name) ??
      [asText(name?.first_name), asText(name?.last_name)].filter((part) => part).join(' ');
    const numbers = asList(card?.phones)
      .map((phone) => asText(asRecord(phone)?.phone))
      .filter((phone) => phone !== undefined);
    return [fullName, ...numbers].filter((part) => part).join(', ');
  });
  return withDetail('Contact card', people.filter((person) => person !== '').join('; '));
}

function interactiveAnswer(content: JsonRecord): string {
  const kind = asText(content.type) ?? 'interactive';
  const answer = asRecord(content[kind]);
  switch (kind) {
    case 'button_reply':
    case 'list_reply':
      return chose(asText(answer?.title)) ?? cannotShow(kind);
    case 'nfm_reply':
      return withDetail('Filled in a form', asText(answer?.body) ?? asText(answer?.name));
    default:
      return cannotShow(kind);
  }
}

function order(content: JsonRecord): string {
  const lines = asList(content.product_items).map((entry) => {
    const item = asRecord(entry);
    const price = [asText(item?.item_price), asText(item?.currency)].filter((part) => part).join(' ');
    const product = `${asText(item?.quantity) ?? '1'} × ${asText(item?.product_retailer_id) ?? 'unnamed product'}`;
    return price ? `${product} at ${price}` : product;
  });
  return withDetail('Order', [lines.join(', '), asText(content.text)].filter((part) => part).join('. '));
}

function systemNotice(content: JsonRecord): string {
  switch (asText(content.type)) {
    case 'user_changed_number': {
      const digits = asText(content.wa_id)?.replace(/\D/g, '');
      return digits ? `Changed their number to ${displayNumber(digits)}` : 'Changed their number';
    }
    case 'user_changed_user_id':
      return 'Changed their WhatsApp identity';
    case 'customer_identity_changed':
      return 'Is using WhatsApp on a new device';
    default:
      return withDetail('WhatsApp notice', asText(content.body));
  }
}
