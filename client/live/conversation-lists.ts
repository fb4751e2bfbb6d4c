import type { FieldFunctionOptions, FieldPolicy, Reference } from '@apollo/client';
import type { CommsType, InboxFilter } from '../operations.generated.ts';
import type { FeedLog } from './feed-log.ts';
import { firstIndex } from './first-index.ts';
import { rowsBelow, withNextRows } from './pages.ts';

/** A list of conversations as the cache keeps it: its pages joined, and kept up to date by the feed. */
export type ConversationsList = {
  edges: readonly Edge[];
  pageInfo: { hasNextPage: boolean };
  /** The feed position that its first page was read at. */
  position: string;
};

type Edge = { __typename: 'ConversationEdge'; node: Reference; match?: Reference | null };

type ReadField = FieldFunctionOptions['readField'];

/** What a list holds: the filter of its query, in one shape. */
type ConversationsRule = InboxFilter & {
  /** Only the server can say what belongs here, so the list stands until it is read again. */
  holdsStill: boolean;
};

export const conversationsRule = (filter: InboxFilter | null | undefined): ConversationsRule => ({
  ...filter,
  holdsStill: Boolean(filter?.search) || Boolean(filter?.direction),
});

/** A conversation as far as a list has to know it. */
type Listed = {
  id: string;
  lastActivityAt: string;
  unreadCount: number;
  unanswered: boolean;
  failed: boolean;
  hasType(type: CommsType): boolean;
};

/** The client's half of the filter that the server applies to a query. */
function belongs(conversation: Listed, rule: ConversationsRule): boolean {
  return (
    (!rule.unknownOnly || conversation.id.startsWith('unknown:')) &&
    (!rule.unreadOnly || conversation.unreadCount > 0) &&
    (!rule.unansweredOnly || conversation.unanswered) &&
    (!rule.failedOnly || conversation.failed) &&
    (!rule.type || conversation.hasType(rule.type))
  );
}

/** Joins an answer to what is there, and brings it up to date with what changed after it was read. */
export function conversationsPolicy(log: FeedLog): FieldPolicy<ConversationsList> {
  return {
    keyArgs: ['filter'],
    merge(existing, incoming, { args, readField }) {
      const joined = args?.after && existing ? withNextPage(existing, incoming) : withFirstPage(existing, incoming);
      const rule = conversationsRule(args?.filter as InboxFilter | undefined);
      return withConversations(joined, log.conversationsAfter(incoming.position), rule, log, readField);
    },
  };
}

/**
 * Puts each changed conversation where it belongs now: in its place, or out. Those older than what is loaded stay out,
 * they come with their page; so do those of which it isn't known how far they are read. Doing it again changes nothing.
 */
export function withConversations(
  list: ConversationsList,
  changed: Iterable<string>,
  rule: ConversationsRule,
  log: FeedLog,
  readField: ReadField,
): ConversationsList {
  const ids = new Set(changed);
  if (ids.size === 0) return list;
  const known = new Map(list.edges.map((edge) => [idOf(edge), edge]));
  const stay = list.edges.filter((edge) =>
    rule.holdsStill ? readField('revision', edge.node) !== undefined : !ids.has(idOf(edge)),
  );
  const edges = rule.holdsStill ? stay : withPlaced();
  return sameEdges(edges, list.edges) ? list : { ...list, edges };

  function withPlaced(): Edge[] {
    const last = list.edges.at(-1);
    const end = list.pageInfo.hasNextPage && last ? read(last.node) : undefined;
    const placed = [...stay];
    for (const id of ids) {
      const edge = known.get(id) ?? { __typename: 'ConversationEdge', node: { __ref: TYPE_PREFIX + id }, match: null };
      const conversation = read(edge.node);
      if (!conversation || !belongs(conversation, rule) || (end && newestFirst(conversation, end) > 0)) continue;
      const place = firstIndex(placed, ({ node }) => newestFirst(conversation, read(node)) < 0);
      placed.splice(place, 0, edge);
    }
    return placed;
  }

  function read(node: Reference): Listed | undefined {
    const id = node.__ref.slice(TYPE_PREFIX.length);
    const lastActivityAt = readField<string>('lastActivityAt', node);
    const unreadCount = readField<number>('unreadCount', node);
    if (lastActivityAt === undefined || unreadCount === undefined) return undefined;
    return {
      id,
      lastActivityAt,
      unreadCount,
      unanswered: readField<boolean>('unanswered', node) === true,
      failed: readField<boolean>('failed', node) === true,
      hasType: (type) =>
        known.has(id) ||
        readField<CommsType>('type', readField<Reference>('lastEntry', node)) === type ||
        log.hasLogged(id, type),
    };
  }
}

export function without(list: ConversationsList, ids: ReadonlySet<string>): ConversationsList {
  const edges = list.edges.filter((edge) => !ids.has(idOf(edge)));
  return edges.length === list.edges.length ? list : { ...list, edges };
}

function withNextPage(existing: ConversationsList, incoming: ConversationsList): ConversationsList {
  return { ...existing, edges: withNextRows(existing.edges, incoming.edges, idOf), pageInfo: incoming.pageInfo };
}

/** The newer answer wins, whichever came last. */
function withFirstPage(existing: ConversationsList | undefined, incoming: ConversationsList): ConversationsList {
  if (!existing) return incoming;
  if (incoming.position < existing.position) return existing;
  const below = rowsBelow(existing.edges, incoming.edges, idOf);
  return below ? { ...incoming, edges: [...incoming.edges, ...below], pageInfo: existing.pageInfo } : incoming;
}

type Ordered = Pick<Listed, 'id' | 'lastActivityAt'>;

/** What happened last is first; what isn't known is last. */
function newestFirst(a: Ordered, b: Ordered | undefined): number {
  if (!b || a.lastActivityAt !== b.lastActivityAt) return !b || a.lastActivityAt > b.lastActivityAt ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}

const TYPE_PREFIX = 'Conversation:';

const idOf = ({ node }: Edge) => node.__ref.slice(TYPE_PREFIX.length);

const sameEdges = (a: readonly Edge[], b: readonly Edge[]) =>
  a.length === b.length && a.every(({ node }, index) => node.__ref === b[index]?.node.__ref);
