import type { Drafts } from './drafts.ts';
import type { Outbox, Refused, SendResult } from './outbox.ts';
import { newKey, type Outgoing } from './outgoing.ts';
import type { Conversation } from './recipients.ts';

type Parts = { drafts: Drafts; outbox: Outbox };

/**
 * Sends what is written in a conversation. The draft is empty at once, since the bubble holds the text; where something
 * has to be put right first, the text is back, and why.
 */
export async function sendDraft({ drafts, outbox }: Parts, to: string, id: string, customer: Conversation['customer']) {
  const { text, tried, replyTo } = drafts.read(id);
  if (text.trim() === '') return undefined;
  const same = tried?.text === text && tried.to === to && tried.replyTo === replyTo?.id;
  const key = same ? tried.key : newKey();
  drafts.finish(id);
  const who = { customerId: id, customer: briefly(customer), toPhone: to };
  const result = await outbox.send({ key, ...who, message: text, replyTo });
  if (isRefused(result)) putRight(drafts, result);
  return { key, result };
}

/** Sends one that didn't reach the server once more; where something has to be put right first, the text is back too. */
export async function sendAgain({ drafts, outbox }: Parts, key: string): Promise<void> {
  const result = await outbox.sendAgain(key);
  if (isRefused(result)) putRight(drafts, result);
}

/** Takes a message that isn't sent off the screen, and puts its text back to where it was written. */
export function editAgain({ drafts, outbox }: Parts, key: string, result?: Exclude<SendResult, 'sent'>): void {
  const outgoing = outbox.takeBack(key);
  if (!outgoing) return;
  const { customerId, message, toPhone, replyTo } = outgoing;
  const problem = result && 'unsent' in result ? { problem: { field: undefined, message: result.unsent } } : {};
  const tried = { key, text: message, to: toPhone, replyTo: replyTo?.id };
  putBack(drafts, customerId, message, { to: toPhone, replyTo, tried, ...problem });
}

function isRefused(result: SendResult): result is Refused {
  return result !== 'sent' && 'problem' in result;
}

function putRight(drafts: Drafts, { problem, outgoing }: Refused): void {
  const { customerId, message, toPhone, replyTo } = outgoing;
  putBack(drafts, customerId, message, { to: toPhone, replyTo, problem });
}

function briefly(customer: Conversation['customer']): Outgoing['customer'] {
  if (!customer) return null;
  const { contacts: _, ...who } = customer;
  return who;
}

/** What was written meanwhile isn't lost either. */
function putBack(drafts: Drafts, id: string, text: string, more: Partial<ReturnType<Drafts['read']>>): void {
  const now = drafts.read(id);
  drafts.write(id, { ...now, ...more, text: now.text.trim() === '' ? text : `${text}\n\n${now.text}` });
}
