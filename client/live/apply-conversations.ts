import { type ApolloCache, gql, type TypedDocumentNode } from '@apollo/client';
import type {
  ConversationByIdQuery,
  ConversationByIdQueryVariables,
  InboxFilter,
  StandingFragment,
} from '../operations.generated.ts';
import { type ConversationsList, conversationsRule, withConversations, without } from './conversation-lists.ts';
import type { CommsStep, FeedLog, InboxStep } from './feed-log.ts';
import { argsOf } from './list-args.ts';
import type { LiveCache } from './live-cache.ts';
import { LIVE_CONVERSATION } from './live-documents.ts';
import type { Unsettled } from './refresh-unsettled.ts';

type ConversationState = NonNullable<InboxStep['conversation']>;

/** What a conversation counts as, and who was given to it. */
const STANDING: TypedDocumentNode<StandingFragment> = gql`
  fragment Standing on Conversation {
    revision
    unreadCount
    readRevision
    unanswered
    failed
    lastEntry { id revision type }
    linked { conversationId }
  }
`;

/** Writes what the steps say of conversations, once the entries are written, and puts each where it belongs in its lists. */
export function applyConversations(
  cache: LiveCache,
  log: FeedLog,
  comms: readonly CommsStep[],
  inbox: readonly InboxStep[],
  unsettled: Unsettled,
): void {
  const changed = new Set<string>();
  const moved = new Set<string>();

  function touch(id: string, position: string) {
    changed.add(id);
    moved.delete(id);
    log.touch(id, position);
  }

  /** Does it, and finds out whether that changes what is counted. Where an answer has told already, nobody knows. */
  function change(id: string, isNews: (before: Standing) => boolean, doIt: () => void) {
    const before = standingOf(cache, id);
    doIt();
    const after = standingOf(cache, id);
    if (after?.unreadCount === undefined) unsettled.conversations = true;
    if (!before || !after || !isNews(before) || countedAs(before) !== countedAs(after)) unsettled.counts = true;
    // Whether a number that others have too is logged here goes by whose its sender is.
    if (before?.linked && after?.linked && linkedTo(before) !== linkedTo(after)) unsettled.customers = true;
  }

  for (const { change: kind, entry, position } of comms) {
    if (kind !== 'LOGGED') continue;
    touch(entry.customerId, position);
    if (standingOf(cache, entry.customerId)?.lastEntry?.type !== entry.type) unsettled.counts = true;
  }
  for (const { conversation, readMark, conversationMoved, position } of withoutOvertaken(inbox)) {
    if (conversation) {
      touch(conversation.id, position);
      change(
        conversation.id,
        ({ revision }) => revision !== undefined && revision < conversation.revision,
        () => writeConversation(cache, conversation),
      );
    }
    if (readMark) {
      touch(readMark.conversationId, position);
      change(
        readMark.conversationId,
        ({ readRevision }) => readRevision !== undefined && readRevision < readMark.revision,
        () => cache.setReadMark(readMark),
      );
    }
    if (conversationMoved) {
      log.touch(conversationMoved.from, position);
      moved.add(conversationMoved.from);
      beginAlias(cache, conversationMoved);
      Object.assign(unsettled, { conversations: true, counts: true });
    }
  }
  if (changed.size > 0 || moved.size > 0) placeConversations(cache, log, changed, moved);
}

/** In a burst the same one changes many times over, and only how it ends is shown. */
function withoutOvertaken(steps: readonly InboxStep[]): readonly InboxStep[] {
  const newest = new Map(steps.flatMap(({ conversation }) => (conversation ? [[conversation.id, conversation]] : [])));
  return steps.filter(({ conversation }) => !conversation || newest.get(conversation.id) === conversation);
}

function writeConversation(cache: LiveCache, state: ConversationState): void {
  endAlias(cache, state.id);
  cache.timelines.begin(state.id);
  const conversation = { ...state, __typename: 'Conversation' };
  cache.writeFragment({
    id: `Conversation:${state.id}`,
    fragment: LIVE_CONVERSATION,
    fragmentName: 'LiveConversation',
    data: conversation,
  });
}

/** What was asked for by this id, when it stood for another conversation or for none, is to be asked again. */
export function endAlias(cache: ApolloCache, id: string): void {
  const known = cache.readQuery({ query: BY_ID, variables: { id } });
  if (known && known.conversation?.id !== id) {
    cache.evict({ id: 'ROOT_QUERY', fieldName: 'conversation', args: { id } });
  }
}

const BY_ID: TypedDocumentNode<ConversationByIdQuery, ConversationByIdQueryVariables> = gql`
  query ConversationById($id: ID!) { conversation(id: $id) { id revision } }
`;

/** The id stands for another conversation from now on. What is known of the old one stays for who looks at it still. */
function beginAlias(cache: LiveCache, { from, to }: { from: string; to: string }): void {
  const revision = standingOf(cache, to)?.revision ?? 0;
  const conversation = { __typename: 'Conversation', id: to, revision };
  cache.writeQuery({ query: BY_ID, variables: { id: from }, data: { conversation } });
  cache.timelines.end(from);
}

function placeConversations(
  cache: LiveCache,
  log: FeedLog,
  changed: ReadonlySet<string>,
  moved: ReadonlySet<string>,
): void {
  cache.modify<{ conversations: ConversationsList }>({
    fields: {
      conversations: (list, { storeFieldName, readField }) => {
        const rule = conversationsRule(argsOf<{ filter?: InboxFilter }>(storeFieldName).filter);
        return withConversations(without(list as ConversationsList, moved), changed, rule, log, readField);
      },
    },
  });
}

type Standing = Partial<StandingFragment>;

function standingOf(cache: LiveCache, id: string): Standing | undefined {
  const found = cache.readFragment({ id: `Conversation:${id}`, fragment: STANDING, returnPartialData: true });
  return (found as Standing | null) ?? undefined;
}

const countedAs = ({ unreadCount, unanswered, failed, lastEntry }: Standing) =>
  [unreadCount === undefined ? '' : unreadCount > 0, unanswered, failed, lastEntry?.type].join();

const linkedTo = ({ linked }: Standing) => linked?.map(({ conversationId }) => conversationId).join();
