import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { Append, MessageItem } from './append.ts';
import { currentConversationId, isUnknownSender } from './conversations.ts';
import type { InputProblem } from './customers.ts';
import type { Entry } from './entry.ts';
import { entriesByIds } from './inbox.ts';
import { countQueued } from './outbox.ts';
import { phoneKey, readTypedNumber } from './phone-number.ts';
import { isStorable, storableText } from './storable-text.ts';

export type SendInput = {
  customerId: string;
  toPhone: string;
  message: string;
  idempotencyKey?: string | null | undefined;
  /** Id of the entry that it quotes. */
  replyTo?: string | null | undefined;
};

/** Who of the company sends, and from which of its numbers. */
export type SentBy = { staffId: string; businessNumberId: string; defaultCountry: string };

export type SendOutcome =
  | { entry: Entry }
  | { problem: InputProblem }
  | 'NO_CUSTOMER'
  /** The key was used for another message. */
  | 'KEY_CONFLICT'
  | 'TOO_MANY_QUEUED';

const LONGEST_MESSAGE = 4_096;
const MOST_QUEUED = 20_000;

/** Logs a message as QUEUED; the outbox does the rest. The same key with the same input gives the same entry. */
export async function queueWhatsApp(
  { db, append }: { db: Kysely<DB>; append: Append },
  input: SendInput,
  by: SentBy,
): Promise<SendOutcome> {
  const { message, idempotencyKey } = input;
  const toPhone = input.toPhone.trim();
  const userId = /^[A-Z]{2}\.[A-Za-z0-9.]{1,160}$/.test(toPhone) ? toPhone : undefined;
  const typed = userId === undefined ? readTypedNumber(toPhone.slice(0, 100), by.defaultCountry) : undefined;
  const problem = judgeShape(input, userId ?? typed);
  if (problem) return { problem };

  const conversationId = await currentConversationId(db, input.customerId);
  if (conversationId === undefined) return 'NO_CUSTOMER';
  const recipient = typed ? { phone: await numberOnWhatsApp(db, typed) } : { recipientUserId: userId ?? '' };
  const quoted = input.replyTo ? await entryOnWhatsApp(db, input.replyTo) : undefined;
  const item = {
    text: storableText(message),
    spoken: true,
    conversationId,
    ...recipient,
    refersTo: quoted && { kind: 'REPLY' as const, extMessageId: quoted.extMessageId },
    ...(idempotencyKey && { idempotencyKey }),
  };
  // Before the rest is judged: what was sent was sent, whatever has become of the number or the quoted message since.
  const known = idempotencyKey ? await entryByKey(db, by.staffId, idempotencyKey) : undefined;
  if (known) return (await saidBefore(db, known, item)) ? { entry: known } : 'KEY_CONFLICT';
  if (await isAnothers(db, conversationId, { phoneKey: typed?.key, userId })) {
    return {
      problem: { field: 'toPhone', message: 'This is another customer’s number: open that customer to write to it.' },
    };
  }
  if (input.replyTo && (quoted?.conversationId !== conversationId || changesAnother(quoted))) {
    return {
      problem: { field: 'replyTo', message: 'Only a message of this conversation that WhatsApp has can be quoted.' },
    };
  }
  return await queue({ db, append }, item, by);
}

type OwnItem = Pick<MessageItem, 'text' | 'spoken' | 'phone' | 'recipientUserId' | 'refersTo' | 'idempotencyKey'> & {
  conversationId: string;
};

/** Logs what the company sends as QUEUED. */
export async function queue(
  { db, append }: { db: Kysely<DB>; append: Append },
  item: OwnItem,
  { staffId, businessNumberId }: SentBy,
): Promise<SendOutcome> {
  if ((await countQueued(db)) >= MOST_QUEUED) return 'TOO_MANY_QUEUED';
  const {
    entries: [logged],
  } = await append.append({
    items: [
      {
        kind: 'message',
        type: 'WHATSAPP',
        direction: 'OUTBOUND',
        status: 'QUEUED',
        authorId: staffId,
        businessNumberId,
        ...item,
      },
    ],
  });
  const [entry] = logged ? await entriesByIds(db, [logged.entryId]) : [];
  if (!logged || !entry) throw new Error('a message was not logged');
  return logged.logged || says(entry, item) ? { entry } : 'KEY_CONFLICT';
}

async function entryByKey(db: Kysely<DB>, authorId: string, idempotencyKey: string): Promise<Entry | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from comms_entry where author_id = ${authorId} and idempotency_key = ${idempotencyKey}`.execute(db);
  const [entry] = await entriesByIds(
    db,
    rows.map(({ id }) => id),
  );
  return entry;
}

/** Whether an entry is this item, also where it has gone with the sender when their link was undone. */
async function saidBefore(db: Kysely<DB>, entry: Entry, item: OwnItem): Promise<boolean> {
  const identifier = item.phone ? `phone:${phoneKey(item.phone)}` : `user:${item.recipientUserId}`;
  const { rows } = await sql<{ home: string }>`
    select s.conversation_id as home from sender_identifier i join sender s on s.id = i.sender_id
    where i.identifier = ${identifier}`.execute(db);
  const isTheirs = isUnknownSender(entry.conversationId) && rows[0]?.home === entry.conversationId;
  return says(entry, isTheirs ? { ...item, conversationId: entry.conversationId } : item);
}

function says(entry: Entry, { text, conversationId, phone, recipientUserId, refersTo }: OwnItem): boolean {
  const isTo = phone
    ? entry.phone !== null && phoneKey(entry.phone) === phoneKey(phone)
    : entry.recipientUserId === recipientUserId;
  return (
    entry.body === text &&
    entry.conversationId === conversationId &&
    isTo &&
    entry.referenceKind === (refersTo?.kind ?? null) &&
    entry.referenceId === (refersTo?.extMessageId ?? null)
  );
}

/** Whether an entry is a reaction, an edit or a deletion rather than a message of its own. */
export function changesAnother({ referenceKind }: Entry): boolean {
  return referenceKind !== null && referenceKind !== 'REPLY';
}

/** An entry that WhatsApp knows by an id of its own. */
export async function entryOnWhatsApp(
  db: Kysely<DB>,
  id: string,
): Promise<(Entry & { extMessageId: string }) | undefined> {
  const [entry] = /^\d{1,15}$/.test(id) ? await entriesByIds(db, [Number(id)]) : [];
  const { type, extMessageId } = entry ?? {};
  return entry && type === 'WHATSAPP' && extMessageId ? { ...entry, extMessageId } : undefined;
}

function judgeShape({ customerId, message, idempotencyKey }: SendInput, recipient: unknown): InputProblem | undefined {
  if (customerId.trim() === '' || !isStorable(customerId)) {
    return { field: 'customerId', message: 'Name the customer, or the unknown sender.' };
  }
  if (recipient === undefined) {
    const message = 'This is no phone number: write it with its country code, such as +30 697 401 5758.';
    return { field: 'toPhone', message };
  }
  if (message.trim() === '') return { field: 'message', message: 'Write a message.' };
  const length = [...message].length;
  if (length > LONGEST_MESSAGE) {
    const excess = length - LONGEST_MESSAGE;
    return { field: 'message', message: `WhatsApp takes at most 4,096 characters: shorten it by ${excess}.` };
  }
  return judgeKey(idempotencyKey);
}

export function judgeKey(idempotencyKey: string | null | undefined): InputProblem | undefined {
  const isKey = idempotencyKey === null || idempotencyKey === undefined || /^[^\0]{1,200}$/su.test(idempotencyKey);
  return isKey ? undefined : { field: 'idempotencyKey', message: 'A key has 1 to 200 characters.' };
}

/** The number as WhatsApp itself wrote it, where that person wrote before (in Brazil, say, the two may differ). */
async function numberOnWhatsApp(db: Kysely<DB>, { digits, key }: { digits: string; key: string }): Promise<string> {
  const { rows } = await sql<{ phone: string }>`
    select s.phone from sender_identifier i join sender s on s.id = i.sender_id
    where i.identifier = ${`phone:${key}`} and s.phone is not null`.execute(db);
  const known = rows[0]?.phone;
  return known !== undefined && phoneKey(known) === key ? known : digits;
}

/**
 * Whether a number or user id is another customer's and not this one's: by the contacts, or since whoever has it
 * belongs to that customer.
 */
async function isAnothers(
  db: Kysely<DB>,
  conversationId: string,
  { phoneKey, userId }: { phoneKey: string | undefined; userId: string | undefined },
): Promise<boolean> {
  const identifier = phoneKey === undefined ? `user:${userId}` : `phone:${phoneKey}`;
  const { rows } = await sql<{ owner: string }>`
    select customer_id as owner from contact where phone_key = ${phoneKey ?? null}
    union select s.conversation_id from sender_identifier i join sender s on s.id = i.sender_id
    where i.identifier = ${identifier}`.execute(db);
  const owners = rows.map(({ owner }) => owner);
  return !owners.includes(conversationId) && !owners.every(isUnknownSender);
}
