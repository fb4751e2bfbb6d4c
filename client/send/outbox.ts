import { type ApolloClient, gql, type TypedDocumentNode } from '@apollo/client';
import { t } from '../language/t.ts';
import { applyEntry } from '../live/apply-steps.ts';
import type { FeedLog } from '../live/feed-log.ts';
import type { LiveCache } from '../live/live-cache.ts';
import { LIVE_ENTRY } from '../live/live-documents.ts';
import { standInId } from '../live/stand-in.ts';
import type {
  LiveEntryFragment,
  SendWhatsAppMutation,
  SendWhatsAppMutationVariables,
} from '../operations.generated.ts';
import type { Me } from '../session/me.ts';
import type { BrowserStorage } from '../shell/browser-storage.ts';
import { serverNow } from '../shell/server-clock.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import { type InputProblem, problemOf } from '../shell/use-input-problem.ts';
import type { Outgoing } from './outgoing.ts';

/** `unsent`: it may be tried again as it is. */
type Done = 'sent' | { unsent: string };
/** It isn't sent, and has to be put right first: it is off the screen, and whoever sent it has it now. */
export type Refused = { problem: InputProblem; outgoing: Outgoing };
export type SendResult = Done | Refused;

/** What was sent from here, until the server has told it. Each is on the screen as an entry that stands in for it. */
export interface Outbox {
  /** Shows what the last page left behind, and follows what the server tells. Returns what ends that. */
  open(): () => void;
  /** Resolves once the server is known to have it, or not to. Again with the same key it sends once. */
  send(outgoing: Outgoing): Promise<SendResult>;
  sendAgain(key: string): Promise<SendResult>;
  /** Takes it off the screen, to be written anew. */
  takeBack(key: string): Outgoing | undefined;
  /** A conversation has become another: what the server hasn't told yet stands there now. */
  readdress(from: string, to: string): void;
  /** The newest text of a conversation that didn't reach the server. */
  unsent(conversationId: string): string | undefined;
  watch(listener: () => void): () => void;
}

/** The code of a stand-in that didn't reach the server. */
const UNSENT = 'UNSENT';

const SEND: TypedDocumentNode<SendWhatsAppMutation, SendWhatsAppMutationVariables> = gql`
  mutation SendWhatsApp($input: SendWhatsAppInput!) {
    sendWhatsApp(input: $input) { entry { id revision idempotencyKey ...LiveEntry } }
  }
  ${LIVE_ENTRY}
`;

type Parts = { client: ApolloClient; cache: LiveCache; log: FeedLog; storage: BrowserStorage; me: Me };

export function createOutbox({ client, cache, log, storage, me }: Parts): Outbox {
  /** The stand-ins on the screen, by key. */
  const shown = new Map<string, LiveEntryFragment>();
  const underWay = new Map<string, { sent: Promise<SendResult>; told(entryId: string): void }>();
  const listeners = new Set<() => void>();
  const nameOf = (key: string) => `outgoing:${key}`;

  function open() {
    const left = storage.names().filter((name) => name.startsWith(nameOf('')));
    for (const name of left) {
      const outgoing = stored(name);
      if (outgoing && !underWay.has(outgoing.key)) show(outgoing, t('The page was closed before the server answered.'));
    }
    const endTold = log.onTold((key, entryId) => {
      const running = underWay.get(key);
      if (running) running.told(entryId);
      else forget(key);
    });
    const endReset = client.onResetStore(async () => {
      for (const entry of shown.values()) applyEntry(cache, log, entry);
    });
    return () => {
      endTold();
      endReset();
    };
  }

  function send(outgoing: Outgoing): Promise<SendResult> {
    const running = underWay.get(outgoing.key);
    if (running) return running.sent;
    storage.set(nameOf(outgoing.key), JSON.stringify(outgoing));
    show(outgoing);
    const told = Promise.withResolvers<string>();
    const sent = settle(outgoing, told.promise);
    underWay.set(outgoing.key, { sent, told: told.resolve });
    return sent;
  }

  /** The feed may be quicker than the answer, and may come where the answer is lost. */
  async function settle(outgoing: Outgoing, told: Promise<string>): Promise<SendResult> {
    const { key } = outgoing;
    const result = await Promise.race([told.then(placed), ask(outgoing)]);
    underWay.delete(key);
    if (result === 'sent') forget(key);
    else if ('problem' in result) return { ...result, outgoing: takeBack(key) ?? outgoing };
    else show(outgoing, result.unsent);
    return result;
  }

  async function ask(outgoing: Outgoing): Promise<Done | Pick<Refused, 'problem'>> {
    const { key: idempotencyKey, customerId, toPhone, message, replyTo } = outgoing;
    try {
      const { data } = await client.mutate({
        mutation: SEND,
        variables: { input: { customerId, toPhone, message, idempotencyKey, ...(replyTo && { replyTo: replyTo.id }) } },
      });
      return data ? placed(data.sendWhatsApp.entry.id) : 'sent';
    } catch (error) {
      const problem = problemOf(error);
      return problem.field === undefined ? { unsent: causeOf(error) } : { problem };
    }
  }

  /** The server's own entry is in its place before what stood in for it goes. */
  function placed(id: string): 'sent' {
    const entry = cache.readFragment({ id: `CommsEntry:${id}`, fragment: LIVE_ENTRY });
    if (entry) applyEntry(cache, log, entry);
    return 'sent';
  }

  /** With a cause it says that it isn't sent. */
  function show(outgoing: Outgoing, cause?: string) {
    const entry = standIn(outgoing, me, shown.get(outgoing.key), cause);
    shown.set(outgoing.key, entry);
    applyEntry(cache, log, entry);
    for (const listener of listeners) listener();
  }

  function takeBack(key: string) {
    const outgoing = stored(nameOf(key));
    log.release(key);
    forget(key);
    return outgoing;
  }

  function readdress(from: string, to: string) {
    for (const [key, { customerId, failure }] of shown) {
      const outgoing = customerId === from && stored(nameOf(key));
      if (!outgoing) continue;
      const moved = { ...outgoing, customerId: to };
      storage.set(nameOf(key), JSON.stringify(moved));
      show(moved, failure?.message);
    }
  }

  function forget(key: string) {
    const entry = shown.get(key);
    storage.remove(nameOf(key));
    shown.delete(key);
    if (entry) cache.evict({ id: `CommsEntry:${entry.id}` });
    for (const listener of listeners) listener();
  }

  function stored(name: string) {
    const text = storage.get(name);
    return text === undefined ? undefined : (JSON.parse(text) as Outgoing);
  }

  async function sendAgain(key: string): Promise<SendResult> {
    const outgoing = stored(nameOf(key));
    return outgoing ? send(outgoing) : 'sent';
  }

  const unsent = (conversationId: string) =>
    [...shown.values()].findLast(({ customerId, failure }) => customerId === conversationId && failure)?.body;

  function watch(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return { open, send, sendAgain, takeBack, readdress, unsent, watch };
}

/** Looks as the server's own entry will; shown again it keeps its place. */
function standIn(
  { key, customerId, customer, toPhone, message, replyTo }: Outgoing,
  me: Me,
  before: LiveEntryFragment | undefined,
  cause: string | undefined,
): LiveEntryFragment {
  const now = serverNow();
  const at = before?.occurredAt ?? new Date(now).toISOString();
  const digits = toPhone.replace(/\D/g, '');
  return {
    ...{ __typename: 'CommsEntry' },
    id: before?.id ?? standInId(key, now),
    revision: 0,
    customerId,
    customer: customer && { ...{ __typename: 'Customer' }, ...customer },
    type: 'WHATSAPP',
    direction: 'OUTBOUND',
    body: message,
    status: 'QUEUED',
    extMessageId: null,
    phone: digits || null,
    senderName: null,
    occurredAt: at,
    loggedAt: at,
    author: { ...{ __typename: 'Staff' }, ...me },
    idempotencyKey: key,
    failure: cause
      ? {
          ...{ __typename: 'SendFailure' },
          code: UNSENT,
          message: cause,
          next: t('Try again: it goes out once, however often you try.'),
          details: null,
          retryable: true,
          needsAdmin: false,
        }
      : null,
    nextTryAt: null,
    statusTimes: { ...{ __typename: 'StatusTimes' }, sent: null, delivered: null, read: null, failed: null },
    refersTo: replyTo ? { ...{ __typename: 'EntryReference' }, kind: 'REPLY', emoji: null, entry: replyTo } : null,
    reactions: [],
    edited: null,
    deletedAt: null,
    discarded: null,
  };
}
