import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { Append } from './append.ts';
import type { InputProblem } from './customers.ts';
import type { Entry } from './entry.ts';
import { changesAnother, entryOnWhatsApp, judgeKey, queue, type SendOutcome, type SentBy } from './send-whatsapp.ts';

export type ReactInput = {
  /** Of the entry that is reacted to. */
  entryId: string;
  /** One; empty takes it back. */
  emoji: string;
  idempotencyKey?: string | null | undefined;
};

/** Meta: older messages can't be reacted to ("Reaction messages", error 131009). */
const REACTED_WITHIN_MS = 30 * 24 * 60 * 60 * 1_000;

/** What the log says of a reaction, the customer's or the company's; without an emoji it is taken back. */
export function reactionText(emoji: string | undefined): string {
  return emoji ? `Reacted with ${emoji}` : 'Removed a reaction';
}

/** Logs a reaction as QUEUED; otherwise as `queueWhatsApp`. */
export async function queueReaction(
  { db, append }: { db: Kysely<DB>; append: Append },
  { entryId, emoji, idempotencyKey }: ReactInput,
  by: SentBy,
): Promise<SendOutcome> {
  const target = await entryOnWhatsApp(db, entryId);
  if (!target) return { problem: { field: 'entryId', message: 'There is no such message that WhatsApp has.' } };
  const problem = judgeTarget(target) ?? judgeKey(idempotencyKey);
  if (problem) return { problem };
  const given = emoji.trim();
  // As keyboards write it, and with the mark that makes a sign an emoji.
  const known = [given, `${given}\ufe0f`].find((text) => /^\p{RGI_Emoji}$/v.test(text));
  if (known === undefined && given !== '') {
    return { problem: { field: 'emoji', message: 'Give one emoji, or an empty text to take the reaction back.' } };
  }
  const recipient = await otherSide(db, target);
  if (!recipient) return { problem: { field: 'entryId', message: 'Nobody knows how to reach who wrote this.' } };
  const item = {
    text: reactionText(known),
    spoken: false,
    conversationId: target.conversationId,
    ...recipient,
    refersTo: { kind: 'REACTION' as const, extMessageId: target.extMessageId, text: known },
    ...(idempotencyKey && { idempotencyKey }),
  };
  return await queue({ db, append }, item, by);
}

function judgeTarget(target: Entry): InputProblem | undefined {
  if (changesAnother(target)) {
    return { field: 'entryId', message: 'WhatsApp takes reactions to messages only, not to reactions or changes.' };
  }
  if (Date.now() - target.occurredAt.getTime() > REACTED_WITHIN_MS) {
    return { field: 'entryId', message: 'WhatsApp takes no reaction to a message older than 30 days: write instead.' };
  }
  return undefined;
}

/** Whoever the message is from or to. */
async function otherSide(db: Kysely<DB>, { phone, recipientUserId, senderId }: Entry) {
  if (phone !== null) return { phone };
  if (recipientUserId !== null) return { recipientUserId };
  const { rows } = await sql<{ userId: string | null }>`
    select user_id from sender where id = ${senderId}`.execute(db);
  const userId = rows[0]?.userId;
  return userId ? { recipientUserId: userId } : undefined;
}
