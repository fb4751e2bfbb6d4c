import { spacedNumber } from '../customer/phone-display.ts';
import { type Draft, type Drafts, isBlank, noteDraftId } from './drafts.ts';
import type { Outbox } from './outbox.ts';
import type { Conversation } from './recipients.ts';

type Parts = { drafts: Drafts; outbox: Outbox };

/** What is being written and sent in a conversation that has become another goes on there, to the same person. */
export function takeAlong({ drafts, outbox }: Parts, from: string, to: string): void {
  for (const idOf of DRAFTS) moveDraft(drafts, idOf(from), idOf(to), begunTo(from));
  outbox.readdress(from, to);
}

/** The same for what this page didn't see move, where nothing is being written. */
export function takeOver({ drafts, outbox }: Parts, { id, linked }: Conversation): void {
  for (const { conversationId: before } of linked) {
    for (const idOf of DRAFTS) {
      if (isBlank(drafts.read(idOf(id)))) moveDraft(drafts, idOf(before), idOf(id), begunTo(before));
    }
    outbox.readdress(before, id);
  }
}

/** A link is undone: what was begun to that sender is theirs again, but for what it quotes, which may be another's. */
export function giveBack({ drafts }: Parts, customerId: string, senderId: string): void {
  for (const idOf of DRAFTS) {
    const { replyTo: _, ...draft } = drafts.read(idOf(customerId));
    if (draft.from !== senderId) continue;
    drafts.write(idOf(customerId), draft);
    moveDraft(drafts, idOf(customerId), idOf(senderId), {});
  }
}

const DRAFTS = [(id: string) => id, noteDraftId];

function begunTo(id: string): Pick<Draft, 'to' | 'from'> {
  const sender = /^unknown:(.+)/.exec(id)?.[1];
  return sender === undefined ? {} : { to: spacedNumber(sender), from: id };
}

function moveDraft(drafts: Drafts, from: string, to: string, begun: Pick<Draft, 'to' | 'from'>): void {
  const { beneath, from: _, ...draft } = drafts.read(from);
  if (isBlank(draft)) return;
  const there = drafts.read(to);
  drafts.write(from, beneath ?? { text: '' });
  drafts.write(to, { ...begun, ...draft, ...(!isBlank(there) && { beneath: there }) });
}
