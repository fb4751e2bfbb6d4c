import type { FieldFunctionOptions, FieldPolicy, Reference } from '@apollo/client';
import type { CommsDirection, CommsType, InboxFilter, LiveEntryFragment } from '../operations.generated.ts';
import type { FeedLog } from './feed-log.ts';
import { newestFirst, newestLoggedFirst, type Order } from './feed-order.ts';
import { firstIndex } from './first-index.ts';
import { joinFirstPage, joinNextPage, type Paged } from './pages.ts';
import { isStandIn } from './stand-in.ts';

/** A list of entries as the cache keeps it: its pages joined, and kept up to date by the feed. */
export type CommsList = Paged & {
  /** The feed position that its first page was read at. */
  position: string;
};

type ReadField = FieldFunctionOptions['readField'];

/** What a list holds, and in which order: the arguments of its query, in one shape. */
export type ListRule = {
  order: Order;
  customerId?: string | undefined;
  type?: CommsType | null | undefined;
  direction?: CommsDirection | null | undefined;
  unknownOnly?: boolean | null | undefined;
  /** Only the server can say what belongs here, so the list stands until it is read again. */
  holdsStill: boolean;
};

export const inboxRule = (filter: InboxFilter | null | undefined): ListRule => ({
  order: newestLoggedFirst,
  type: filter?.type,
  direction: filter?.direction,
  unknownOnly: filter?.unknownOnly,
  holdsStill: Boolean(filter?.search) || filter?.unreadOnly === true,
});

export const customerCommsRule = (args: { customerId: string; type?: CommsType | null }): ListRule => ({
  order: newestFirst,
  customerId: args.customerId,
  type: args.type,
  holdsStill: false,
});

/** The client's half of the filter that the server applies to a query. */
export function belongs(entry: LiveEntryFragment, rule: ListRule): boolean {
  return (
    (!rule.customerId || entry.customerId === rule.customerId) &&
    (!rule.type || entry.type === rule.type) &&
    (!rule.direction || entry.direction === rule.direction) &&
    (!rule.unknownOnly || entry.customerId.startsWith('unknown:'))
  );
}

/** Joins an answer to what is there, and brings it up to date with the steps of the feed that came after it was read. */
export function pagePolicy(
  log: FeedLog,
  keyArgs: string[],
  ruleOf: (args: Record<string, unknown>) => ListRule,
): FieldPolicy<CommsList> {
  return {
    keyArgs,
    merge(existing, incoming, { args, readField }) {
      const joined = args?.after && existing ? joinNextPage(existing, incoming) : withFirstPage(existing, incoming);
      return withEntries(joined, log.entriesAfter(incoming.position), ruleOf(args ?? {}), readField);
    },
  };
}

/**
 * Puts each changed entry where it belongs now: in its place, or out. Entries older than what is loaded stay out,
 * they come with their page. Doing it again changes nothing.
 */
export function withEntries(
  list: CommsList,
  changed: readonly LiveEntryFragment[],
  rule: ListRule,
  readField: ReadField,
): CommsList {
  if (rule.holdsStill || changed.length === 0) return list;
  const orderedOf = (ref: Reference) => ({
    id: ref.__ref.slice(TYPE_PREFIX.length),
    occurredAt: readField<string>('occurredAt', ref) ?? '',
  });
  const last = list.nodes.at(-1);
  const end = list.pageInfo.hasNextPage && last ? orderedOf(last) : undefined;
  const touched = new Set(changed.map(refId));
  const nodes = list.nodes.filter((ref) => !touched.has(ref.__ref));
  for (const entry of new Map(changed.map((entry) => [entry.id, entry])).values()) {
    if (!belongs(entry, rule) || (end && rule.order(entry, end) > 0)) continue;
    const place = firstIndex(nodes, (ref) => rule.order(orderedOf(ref), entry) > 0);
    nodes.splice(place, 0, { __ref: refId(entry) });
  }
  const once = withoutReplaced(nodes, readField);
  return sameRefs(once, list.nodes) ? list : { ...list, nodes: once };
}

/** What stands in for an entry goes when the entry is there. */
function withoutReplaced(nodes: readonly Reference[], readField: ReadField): readonly Reference[] {
  if (!nodes.some(standsIn)) return nodes;
  const keyOf = (ref: Reference) => readField<string>('idempotencyKey', ref);
  const told = new Set(nodes.filter((ref) => !standsIn(ref)).map(keyOf));
  return nodes.filter((ref) => !(standsIn(ref) && told.has(keyOf(ref))));
}

const standsIn = (ref: Reference) => isStandIn(ref.__ref.slice(TYPE_PREFIX.length));

/** The newer answer wins, whichever came last. */
function withFirstPage(existing: CommsList | undefined, incoming: CommsList): CommsList {
  return existing && incoming.position < existing.position ? existing : joinFirstPage(existing, incoming);
}

const TYPE_PREFIX = 'CommsEntry:';

const refId = (entry: { id: string }) => TYPE_PREFIX + entry.id;

const sameRefs = (a: readonly Reference[], b: readonly Reference[]) =>
  a.length === b.length && a.every((ref, index) => ref.__ref === b[index]?.__ref);
