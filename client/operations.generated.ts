/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AddStaffInput = {
  email: string;
  /** 1 to 100 characters. */
  name: string;
  role?: StaffRole;
};

export type ChannelState =
  | 'NOT_CONFIGURED'
  | 'READY'
  | 'STOPPED';

export type CommsChange =
  | 'LOGGED'
  | 'UPDATED';

export type CommsDirection =
  | 'INBOUND'
  | 'INTERNAL'
  | 'OUTBOUND';

export type CommsStatus =
  | 'DELIVERED'
  | 'FAILED'
  | 'QUEUED'
  | 'READ'
  | 'RECEIVED'
  | 'SENT'
  | 'UNKNOWN';

export type CommsType =
  | 'CALL'
  | 'EMAIL'
  | 'MEETING'
  | 'NOTE'
  | 'SMS'
  | 'WHATSAPP';

export type ContactInput = {
  /** Of updateCustomer: which one is put right. */
  id?: string | null | undefined;
  /** What staff call it, such as “mobile”. At most 100 characters. */
  label?: string | null | undefined;
  type: ContactType;
  /** A phone number in any usual form, or an e-mail address. */
  value: string;
};

export type ContactType =
  | 'EMAIL'
  | 'PHONE'
  | 'WHATSAPP';

export type CreateCustomerInput = {
  /** At most 50. */
  contacts: Array<ContactInput>;
  /** An unknown sender's, whose history the customer gets: `unknown:…`. NOT_FOUND where there is none, or it has a customer. */
  conversationId?: string | null | undefined;
  /** 1 to 200 characters. */
  name: string;
  /** At most 200 characters. */
  organization?: string | null | undefined;
};

/**
 * What of the log is wanted. search: every word, anywhere, whatever the case and accents (ς as σ),
 * in names, organisation, e-mail, numbers and bodies. unreadOnly: by the person who asks.
 */
export type InboxFilter = {
  direction?: CommsDirection | null | undefined;
  /** Of conversations: where the newest message that was sent failed, or isn't known to have gone out. Of entries: those that failed. */
  failedOnly?: boolean | null | undefined;
  search?: string | null | undefined;
  type?: CommsType | null | undefined;
  /** Of conversations: where the customer spoke last and nobody said that this needs no answer. Of entries: those of such conversations. */
  unansweredOnly?: boolean | null | undefined;
  unknownOnly?: boolean | null | undefined;
  unreadOnly?: boolean | null | undefined;
};

export type LogCommsInput = {
  /** 1 to 20,000 characters, not blank. */
  body: string;
  /** A customer's id, or `unknown:…`. */
  customerId: string;
  /** A NOTE is always INTERNAL, anything else INBOUND or OUTBOUND. */
  direction: CommsDirection;
  /** As of sendWhatsApp. */
  idempotencyKey?: string | null | undefined;
  /** When it happened; now, where it is left out. */
  occurredAt?: string | null | undefined;
  /** Any but WHATSAPP, which is logged by sending. */
  type: CommsType;
};

export type ReactWhatsAppInput = {
  emoji: string;
  entryId: string;
  idempotencyKey?: string | null | undefined;
};

export type ReferenceKind =
  | 'DELETION'
  | 'EDIT'
  | 'REACTION'
  | 'REPLY';

export type SaveQuickReplyInput = {
  /** Which one is changed; without, it is a new one. */
  id?: string | null | undefined;
  /** One word of 1 to 40 characters, told apart without case and accents; a slash before it goes. */
  shortcut: string;
  /** 1 to 4,096 characters. The page fills in `{{name}}`, `{{first name}}` (the customer’s) and `{{my name}}`. */
  text: string;
};

export type SendWhatsAppInput = {
  /** A customer's id, or `unknown:…`. */
  customerId: string;
  /** 1 to 200 characters, belongs to the account for ever: the same key with the same input sends once and answers with the entry as it now is. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 4,096 characters, not blank. */
  message: string;
  /** An entry of the same conversation that WhatsApp has: shown as quoted. */
  replyTo?: string | null | undefined;
  /** A number in any usual form, or Meta's user id for somebody without one. Need not be among the contacts; another customer's is refused. */
  toPhone: string;
};

export type StaffRole =
  | 'ADMIN'
  | 'MEMBER';

/** What is left out stays as it is. */
export type UpdateCustomerInput = {
  /** All that remain: each with its id, or new. */
  contacts?: Array<ContactInput> | null | undefined;
  id: string;
  name?: string | null | undefined;
  organization?: string | null | undefined;
};

export type AlertConversationFragment = { id: string, revision: number, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number } & { ' $fragmentName'?: 'AlertConversationFragment' };

export type UnreadConversationQueryVariables = Exact<{
  id: string;
}>;


export type UnreadConversationQuery = { conversation: (
    { id: string, revision: number }
    & { ' $fragmentRefs'?: { 'AlertConversationFragment': AlertConversationFragment } }
  ) | null };

export type EntryAnswers_EntryFragment = { id: string, revision: number, type: CommsType, direction: CommsDirection, body: string, status: CommsStatus, extMessageId: string | null, occurredAt: string, deletedAt: string | null, author: { id: string, name: string } | null, refersTo: { kind: ReferenceKind } | null, edited: { body: string, editedAt: string } | null, reactions: Array<{ emoji: string, by: { id: string } | null }> } & { ' $fragmentName'?: 'EntryAnswers_EntryFragment' };

export type EntryCard_EntryFragment = (
  { id: string, revision: number, type: CommsType, direction: CommsDirection, body: string, occurredAt: string, loggedAt: string, author: { id: string, name: string } | null }
  & { ' $fragmentRefs'?: { 'EntryStatus_EntryFragment': EntryStatus_EntryFragment } }
) & { ' $fragmentName'?: 'EntryCard_EntryFragment' };

export type EntryDetails_EntryFragment = { id: string, revision: number, type: CommsType, direction: CommsDirection, status: CommsStatus, phone: string | null, senderName: string | null, extMessageId: string | null, occurredAt: string, loggedAt: string, nextTryAt: string | null, body: string, deletedAt: string | null, author: { id: string, name: string } | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, statusTimes: { sent: string | null, delivered: string | null, read: string | null, failed: string | null }, refersTo: { kind: ReferenceKind } | null, edited: { body: string, editedAt: string } | null } & { ' $fragmentName'?: 'EntryDetails_EntryFragment' };

export type EntryMenu_EntryFragment = { id: string, revision: number, body: string, status: CommsStatus, idempotencyKey: string | null, edited: { body: string, editedAt: string } | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, discarded: { at: string } | null } & { ' $fragmentName'?: 'EntryMenu_EntryFragment' };

export type EntryStatus_EntryFragment = { id: string, revision: number, type: CommsType, status: CommsStatus, idempotencyKey: string | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, statusTimes: { sent: string | null, delivered: string | null, read: string | null, failed: string | null }, discarded: { at: string } | null } & { ' $fragmentName'?: 'EntryStatus_EntryFragment' };

export type TimelineEntry_EntryFragment = (
  { id: string, revision: number, type: CommsType, direction: CommsDirection, body: string, occurredAt: string, loggedAt: string, senderName: string | null, phone: string | null, deletedAt: string | null, author: { id: string, name: string } | null, customer: { id: string, revision: number, name: string } | null, refersTo: { kind: ReferenceKind, emoji: string | null, entry: { id: string, revision: number, direction: CommsDirection, body: string, author: { id: string, name: string } | null, edited: { body: string, editedAt: string } | null } | null } | null, reactions: Array<{ emoji: string, by: { id: string, name: string } | null }>, edited: { body: string, editedAt: string } | null }
  & { ' $fragmentRefs'?: { 'EntryCard_EntryFragment': EntryCard_EntryFragment;'EntryStatus_EntryFragment': EntryStatus_EntryFragment;'SendOutcome_EntryFragment': SendOutcome_EntryFragment;'EntryDetails_EntryFragment': EntryDetails_EntryFragment } }
) & { ' $fragmentName'?: 'TimelineEntry_EntryFragment' };

export type References_EntryFragment = { id: string, revision: number, type: CommsType, direction: CommsDirection, body: string, occurredAt: string, loggedAt: string, senderName: string | null, phone: string | null, deletedAt: string | null, author: { id: string, name: string } | null, customer: { id: string, revision: number, name: string } | null, refersTo: { kind: ReferenceKind, emoji: string | null, entry: { id: string, revision: number, direction: CommsDirection, body: string, author: { id: string, name: string } | null, edited: { body: string, editedAt: string } | null } | null } | null, reactions: Array<{ emoji: string, by: { id: string, name: string } | null }>, edited: { body: string, editedAt: string } | null } & { ' $fragmentName'?: 'References_EntryFragment' };

export type ReadMarkQueryVariables = Exact<{
  id: string;
}>;


export type ReadMarkQuery = { conversation: { id: string, revision: number, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number } | null };

export type LogCommsMutationVariables = Exact<{
  input: LogCommsInput;
}>;


export type LogCommsMutation = { logComms: { entry: { id: string, revision: number, customerId: string, type: CommsType, direction: CommsDirection, body: string, status: CommsStatus, extMessageId: string | null, phone: string | null, senderName: string | null, occurredAt: string, loggedAt: string, idempotencyKey: string | null, nextTryAt: string | null, deletedAt: string | null, customer: { id: string, revision: number, name: string, organization: string | null } | null, author: { id: string, name: string, email: string, role: StaffRole } | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, statusTimes: { sent: string | null, delivered: string | null, read: string | null, failed: string | null }, refersTo: { kind: ReferenceKind, emoji: string | null, entry: { id: string, revision: number, direction: CommsDirection, body: string, author: { id: string, name: string } | null, edited: { body: string, editedAt: string } | null } | null } | null, reactions: Array<{ emoji: string, by: { id: string, name: string } | null }>, edited: { body: string, editedAt: string } | null, discarded: { at: string, by: { id: string, name: string } | null } | null } } };

export type MarkReadMutationVariables = Exact<{
  conversationId: string;
  upToEntryId: string;
}>;


export type MarkReadMutation = { markRead: { conversation: { id: string, revision: number, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number } } };

export type ContactList_CustomerFragment = { id: string, revision: number, contacts: Array<(
    { id: string, display: string }
    & { ' $fragmentRefs'?: { 'ContactPoint_ContactFragment': ContactPoint_ContactFragment } }
  )> } & { ' $fragmentName'?: 'ContactList_CustomerFragment' };

export type ContactPoint_ContactFragment = { id: string, type: ContactType, display: string, label: string | null } & { ' $fragmentName'?: 'ContactPoint_ContactFragment' };

export type CustomerFactsQueryVariables = Exact<{
  id: string;
}>;


export type CustomerFactsQuery = { conversation: (
    { id: string, revision: number, name: string, phone: string | null, customer: (
      { id: string, revision: number, name: string, organization: string | null, createdAt: string }
      & { ' $fragmentRefs'?: { 'ContactList_CustomerFragment': ContactList_CustomerFragment } }
    ) | null }
    & { ' $fragmentRefs'?: { 'LinkedSenders_ConversationFragment': LinkedSenders_ConversationFragment } }
  ) | null };

export type CustomerHeader_ConversationFragment = { id: string, revision: number, name: string, phone: string | null, windowClosesAt: string | null, customer: { id: string, revision: number, name: string, organization: string | null, contacts: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'ContactPoint_ContactFragment': ContactPoint_ContactFragment } }
    )> } | null } & { ' $fragmentName'?: 'CustomerHeader_ConversationFragment' };

export type CustomerListQueryVariables = Exact<{
  search?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerListQuery = { customers: { nodes: Array<(
      { id: string, revision: number }
      & { ' $fragmentRefs'?: { 'CustomerRow_CustomerFragment': CustomerRow_CustomerFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CustomerOption_CustomerFragment = { id: string, revision: number, name: string, organization: string | null, contacts: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'ContactPoint_ContactFragment': ContactPoint_ContactFragment } }
  )> } & { ' $fragmentName'?: 'CustomerOption_CustomerFragment' };

export type CustomerPageQueryVariables = Exact<{
  id: string;
}>;


export type CustomerPageQuery = { conversation: (
    { id: string, revision: number, name: string }
    & { ' $fragmentRefs'?: { 'CustomerHeader_ConversationFragment': CustomerHeader_ConversationFragment } }
  ) | null };

export type CustomerPickerQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type CustomerPickerQuery = { customers: { nodes: Array<(
      { id: string, revision: number, name: string }
      & { ' $fragmentRefs'?: { 'CustomerOption_CustomerFragment': CustomerOption_CustomerFragment } }
    )>, pageInfo: { hasNextPage: boolean } } };

export type CustomerRow_CustomerFragment = { id: string, revision: number, name: string, organization: string | null, contacts: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'ContactPoint_ContactFragment': ContactPoint_ContactFragment } }
  )> } & { ' $fragmentName'?: 'CustomerRow_CustomerFragment' };

export type CustomerDetailsQueryVariables = Exact<{
  id: string;
}>;


export type CustomerDetailsQuery = { conversation: (
    { id: string, revision: number, customer: (
      { id: string, revision: number, name: string, organization: string | null, createdAt: string }
      & { ' $fragmentRefs'?: { 'ContactList_CustomerFragment': ContactList_CustomerFragment } }
    ) | null }
    & { ' $fragmentRefs'?: { 'LinkedSenders_ConversationFragment': LinkedSenders_ConversationFragment } }
  ) | null };

export type CustomerToEditQueryVariables = Exact<{
  id: string;
}>;


export type CustomerToEditQuery = { customer: { id: string, revision: number, name: string, organization: string | null, contacts: Array<{ id: string, type: ContactType, value: string, label: string | null }> } | null };

export type LinkedSenders_ConversationFragment = { id: string, revision: number, name: string, linked: Array<{ conversationId: string, name: string | null, phone: string | null, linkedAt: string, linkedBy: { id: string, name: string } | null }> } & { ' $fragmentName'?: 'LinkedSenders_ConversationFragment' };

export type CustomerDoubtsQueryVariables = Exact<{
  id: string;
}>;


export type CustomerDoubtsQuery = { customer: { id: string, revision: number, doubts: Array<{ sameDigits: boolean, logsHere: boolean, contact: { id: string, display: string }, other: { id: string, revision: number, name: string } }> } | null };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CreateCustomerMutation = { createCustomer: { customer: { id: string, revision: number, name: string } } };

export type UpdateCustomerMutationVariables = Exact<{
  input: UpdateCustomerInput;
}>;


export type UpdateCustomerMutation = { updateCustomer: { customer: { id: string, revision: number, name: string, organization: string | null, contacts: Array<{ id: string, type: ContactType, value: string, display: string, label: string | null }> } } };

export type LinkedToCustomerQueryVariables = Exact<{
  id: string;
}>;


export type LinkedToCustomerQuery = { conversation: { id: string, revision: number, linked: Array<{ conversationId: string, name: string | null, phone: string | null }> } | null };

export type LinkConversationMutationVariables = Exact<{
  conversationId: string;
  customerId: string;
}>;


export type LinkConversationMutation = { linkConversation: { conversation: { id: string, revision: number } } };

export type UnlinkConversationMutationVariables = Exact<{
  conversationId: string;
}>;


export type UnlinkConversationMutation = { unlinkConversation: { conversation: { id: string, revision: number } } };

export type WhoIsItQueryVariables = Exact<{
  id: string;
}>;


export type WhoIsItQuery = { conversation: { id: string, revision: number } | null };

export type ConversationHeader_ConversationFragment = { id: string, revision: number, name: string, phone: string | null, windowClosesAt: string | null, unanswered: boolean, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number, customer: { id: string, revision: number, name: string, organization: string | null } | null, lastEntry: { id: string, revision: number, direction: CommsDirection } | null } & { ' $fragmentName'?: 'ConversationHeader_ConversationFragment' };

export type ConversationListQueryVariables = Exact<{
  filter?: InboxFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type ConversationListQuery = { conversations: { position: string, edges: Array<{ node: (
        { id: string, revision: number, lastEntry: { id: string, revision: number, author: { id: string } | null } | null }
        & { ' $fragmentRefs'?: { 'ConversationRow_ConversationFragment': ConversationRow_ConversationFragment } }
      ), match: (
        { id: string, revision: number }
        & { ' $fragmentRefs'?: { 'ConversationRow_MatchFragment': ConversationRow_MatchFragment } }
      ) | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OpenConversationQueryVariables = Exact<{
  id: string;
}>;


export type OpenConversationQuery = { conversation: (
    { id: string, revision: number, name: string }
    & { ' $fragmentRefs'?: { 'ConversationHeader_ConversationFragment': ConversationHeader_ConversationFragment } }
  ) | null };

export type ConversationRow_ConversationFragment = { id: string, revision: number, name: string, phone: string | null, lastActivityAt: string, unanswered: boolean, failed: boolean, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number, customer: { id: string, revision: number } | null, lastEntry: { id: string, revision: number, type: CommsType, direction: CommsDirection, body: string, status: CommsStatus, author: { id: string, name: string } | null, discarded: { at: string } | null } | null } & { ' $fragmentName'?: 'ConversationRow_ConversationFragment' };

export type ConversationRow_MatchFragment = { id: string, revision: number, type: CommsType, direction: CommsDirection, body: string, status: CommsStatus, author: { id: string, name: string } | null, discarded: { at: string } | null } & { ' $fragmentName'?: 'ConversationRow_MatchFragment' };

export type StaffCountQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffCountQuery = { staff: Array<{ id: string, active: boolean }> };

export type MarkUnreadMutationVariables = Exact<{
  conversationId: string;
}>;


export type MarkUnreadMutation = { markUnread: { conversation: { id: string, revision: number, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number } } };

export type MarkAnsweredMutationVariables = Exact<{
  conversationId: string;
  upToEntryId: string;
  answered: boolean;
}>;


export type MarkAnsweredMutation = { markAnswered: { conversation: { id: string, revision: number, unanswered: boolean } } };

export type StandingFragment = { revision: number, unreadCount: number, readRevision: number, unanswered: boolean, failed: boolean, lastEntry: { id: string, revision: number, type: CommsType } | null, linked: Array<{ conversationId: string }> } & { ' $fragmentName'?: 'StandingFragment' };

export type ConversationByIdQueryVariables = Exact<{
  id: string;
}>;


export type ConversationByIdQuery = { conversation: { id: string, revision: number } | null };

export type ConversationCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConversationCountsQuery = { conversationCounts: { all: number, unread: number, unanswered: number, unknown: number, failed: number, types: Array<{ type: CommsType, count: number }> } };

export type LiveEntryFragment = { id: string, revision: number, customerId: string, type: CommsType, direction: CommsDirection, body: string, status: CommsStatus, extMessageId: string | null, phone: string | null, senderName: string | null, occurredAt: string, loggedAt: string, idempotencyKey: string | null, nextTryAt: string | null, deletedAt: string | null, customer: { id: string, revision: number, name: string, organization: string | null } | null, author: { id: string, name: string, email: string, role: StaffRole } | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, statusTimes: { sent: string | null, delivered: string | null, read: string | null, failed: string | null }, refersTo: { kind: ReferenceKind, emoji: string | null, entry: { id: string, revision: number, direction: CommsDirection, body: string, author: { id: string, name: string } | null, edited: { body: string, editedAt: string } | null } | null } | null, reactions: Array<{ emoji: string, by: { id: string, name: string } | null }>, edited: { body: string, editedAt: string } | null, discarded: { at: string, by: { id: string, name: string } | null } | null } & { ' $fragmentName'?: 'LiveEntryFragment' };

export type LiveCustomerFragment = { id: string, revision: number, name: string, organization: string | null, createdAt: string, contacts: Array<{ id: string, type: ContactType, value: string, display: string, label: string | null }> } & { ' $fragmentName'?: 'LiveCustomerFragment' };

export type LiveConversationFragment = { id: string, revision: number, name: string, phone: string | null, lastActivityAt: string, windowClosesAt: string | null, unanswered: boolean, failed: boolean, inboundCount: number, customer: { id: string, revision: number, name: string, organization: string | null } | null, lastEntry: { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } } | null, linked: Array<{ conversationId: string, name: string | null, phone: string | null, linkedAt: string, linkedBy: { id: string, name: string } | null }> } & { ' $fragmentName'?: 'LiveConversationFragment' };

export type FollowCommsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FollowCommsSubscription = { commsLogged: { position: string, change: CommsChange, entry: { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } } } };

export type FollowInboxSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FollowInboxSubscription = { inboxChanged: { position: string, customerRemoved: string | null, conversation: { id: string, revision: number, name: string, phone: string | null, lastActivityAt: string, windowClosesAt: string | null, unanswered: boolean, failed: boolean, inboundCount: number, customer: { id: string, revision: number, name: string, organization: string | null } | null, lastEntry: { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } } | null, linked: Array<{ conversationId: string, name: string | null, phone: string | null, linkedAt: string, linkedBy: { id: string, name: string } | null }> } | null, conversationMoved: { from: string, to: string } | null, customer: { ' $fragmentRefs'?: { 'LiveCustomerFragment': LiveCustomerFragment } } | null, readMark: { conversationId: string, revision: number, upToEntryId: string, readCount: number } | null, channel: { sending: ChannelState, reason: string | null, queued: number, number: string | null } | null } };

export type FeedPositionsQueryVariables = Exact<{ [key: string]: never; }>;


export type FeedPositionsQuery = { feedPosition: string, feedPositions: { commsLogged: string, inboxChanged: string }, channel: { sending: ChannelState, reason: string | null, queued: number, number: string | null } };

export type ChannelQueryVariables = Exact<{ [key: string]: never; }>;


export type ChannelQuery = { channel: { sending: ChannelState, reason: string | null, queued: number, number: string | null } };

export type CommsPageQueryVariables = Exact<{
  customerId: string;
  type?: CommsType | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CommsPageQuery = { customerComms: { position: string, nodes: Array<{ id: string, revision: number, customerId: string, type: CommsType, direction: CommsDirection, body: string, status: CommsStatus, extMessageId: string | null, phone: string | null, senderName: string | null, occurredAt: string, loggedAt: string, idempotencyKey: string | null, nextTryAt: string | null, deletedAt: string | null, customer: { id: string, revision: number, name: string, organization: string | null } | null, author: { id: string, name: string, email: string, role: StaffRole } | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, statusTimes: { sent: string | null, delivered: string | null, read: string | null, failed: string | null }, refersTo: { kind: ReferenceKind, emoji: string | null, entry: { id: string, revision: number, direction: CommsDirection, body: string, author: { id: string, name: string } | null, edited: { body: string, editedAt: string } | null } | null } | null, reactions: Array<{ emoji: string, by: { id: string, name: string } | null }>, edited: { body: string, editedAt: string } | null, discarded: { at: string, by: { id: string, name: string } | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LogQueryVariables = Exact<{
  filter?: InboxFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LogQuery = { inbox: { position: string, nodes: Array<(
      { id: string, revision: number, idempotencyKey: string | null }
      & { ' $fragmentRefs'?: { 'LogRow_EntryFragment': LogRow_EntryFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LogRow_EntryFragment = (
  { id: string, revision: number, customerId: string, direction: CommsDirection, senderName: string | null, phone: string | null, customer: { id: string, revision: number, name: string } | null }
  & { ' $fragmentRefs'?: { 'EntryCard_EntryFragment': EntryCard_EntryFragment } }
) & { ' $fragmentName'?: 'LogRow_EntryFragment' };

export type LogRow_ConversationFragment = { id: string, revision: number, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number } & { ' $fragmentName'?: 'LogRow_ConversationFragment' };

export type UnreadConversationsQueryVariables = Exact<{ [key: string]: never; }>;


export type UnreadConversationsQuery = { conversations: { position: string, edges: Array<{ node: { id: string, revision: number, inboundCount: number, unreadCount: number, readUpToEntryId: string | null, readRevision: number } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PalettePeopleQueryVariables = Exact<{
  search: string;
}>;


export type PalettePeopleQuery = { customers: { nodes: Array<{ id: string, revision: number, name: string, organization: string | null, contacts: Array<{ id: string, display: string }> }> }, conversations: { edges: Array<{ node: { id: string, revision: number, name: string, phone: string | null } }> } };

export type ParkedQueryVariables = Exact<{ [key: string]: never; }>;


export type ParkedQuery = { parkedDeliveries: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'ParkedRow_DeliveryFragment': ParkedRow_DeliveryFragment } }
    )>, pageInfo: { hasNextPage: boolean } } };

export type ParkedRow_DeliveryFragment = { id: string, receivedAt: string, problems: Array<{ path: string, reason: string }> } & { ' $fragmentName'?: 'ParkedRow_DeliveryFragment' };

export type RerunParkedMutationVariables = Exact<{
  id: string;
}>;


export type RerunParkedMutation = { rerunParked: { logged: number, delivery: { id: string, problems: Array<{ path: string, reason: string }> } } };

export type SaveQuickReplyMutationVariables = Exact<{
  input: SaveQuickReplyInput;
}>;


export type SaveQuickReplyMutation = { saveQuickReply: { quickReply: { id: string, shortcut: string, text: string } } };

export type RemoveQuickReplyMutationVariables = Exact<{
  id: string;
}>;


export type RemoveQuickReplyMutation = { removeQuickReply: { id: string } };

export type SendOutcome_EntryFragment = { id: string, revision: number, status: CommsStatus, idempotencyKey: string | null, nextTryAt: string | null, customer: { id: string, revision: number } | null, failure: { code: string, message: string, next: string, details: string | null, retryable: boolean, needsAdmin: boolean } | null, discarded: { at: string, by: { id: string, name: string } | null } | null } & { ' $fragmentName'?: 'SendOutcome_EntryFragment' };

export type SendWhatsAppMutationVariables = Exact<{
  input: SendWhatsAppInput;
}>;


export type SendWhatsAppMutation = { sendWhatsApp: { entry: (
      { id: string, revision: number, idempotencyKey: string | null }
      & { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } }
    ) } };

export type QuickRepliesQueryVariables = Exact<{ [key: string]: never; }>;


export type QuickRepliesQuery = { quickReplies: Array<{ id: string, shortcut: string, text: string }> };

export type AddresseeQueryVariables = Exact<{
  id: string;
}>;


export type AddresseeQuery = { conversation: { id: string, revision: number, name: string, phone: string | null, windowClosesAt: string | null, customer: { id: string, revision: number, name: string, organization: string | null, contacts: Array<{ id: string, type: ContactType, display: string, label: string | null }> } | null, linked: Array<{ conversationId: string, name: string | null, phone: string | null, linkedAt: string, linkedBy: { id: string, name: string } | null }> } | null };

export type RetrySendMutationVariables = Exact<{
  entryId: string;
}>;


export type RetrySendMutation = { retrySend: { entry: (
      { id: string, revision: number }
      & { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } }
    ) } };

export type SettleSendMutationVariables = Exact<{
  entryId: string;
}>;


export type SettleSendMutation = { settleSend: { entry: (
      { id: string, revision: number }
      & { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } }
    ) } };

export type DiscardSendMutationVariables = Exact<{
  entryId: string;
}>;


export type DiscardSendMutation = { discardSend: { entry: (
      { id: string, revision: number }
      & { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } }
    ) } };

export type ReactWhatsAppMutationVariables = Exact<{
  input: ReactWhatsAppInput;
}>;


export type ReactWhatsAppMutation = { reactWhatsApp: { entry: (
      { id: string, revision: number }
      & { ' $fragmentRefs'?: { 'LiveEntryFragment': LiveEntryFragment } }
    ) } };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { me: { id: string, name: string, email: string, role: StaffRole } };

export type ChangePasswordMutationVariables = Exact<{
  current: string;
  new: string;
}>;


export type ChangePasswordMutation = { changePassword: { account: { mustChangePassword: boolean } } };

export type OwnSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnSessionsQuery = { mySessions: Array<{ id: string, current: boolean, lastUsedAt: string, createdAt: string, address: string | null, device: string }> };

export type EndMySessionMutationVariables = Exact<{
  id: string;
}>;


export type EndMySessionMutation = { endMySession: { sessions: Array<{ id: string }> } };

export type EndMyOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndMyOtherSessionsMutation = { endMyOtherSessions: { sessions: Array<{ id: string }> } };

export type StaffMenu_StaffFragment = { id: string, name: string, email: string, role: StaffRole } & { ' $fragmentName'?: 'StaffMenu_StaffFragment' };

export type AdminsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminsQuery = { admins: Array<{ id: string, name: string, email: string }> };

export type ShellQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellQuery = { me: (
    { id: string, name: string, email: string, role: StaffRole }
    & { ' $fragmentRefs'?: { 'StaffMenu_StaffFragment': StaffMenu_StaffFragment } }
  ), myAccount: { mustChangePassword: boolean } };

export type AddStaffMutationVariables = Exact<{
  input: AddStaffInput;
}>;


export type AddStaffMutation = { addStaff: { oneTimePassword: string, account: { id: string, name: string } } };

export type ResetStaffMutationVariables = Exact<{
  id: string;
}>;


export type ResetStaffMutation = { resetStaff: { oneTimePassword: string, account: { id: string, active: boolean, mustChangePassword: boolean, lastSeenAt: string | null } } };

export type DeactivateStaffMutationVariables = Exact<{
  id: string;
}>;


export type DeactivateStaffMutation = { deactivateStaff: { account: { id: string, active: boolean, lastSeenAt: string | null } } };

export type ReactivateStaffMutationVariables = Exact<{
  id: string;
}>;


export type ReactivateStaffMutation = { reactivateStaff: { account: { id: string, active: boolean, lastSeenAt: string | null } } };

export type SetStaffRoleMutationVariables = Exact<{
  id: string;
  role: StaffRole;
}>;


export type SetStaffRoleMutation = { setStaffRole: { account: { id: string, role: StaffRole } } };

export type TeamQueryVariables = Exact<{ [key: string]: never; }>;


export type TeamQuery = { me: { id: string }, staff: Array<(
    { id: string, active: boolean }
    & { ' $fragmentRefs'?: { 'TeamRow_AccountFragment': TeamRow_AccountFragment } }
  )> };

export type TeamRow_AccountFragment = { id: string, name: string, email: string, role: StaffRole, active: boolean, mustChangePassword: boolean, lastSeenAt: string | null } & { ' $fragmentName'?: 'TeamRow_AccountFragment' };
