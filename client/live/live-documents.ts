import { gql, type TypedDocumentNode } from '@apollo/client';
import type {
  ChannelQuery,
  ChannelQueryVariables,
  FeedPositionsQuery,
  FeedPositionsQueryVariables,
  FollowCommsSubscription,
  FollowCommsSubscriptionVariables,
  FollowInboxSubscription,
  FollowInboxSubscriptionVariables,
  LiveConversationFragment,
  LiveCustomerFragment,
  LiveEntryFragment,
} from '../operations.generated.ts';

/*
 * These hold every field that a component draws of an entry, a customer or a conversation, so that what comes live is
 * complete. They are not masked: only live/ reads them.
 */
export const LIVE_ENTRY: TypedDocumentNode<LiveEntryFragment> = gql`
  fragment LiveEntry on CommsEntry {
    id
    revision
    customerId
    customer { id revision name organization }
    type
    direction
    body
    status
    extMessageId
    phone
    senderName
    occurredAt
    loggedAt
    author { id name email role }
    idempotencyKey
    failure { code message next details retryable needsAdmin }
    nextTryAt
    statusTimes { sent delivered read failed }
    refersTo {
      kind
      emoji
      entry { id revision direction body author { id name } edited { body editedAt } }
    }
    reactions { emoji by { id name } }
    edited { body editedAt }
    deletedAt
    discarded { at by { id name } }
  }
`;

export const LIVE_CUSTOMER: TypedDocumentNode<LiveCustomerFragment> = gql`
  fragment LiveCustomer on Customer {
    id
    revision
    name
    organization
    contacts { id type value display label }
    createdAt
  }
`;

export const LIVE_CONVERSATION: TypedDocumentNode<LiveConversationFragment> = gql`
  fragment LiveConversation on Conversation {
    id
    revision
    customer { id revision name organization }
    name
    phone
    lastEntry { ...LiveEntry }
    lastActivityAt
    windowClosesAt
    unanswered
    failed
    inboundCount
    linked { conversationId name phone linkedAt linkedBy { id name } }
  }
  ${LIVE_ENTRY}
`;

export const FOLLOW_COMMS: TypedDocumentNode<FollowCommsSubscription, FollowCommsSubscriptionVariables> = gql`
  subscription FollowComms($after: String) {
    commsLogged(after: $after) { position change entry { ...LiveEntry } }
  }
  ${LIVE_ENTRY}
`;

export const FOLLOW_INBOX: TypedDocumentNode<FollowInboxSubscription, FollowInboxSubscriptionVariables> = gql`
  subscription FollowInbox($after: String) {
    inboxChanged(after: $after) {
      position
      conversation {
        id
        revision
        customer { id revision name organization }
        name
        phone
        lastEntry { ...LiveEntry }
        lastActivityAt
        windowClosesAt
        unanswered
        failed
        inboundCount
        linked { conversationId name phone linkedAt linkedBy { id name } }
      }
      conversationMoved { from to }
      customer { ...LiveCustomer }
      customerRemoved
      readMark { conversationId revision upToEntryId readCount }
      channel { sending reason queued number }
    }
  }
  ${LIVE_CUSTOMER}
  ${LIVE_ENTRY}
`;

export const FEED_POSITIONS: TypedDocumentNode<FeedPositionsQuery, FeedPositionsQueryVariables> = gql`
  query FeedPositions { feedPosition feedPositions { commsLogged inboxChanged } channel { sending reason queued number } }
`;

export const CHANNEL: TypedDocumentNode<ChannelQuery, ChannelQueryVariables> = gql`
  query Channel { channel { sending reason queued number } }
`;
