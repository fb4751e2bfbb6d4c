import type { Drafts } from './drafts.ts';
import type { Outbox, SendResult } from './outbox.ts';
import { newKey, type Outgoing } from './outgoing.ts';
import type { Conversation } from './recipients.ts';

type Parts = { drafts: Drafts; outbox: Outbox };

/**
 * Sends what is written in a conversation. The draft is empty at once, since the bubble holds the text; where something
 * has to be put right first, the text is back, and why.
 */
export async function sendDraft({ drafts, outbox }: Parts, to: string, id: string, customer: Conversation['customer']) {
  const { text, tried } = drafts.read(id);
  if (text.trim() === '') return undefined;
  const key = tried?.text === text && tried.to === to ? tried.key : newKey();
  drafts.finish(id);
  const result = await outbox.send({ key, customerId: id, customer: briefly(customer), toPhone: to, message: text });
  if (result !== 'sent' && 'problem' in result) putBack(drafts, id, text, { problem: result.problem });
  return { key, result };
}

/** Takes a message that isn't sent off the screen, and puts its text back to where it was written. */
export function editAgain({ drafts, outbox }: Parts, key: string, result?: Exclude<SendResult, 'sent'>): void {
  const outgoing = outbox.takeBack(key);
  if (!outgoing) return;
  const { customerId, message, toPhone } = outgoing;
  const problem = result && 'unsent' in result ? { problem: { field: undefined, message: result.unsent } } : {};
  putBack(drafts, customerId, message, { to: toPhone, tried: { key, text: message, to: toPhone }, ...problem });
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
