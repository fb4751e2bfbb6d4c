import type { Reference } from '../comms/entry.ts';
import { asRecord, asText, type JsonRecord } from './json-reading.ts';
import { editedText } from './message-text.ts';

/** Which message another one quotes or changes (Meta's webhook reference: reaction, edit, revoke, and `context`). */
export function referenceOf(message: JsonRecord): Reference | undefined {
  const type = asText(message.type) ?? '';
  const content = asRecord(message[type]);
  switch (type) {
    case 'reaction':
      return reference('REACTION', content?.message_id, asText(content?.emoji) || undefined);
    case 'edit':
      return reference('EDIT', content?.original_message_id, editedText(message));
    case 'revoke':
      return reference('DELETION', content?.original_message_id);
    default:
      return reference('REPLY', asRecord(message.context)?.id);
  }
}

/** Longer than any of Meta's; what is longer can't be looked for. */
const LONGEST_ID = 500;

function reference(kind: Reference['kind'], id: unknown, text?: string): Reference | undefined {
  const extMessageId = asText(id);
  return extMessageId && extMessageId.length <= LONGEST_ID ? { kind, extMessageId, text } : undefined;
}
