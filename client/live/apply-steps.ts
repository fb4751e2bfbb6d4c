import type { Reference } from '@apollo/client';
import type { InboxFilter, LiveEntryFragment } from '../operations.generated.ts';
import { applyConversations } from './apply-conversations.ts';
import { type CommsList, inboxRule, withEntries } from './comms-lists.ts';
import type { CommsStep, FeedLog, InboxStep } from './feed-log.ts';
import { argsOf } from './list-args.ts';
import type { LiveCache } from './live-cache.ts';
import { CHANNEL, LIVE_CUSTOMER, LIVE_ENTRY } from './live-documents.ts';
import { SETTLED, type Unsettled } from './refresh-unsettled.ts';

/** Writes what one turn takes of the feed into the cache, as one change that the screen sees. */
export function applySteps(
  cache: LiveCache,
  log: FeedLog,
  comms: readonly CommsStep[],
  inbox: readonly InboxStep[],
): Unsettled {
  const unsettled = { ...SETTLED };
  cache.batch({
    update() {
      for (const step of comms) cache.writeEntry(step.entry);
      const kept = comms.map((step) =>
        cache.isOvertaken({ ...step.entry, __typename: 'CommsEntry' })
          ? { ...step, entry: storedEntry(cache, step.entry) }
          : step,
      );
      log.add(kept);
      if (kept.length > 0)
        placeEntries(
          cache,
          kept.map((step) => step.entry),
          kept.at(-1)?.position,
        );
      for (const step of inbox) applyInboxStep(cache, step, unsettled);
      applyConversations(cache, log, comms, inbox, unsettled);
    },
  });
  return unsettled;
}

/** Writes one entry as a step would be, before the feed tells it: what stands in for it, or the answer to having sent it. */
export function applyEntry(cache: LiveCache, log: FeedLog, entry: LiveEntryFragment): void {
  cache.batch({
    update() {
      cache.writeEntry(entry);
      const kept = storedEntry(cache, entry);
      log.hold(kept);
      placeEntries(cache, [kept]);
    },
  });
}

/** A step can be older than what a list has brought since. */
function storedEntry(cache: LiveCache, entry: LiveEntryFragment): LiveEntryFragment {
  return cache.readFragment({ id: `CommsEntry:${entry.id}`, fragment: LIVE_ENTRY }) ?? entry;
}

function placeEntries(cache: LiveCache, changed: readonly LiveEntryFragment[], position?: string): void {
  cache.modify<Record<'inbox', CommsList>>({
    fields: {
      inbox: (list, { storeFieldName, readField }) =>
        withEntries(
          asList(list),
          changed,
          inboxRule(argsOf<{ filter?: InboxFilter }>(storeFieldName).filter),
          readField,
        ),
    },
  });
  cache.timelines.place(changed, position);
}

function applyInboxStep(cache: LiveCache, step: InboxStep, unsettled: Unsettled): void {
  if (step.customer) {
    cache.writeFragment({ id: `Customer:${step.customer.id}`, fragment: LIVE_CUSTOMER, data: step.customer });
    // Its place in the list of names is the server's to say.
    unsettled.customers = true;
  }
  if (step.customerRemoved) {
    cache.evict({ id: `Customer:${step.customerRemoved}` });
    unsettled.customers = true;
  }
  if (step.channel) {
    cache.writeQuery({ query: CHANNEL, data: { channel: step.channel } });
  }
}

const asList = (list: unknown) => list as CommsList & { nodes: readonly Reference[] };
