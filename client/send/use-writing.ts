import { useEffect, useState } from 'react';
import { type CustomerWindow, useCustomerWindow } from '../conversation/customer-window.ts';
import { useMe } from '../session/me.ts';
import { useOnline } from '../shell/use-online.ts';
import type { Draft } from './drafts.ts';
import { LONGEST } from './MessageBox.tsx';
import { takeOver } from './moved-writing.ts';
import { unfilled, type Who } from './placeholders.ts';
import { type Conversation, isSame, type Recipient, recipientsOf } from './recipients.ts';
import { sendDraft } from './send-draft.ts';
import { useSending } from './sending-context.ts';
import { useDraft } from './use-draft.ts';
import { type Newer, useNewer } from './use-newer.ts';

export type Writing = {
  conversationId: string;
  draft: Draft;
  change(changed: Partial<Draft>): void;
  /** Takes off what it quotes, where it does. */
  unquote: (() => void) | undefined;
  recipients: Recipient[];
  to: string;
  who: Who;
  /** What a quick reply left to be filled in: until it is, nothing is sent. */
  unfilled: string[];
  online: boolean;
  window: CustomerWindow;
  newer: Newer;
  /** Somebody pressed Send, though the window is closed or something newer came: the answer is sendAnyway or dontSend. */
  asking: boolean;
  send(): ReturnType<typeof sendDraft>;
  sendAnyway(): ReturnType<typeof sendDraft>;
  dontSend(): void;
  problemAt(field: 'toPhone' | 'message'): string | undefined;
  /** What is wrong with neither of the fields. */
  otherProblem: string | undefined;
};

/** Writing in one conversation, be it in the dialog or in the composer. */
export function useWriting(conversationId: string, conversation: Conversation | undefined): Writing {
  const sending = useSending();
  const me = useMe();
  const online = useOnline();
  const [draft, change] = useDraft(conversationId);
  const window = useCustomerWindow(conversation?.windowClosesAt);
  const newer = useNewer(conversationId, draft);
  const [asked, setAsked] = useState(false);
  const recipients = conversation ? recipientsOf(conversation) : [];
  const to = recipientOf(draft, recipients);
  const { problem } = draft;
  const closed = window.state === 'closed' || window.state === 'never';
  const closedWindow = `${conversationId} ${conversation?.windowClosesAt}`;
  const doubtful = newer.any || (closed && !chosen.has(closedWindow));
  useEffect(() => {
    if (conversation?.id === conversationId) takeOver(sending, conversation);
  }, [sending, conversation, conversationId]);

  async function sendNow() {
    setAsked(false);
    return conversation && sendDraft(sending, to, conversationId, conversation.customer);
  }

  async function send() {
    const { text } = draft;
    if (!conversation || !online || text.trim() === '') return undefined;
    if (text.length > LONGEST && [...text].length > LONGEST) return undefined;
    if (unfilled(text).length > 0) return undefined;
    if (!doubtful) return sendNow();
    setAsked(true);
    return undefined;
  }

  function sendAnyway() {
    if (closed) chosen.add(closedWindow);
    return sendNow();
  }

  return {
    conversationId,
    draft,
    change(changed) {
      if (changed.text?.trim() === '') setAsked(false);
      change(changed);
    },
    unquote: draft.replyTo && (() => change({ replyTo: undefined })),
    recipients,
    to,
    who: { customer: conversation && knownName(conversation), me: me.name },
    unfilled: unfilled(draft.text),
    online,
    window,
    newer,
    asking: asked && doubtful && online,
    send,
    sendAnyway,
    dontSend: () => setAsked(false),
    problemAt: (field) => (problem?.field === field ? problem.message : undefined),
    otherProblem: problem && problem.field !== 'toPhone' && problem.field !== 'message' ? problem.message : undefined,
  };
}

/** To whom a draft goes: where it was begun to a sender who is a customer now, their number may be written otherwise. */
function recipientOf({ to, from }: Draft, recipients: readonly Recipient[]): string {
  const begun = from && recipients.find((recipient) => isSame(recipient.to, to ?? ''));
  return begun ? begun.to : (to ?? recipients[0]?.to ?? '');
}

/** An unknown sender is named by WhatsApp, or goes by their number. */
function knownName({ customer, name, phone }: Conversation): string | undefined {
  if (customer) return customer.name;
  return name.replace(/\D/g, '') === phone || /^[A-Z]{2}\./.test(name) ? undefined : name;
}

/** The closed windows that somebody has chosen to write into: asked once each. */
const chosen = new Set<string>();
