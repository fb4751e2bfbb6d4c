import type { Kysely } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { Append } from './append.ts';
import { currentConversationId } from './conversations.ts';
import type { InputProblem } from './customers.ts';
import type { CommsDirection, CommsType, Entry } from './entry.ts';
import { entriesByIds } from './inbox.ts';
import { markOwnRead } from './read-marks.ts';
import { judgeKey } from './send-whatsapp.ts';
import { storableText } from './storable-text.ts';

export type LogCommsInput = {
  customerId: string;
  type: CommsType;
  direction: CommsDirection;
  body: string;
  occurredAt?: Date | null | undefined;
  idempotencyKey?: string | null | undefined;
};

export type LogCommsOutcome = { entry: Entry } | { problem: InputProblem } | 'NO_CUSTOMER' | 'KEY_CONFLICT';

const LONGEST_BODY = 20_000;
/** Clocks of browsers are off by this much and more. */
const FUTURE_ALLOWED_MS = 5 * 60 * 1_000;

/** Logs what happened elsewhere. A note is for staff alone; none of it touches the customer service window. */
export async function logComms(
  { db, append }: { db: Kysely<DB>; append: Append },
  input: LogCommsInput,
  authorId: string,
): Promise<LogCommsOutcome> {
  const found = judge(input);
  if (found) return { problem: found };
  const conversationId = await currentConversationId(db, input.customerId);
  if (conversationId === undefined) return 'NO_CUSTOMER';
  const { type, direction, occurredAt, idempotencyKey } = input;
  const text = storableText(input.body).trim();
  const {
    entries: [logged],
  } = await append.append({
    items: [
      {
        kind: 'message',
        type,
        direction,
        status: direction === 'INBOUND' ? 'RECEIVED' : 'SENT',
        text,
        spoken: direction !== 'INTERNAL',
        conversationId,
        authorId,
        ...(occurredAt && { occurredAt }),
        ...(idempotencyKey && { idempotencyKey }),
      },
    ],
  });
  const [entry] = logged ? await entriesByIds(db, [logged.entryId]) : [];
  if (!logged || !entry) throw new Error('an entry was not logged');
  if (!logged.logged && !says(entry, input, text, conversationId)) return 'KEY_CONFLICT';
  // Also when it is asked for again: the first time may have ended before this.
  if (direction === 'INBOUND') await markOwnRead(db, authorId, entry.id);
  return { entry };
}

function judge({ type, direction, body, occurredAt, idempotencyKey }: LogCommsInput): InputProblem | undefined {
  if (type === 'WHATSAPP') return { field: 'type', message: 'WhatsApp messages are logged when they are sent.' };
  if ((type === 'NOTE') !== (direction === 'INTERNAL')) {
    return { field: 'direction', message: 'A note is INTERNAL; anything else is INBOUND or OUTBOUND.' };
  }
  if (body.trim() === '') return { field: 'body', message: 'Write what happened.' };
  if ([...body].length > LONGEST_BODY) return { field: 'body', message: 'At most 20,000 characters: shorten it.' };
  if (occurredAt && occurredAt.getTime() > Date.now() + FUTURE_ALLOWED_MS) {
    return { field: 'occurredAt', message: 'This lies in the future: log it when it has happened.' };
  }
  return judgeKey(idempotencyKey);
}

function says(
  entry: Entry,
  { type, direction, occurredAt }: LogCommsInput,
  text: string,
  conversationId: string,
): boolean {
  // What was to happen in a moment, by a clock that is fast, happened when it was logged.
  const at = occurredAt ? Math.min(occurredAt.getTime(), entry.loggedAt.getTime()) : entry.occurredAt.getTime();
  return (
    entry.body === text &&
    entry.type === type &&
    entry.direction === direction &&
    entry.conversationId === conversationId &&
    entry.occurredAt.getTime() === at
  );
}
