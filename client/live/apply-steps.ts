import type { Reference } from '@apollo/client';
import type {
  CommsType,
  FollowInboxSubscription,
  InboxFilter,
  LiveCustomerFragment,
  LiveEntryFragment,
} from '../operations.generated.ts';
import { type CommsList, customerCommsRule, inboxRule, withEntries } from './comms-lists.ts';
import type { CommsStep, FeedLog } from './feed-log.ts';
import type { LiveCache } from './live-cache.ts';
import { CHANNEL, LIVE_CONVERSATION, LIVE_CUSTOMER, LIVE_ENTRY } from './live-documents.ts';

export type InboxStep = Omit<FollowInboxSubscription['inboxChanged'], 'customer'> & {
  customer: LiveCustomerFragment | null;
};

type ConversationState = NonNullable<InboxStep['conversation']>;

/** What the cache can't work out from a step, so that the server must be asked again. */
export type Unsettled = { unread: boolean; customers: boolean };

/** Writes a frame's worth of the feed into the cache, as one change that the screen sees. */
export function applySteps(
  cache: LiveCache,
  log: FeedLog,
  comms: readonly CommsStep[],
  inbox: readonly InboxStep[],
): Unsettled {
  const unsettled: Unsettled = { unread: false, customers: false };
  cache.batch({
    update() {
      for (const step of comms) writeEntry(cache, step.entry);
      const kept = comms.map((step) => ({ ...step, entry: storedEntry(cache, step.entry) }));
      log.add(kept);
      if (kept.length > 0)
        placeEntries(
          cache,
          kept.map((step) => step.entry),
        );
      for (const conversation of newestConversations(inbox)) applyConversation(cache, conversation, unsettled);
      for (const step of inbox) applyInboxStep(cache, step, unsettled);
    },
  });
  return unsettled;
}

/** Writes one entry as a step would be, before the feed tells it: what stands in for it, or the answer to having sent it. */
export function applyEntry(cache: LiveCache, log: FeedLog, entry: LiveEntryFragment): void {
  cache.batch({
    update() {
      writeEntry(cache, entry);
      const kept = storedEntry(cache, entry);
      log.hold(kept);
      placeEntries(cache, [kept]);
    },
  });
}

function writeEntry(cache: LiveCache, entry: LiveEntryFragment): void {
  cache.writeFragment({ id: `CommsEntry:${entry.id}`, fragment: LIVE_ENTRY, data: entry });
}

/** A step can be older than what a list has brought since. */
function storedEntry(cache: LiveCache, entry: LiveEntryFragment): LiveEntryFragment {
  return cache.readFragment({ id: `CommsEntry:${entry.id}`, fragment: LIVE_ENTRY }) ?? entry;
}

function placeEntries(cache: LiveCache, changed: readonly LiveEntryFragment[]): void {
  cache.modify<Record<'inbox' | 'customerComms', CommsList>>({
    fields: {
      inbox: (list, { storeFieldName, readField }) =>
        withEntries(
          asList(list),
          changed,
          inboxRule(argsOf<{ filter?: InboxFilter }>(storeFieldName).filter),
          readField,
        ),
      customerComms: (list, { storeFieldName, readField }) =>
        withEntries(
          asList(list),
          changed,
          customerCommsRule(argsOf<{ customerId: string; type?: CommsType }>(storeFieldName)),
          readField,
        ),
    },
  });
}

/** In a burst the same one changes many times over, and only how it ends is shown. */
function newestConversations(steps: readonly InboxStep[]): Iterable<ConversationState> {
  const newest = new Map<string, ConversationState>();
  for (const { conversation } of steps) if (conversation) newest.set(conversation.id, conversation);
  return newest.values();
}

function applyConversation(cache: LiveCache, state: ConversationState, unsettled: Unsettled): void {
  if (!cache.readMark(state.id)) unsettled.unread = true;
  const conversation = { ...state, __typename: 'Conversation' };
  cache.writeFragment({ id: `Conversation:${state.id}`, fragment: LIVE_CONVERSATION, data: conversation });
}

function applyInboxStep(cache: LiveCache, step: InboxStep, unsettled: Unsettled): void {
  if (step.conversationMoved) {
    cache.evict({ id: 'ROOT_QUERY', fieldName: 'conversation', args: { id: step.conversationMoved.from } });
    cache.evict({ id: `Conversation:${step.conversationMoved.from}` });
    unsettled.unread = true;
  }
  if (step.customer) {
    cache.writeFragment({ id: `Customer:${step.customer.id}`, fragment: LIVE_CUSTOMER, data: step.customer });
    // Its place in the list of names is the server's to say.
    unsettled.customers = true;
  }
  if (step.readMark) {
    cache.setReadMark(step.readMark);
  }
  if (step.channel) {
    cache.writeQuery({ query: CHANNEL, data: { channel: step.channel } });
  }
}

/** The cache names a list `inbox:{"filter":{…}}`, by the arguments that tell it from others. */
function argsOf<Args>(storeFieldName: string): Args {
  return JSON.parse(storeFieldName.slice(storeFieldName.indexOf(':') + 1)) as Args;
}

const asList = (list: unknown) => list as CommsList & { nodes: readonly Reference[] };
