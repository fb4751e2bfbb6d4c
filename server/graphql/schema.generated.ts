import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Entry as EntryRow, EntryReaction as ReactionRow } from '../comms/entry.ts';
import type { Conversation as ConversationRow } from '../comms/conversations.ts';
import type { Customer as CustomerRow, Contact as ContactRow } from '../comms/customers.ts';
import type { ParkedDelivery as ParkedDeliveryRow } from '../comms/parked.ts';
import type { LinkedSender as LinkedSenderRow } from '../comms/linked-senders.ts';
import type { Staff as StaffRow } from '../auth/staff.ts';
import type { SharedContext } from './request-context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC with milliseconds: 2026-11-22T17:04:05.000Z. */
  DateTime: { input: Date; output: Date; }
};

export type AddStaffInput = {
  email: Scalars['String']['input'];
  /** 1 to 100 characters. */
  name: Scalars['String']['input'];
  role?: StaffRole;
};

/** The way out to WhatsApp. */
export type Channel = {
  __typename?: 'Channel';
  /** The number that we send from, as WhatsApp writes it; null where it hasn't told. */
  number?: Maybe<Scalars['String']['output']>;
  /** Messages that wait to be sent. */
  queued: Scalars['Int']['output'];
  /** Why it isn't READY, and what to do, in words for staff. */
  reason?: Maybe<Scalars['String']['output']>;
  sending: ChannelState;
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

/** Something said with a customer, by whatever means. Nothing here depends on who asks. */
export type CommsEntry = {
  __typename?: 'CommsEntry';
  /** Who sent or wrote it. */
  author?: Maybe<Staff>;
  /** Media: 'Media message received', then ': ' and the caption where there is one. */
  body: Scalars['String']['output'];
  /** Meta's id of the business number that it came to or went out from. */
  businessNumberId?: Maybe<Scalars['String']['output']>;
  customer?: Maybe<Customer>;
  /** A customer's id; else `unknown:` and the digits of the number as Meta first gave it (Meta's user id where none came). A sender keeps one id. */
  customerId: Scalars['ID']['output'];
  /** When the customer deleted it; `body` stays what it was. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  direction: CommsDirection;
  /** A person's decision that a FAILED one is not to be sent any more. */
  discarded?: Maybe<EntryDiscard>;
  /** What the customer changed it to; `body` stays what it was first. */
  edited?: Maybe<EntryEdit>;
  /** Meta's id, the wamid. */
  extMessageId?: Maybe<Scalars['ID']['output']>;
  /** Why it failed, or of an UNKNOWN or waiting one what is known, in words for staff, with Meta's code. */
  failure?: Maybe<SendFailure>;
  id: Scalars['ID']['output'];
  idempotencyKey?: Maybe<Scalars['ID']['output']>;
  loggedAt: Scalars['DateTime']['output'];
  /** Of a waiting one that WhatsApp wants later: when it is tried again. */
  nextTryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Never changes. Inbound: Meta's timestamp (loggedAt where it is missing, impossible or later). Outbound: when it was sent off here. */
  occurredAt: Scalars['DateTime']['output'];
  /** The other side's number, digits only. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Of either side the newest, without what was taken back or failed: WhatsApp keeps one for the customer and one for the company. */
  reactions: Array<Reaction>;
  /** Meta's user id of who gets it, where Meta knows no number. */
  recipientUserId?: Maybe<Scalars['ID']['output']>;
  /** What it answers or changes. */
  refersTo?: Maybe<EntryReference>;
  /** 1 when logged, one more with every change; of two copies keep the higher. */
  revision: Scalars['Int']['output'];
  /** The sender's WhatsApp profile name. */
  senderName?: Maybe<Scalars['String']['output']>;
  /** RECEIVED inbound. SENT: WhatsApp accepted it. UNKNOWN: no answer, it may or may not have gone out, and nothing resends by itself. */
  status: CommsStatus;
  /** When it came to each status, as far as that is known. */
  statusTimes: StatusTimes;
  type: CommsType;
};

export type CommsEntryConnection = {
  __typename?: 'CommsEntryConnection';
  edges: Array<CommsEntryEdge>;
  nodes: Array<CommsEntry>;
  pageInfo: PageInfo;
  /** The feed position this page was read at: give it to commsLogged(after:) and the two join without a gap. */
  position: Scalars['String']['output'];
};

export type CommsEntryEdge = {
  __typename?: 'CommsEntryEdge';
  cursor: Scalars['String']['output'];
  node: CommsEntry;
};

/** One step of the log. Of two positions of one database the later is the greater string. */
export type CommsLogged = {
  __typename?: 'CommsLogged';
  change: CommsChange;
  entry: CommsEntry;
  position: Scalars['String']['output'];
};

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

/** A way to reach a customer. value as staff typed it, display as it should be shown. */
export type Contact = {
  __typename?: 'Contact';
  display: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  label?: Maybe<Scalars['String']['output']>;
  type: ContactType;
  value: Scalars['String']['output'];
};

export type ContactInput = {
  /** Of updateCustomer: which one is put right. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** What staff call it, such as “mobile”. At most 100 characters. */
  label?: InputMaybe<Scalars['String']['input']>;
  type: ContactType;
  /** A phone number in any usual form, or an e-mail address. */
  value: Scalars['String']['input'];
};

export type ContactType =
  | 'EMAIL'
  | 'PHONE'
  | 'WHATSAPP';

/** Everything with one customer, or with one sender whom nobody knows. */
export type Conversation = {
  __typename?: 'Conversation';
  customer?: Maybe<Customer>;
  /** The newest message that was sent failed, or isn't known to have gone out: somebody decides about it. */
  failed: Scalars['Boolean']['output'];
  /** The customer's id, or `unknown:…`. */
  id: Scalars['ID']['output'];
  inboundCount: Scalars['Int']['output'];
  /** When something was last logged here (for a customer without entries: when it was made). */
  lastActivityAt: Scalars['DateTime']['output'];
  /** The newest by occurredAt. */
  lastEntry?: Maybe<CommsEntry>;
  /** The unknown senders who were given to this customer, the last first. */
  linked: Array<LinkedSender>;
  /** The customer's name; else the WhatsApp profile name; else the number. */
  name: Scalars['String']['output'];
  /** Of an unknown sender, digits only; of a customer, the number of the newest entry. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Of the asker's read mark; 0 where there is none. */
  readRevision: Scalars['Int']['output'];
  /** The asker's read mark: the newest entry that it covers. */
  readUpToEntryId?: Maybe<Scalars['ID']['output']>;
  /** Of two copies keep the higher. */
  revision: Scalars['Int']['output'];
  /** The customer spoke last, and nobody said that this needs no answer. */
  unanswered: Scalars['Boolean']['output'];
  /** Inbound entries after the asker's read mark. */
  unreadCount: Scalars['Int']['output'];
  /** When the customer service window to the number that we send from closes. Null: it never opened. */
  windowClosesAt?: Maybe<Scalars['DateTime']['output']>;
};

export type ConversationConnection = {
  __typename?: 'ConversationConnection';
  edges: Array<ConversationEdge>;
  nodes: Array<Conversation>;
  pageInfo: PageInfo;
  /** The feed position this page was read at, for inboxChanged(after:). */
  position: Scalars['String']['output'];
};

export type ConversationCounts = {
  __typename?: 'ConversationCounts';
  all: Scalars['Int']['output'];
  failed: Scalars['Int']['output'];
  /** Every type, none too. */
  types: Array<ConversationTypeCount>;
  unanswered: Scalars['Int']['output'];
  unknown: Scalars['Int']['output'];
  unread: Scalars['Int']['output'];
};

export type ConversationEdge = {
  __typename?: 'ConversationEdge';
  cursor: Scalars['String']['output'];
  /** Of a search: the newest entry whose text has all the words, if there is one. */
  match?: Maybe<CommsEntry>;
  node: Conversation;
};

/** The conversation `from` was joined to the conversation `to`; its id stays good as an alias. */
export type ConversationMoved = {
  __typename?: 'ConversationMoved';
  from: Scalars['ID']['output'];
  to: Scalars['ID']['output'];
};

/**
 * What everybody sees alike of the Conversation with the same id. Somebody's unreadCount is
 * its inboundCount less the readCount of their own ReadMark.
 */
export type ConversationState = {
  __typename?: 'ConversationState';
  customer?: Maybe<Customer>;
  failed: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  inboundCount: Scalars['Int']['output'];
  lastActivityAt: Scalars['DateTime']['output'];
  lastEntry?: Maybe<CommsEntry>;
  linked: Array<LinkedSender>;
  name: Scalars['String']['output'];
  phone?: Maybe<Scalars['String']['output']>;
  revision: Scalars['Int']['output'];
  unanswered: Scalars['Boolean']['output'];
  windowClosesAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Conversations that have an entry of this type. */
export type ConversationTypeCount = {
  __typename?: 'ConversationTypeCount';
  count: Scalars['Int']['output'];
  type: CommsType;
};

export type CreateCustomerInput = {
  /** At most 50. */
  contacts: Array<ContactInput>;
  /** An unknown sender's, whose history the customer gets: `unknown:…`. NOT_FOUND where there is none, or it has a customer. */
  conversationId?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** At most 200 characters. */
  organization?: InputMaybe<Scalars['String']['input']>;
};

export type CreateCustomerPayload = {
  __typename?: 'CreateCustomerPayload';
  customer: Customer;
};

export type Customer = {
  __typename?: 'Customer';
  contacts: Array<Contact>;
  createdAt: Scalars['DateTime']['output'];
  /** Other customers with one of these numbers, so that what comes from it might be theirs. */
  doubts: Array<NumberDoubt>;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  organization?: Maybe<Scalars['String']['output']>;
  /** Of two copies keep the higher. */
  revision: Scalars['Int']['output'];
  /** As of its conversation. */
  windowClosesAt?: Maybe<Scalars['DateTime']['output']>;
};

export type CustomerConnection = {
  __typename?: 'CustomerConnection';
  edges: Array<CustomerEdge>;
  nodes: Array<Customer>;
  pageInfo: PageInfo;
};

export type CustomerEdge = {
  __typename?: 'CustomerEdge';
  cursor: Scalars['String']['output'];
  node: Customer;
};

export type EntryDiscard = {
  __typename?: 'EntryDiscard';
  at: Scalars['DateTime']['output'];
  by?: Maybe<Staff>;
};

export type EntryEdit = {
  __typename?: 'EntryEdit';
  body: Scalars['String']['output'];
  editedAt: Scalars['DateTime']['output'];
};

export type EntryReference = {
  __typename?: 'EntryReference';
  /** Of a reaction; null: taken back. */
  emoji?: Maybe<Scalars['String']['output']>;
  /** Null where that was never logged in this conversation. */
  entry?: Maybe<CommsEntry>;
  /** Meta's id of the message that is meant. */
  extMessageId: Scalars['ID']['output'];
  kind: ReferenceKind;
};

/** The newest position of each subscription. */
export type FeedPositions = {
  __typename?: 'FeedPositions';
  commsLogged: Scalars['String']['output'];
  inboxChanged: Scalars['String']['output'];
};

/** One step of everything else, at a position that it may share with a step of the log. Exactly one of the fields after `position` is set. */
export type InboxChanged = {
  __typename?: 'InboxChanged';
  /** The channel, where it changed. */
  channel?: Maybe<Channel>;
  /** A conversation that is new or changed. */
  conversation?: Maybe<ConversationState>;
  /** A conversation that is no more, since its history moved to a customer. */
  conversationMoved?: Maybe<ConversationMoved>;
  /** A customer that is new or changed. */
  customer?: Maybe<Customer>;
  /** The id of a customer who is no more; the conversation's id is an alias. */
  customerRemoved?: Maybe<Scalars['ID']['output']>;
  position: Scalars['String']['output'];
  /** The asker's own read mark, where it moved (in another tab, say). */
  readMark?: Maybe<ReadMark>;
};

/**
 * What of the log is wanted. search: every word, anywhere, whatever the case and accents (ς as σ),
 * in names, organisation, e-mail, numbers and bodies. unreadOnly: by the person who asks.
 */
export type InboxFilter = {
  direction?: InputMaybe<CommsDirection>;
  /** Of conversations: where the newest message that was sent failed, or isn't known to have gone out. Of entries: those that failed. */
  failedOnly?: InputMaybe<Scalars['Boolean']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  type?: InputMaybe<CommsType>;
  /** Of conversations: where the customer spoke last and nobody said that this needs no answer. Of entries: those of such conversations. */
  unansweredOnly?: InputMaybe<Scalars['Boolean']['input']>;
  unknownOnly?: InputMaybe<Scalars['Boolean']['input']>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
};

export type LinkConversationPayload = {
  __typename?: 'LinkConversationPayload';
  conversation: Conversation;
};

/** Somebody on WhatsApp whom nobody knew, until they were given to a customer; unlinkConversation takes it back. */
export type LinkedSender = {
  __typename?: 'LinkedSender';
  /** The `unknown:…` that they were, now an alias. */
  conversationId: Scalars['ID']['output'];
  linkedAt: Scalars['DateTime']['output'];
  linkedBy?: Maybe<Staff>;
  name?: Maybe<Scalars['String']['output']>;
  phone?: Maybe<Scalars['String']['output']>;
};

export type LogCommsInput = {
  /** 1 to 20,000 characters, not blank. */
  body: Scalars['String']['input'];
  /** A customer's id, or `unknown:…`. */
  customerId: Scalars['ID']['input'];
  /** A NOTE is always INTERNAL, anything else INBOUND or OUTBOUND. */
  direction: CommsDirection;
  /** As of sendWhatsApp. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** When it happened; now, where it is left out. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Any but WHATSAPP, which is logged by sending. */
  type: CommsType;
};

export type LogCommsPayload = {
  __typename?: 'LogCommsPayload';
  entry: CommsEntry;
};

export type MarkAnsweredPayload = {
  __typename?: 'MarkAnsweredPayload';
  conversation: Conversation;
};

export type MarkReadPayload = {
  __typename?: 'MarkReadPayload';
  conversation: Conversation;
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Gives somebody new an account. For admins, as the next four are: others get FORBIDDEN.
   * BAD_USER_INPUT for `email` (none, or somebody's) and `name`.
   */
  addStaff: OneTimePasswordPayload;
  /**
   * Changes one's own password, 10 to 200 characters, and ends one's other sessions. BAD_USER_INPUT for `current`
   * (wrong) and `new` (too short, too long, or the same again); RATE_LIMITED after ten mistakes in a minute.
   */
  changePassword: MyAccountPayload;
  /** Makes a customer. An unknown sender whose number is among the contacts brings its history along. */
  createCustomer: CreateCustomerPayload;
  /**
   * Lets somebody else in no more: their sessions end within 5 s, their name stays on what they sent.
   * BAD_USER_INPUT for `id` where it is one's own, or the last active admin's.
   */
  deactivateStaff: StaffAccountPayload;
  /** A person's decision about a FAILED entry: it is not to be sent any more. It stays in the log, and no longer counts as failed; retrySend takes that back. */
  discardSend: SendWhatsAppPayload;
  /** Ends all of one's own sessions but the one that asks. */
  endMyOtherSessions: MySessionsPayload;
  /** Ends one of one's own sessions. NOT_FOUND where one has none of this id. */
  endMySession: MySessionsPayload;
  /** Gives an unknown sender's conversation, with its history, to a customer. */
  linkConversation: LinkConversationPayload;
  /** What happened elsewhere: a call, a meeting, a mail, an SMS, a note. */
  logComms: LogCommsPayload;
  /**
   * For everybody: what the customer said up to this entry needs no answer; with `answered: false`, it does.
   * Changes nothing where the customer has spoken since.
   */
  markAnswered: MarkAnsweredPayload;
  /**
   * Marks a conversation as read by the asker, up to and with an entry. Never moves a mark back. NOT_FOUND for an entry
   * that isn't in it (any more). By an `unknown:…` that was given to a customer, what else of theirs is unread stays so.
   */
  markRead: MarkReadPayload;
  /** Makes the newest inbound entry, and all after it, unread for the asker. Changes nothing where it is unread, or there is none. */
  markUnread: MarkReadPayload;
  /** Reacts to an entry of WhatsApp's as the company: one emoji, or an empty text to take it back. Logged and sent as sendWhatsApp is. */
  reactWhatsApp: SendWhatsAppPayload;
  /** Lets in again who was deactivated, with the password that they had. */
  reactivateStaff: StaffAccountPayload;
  /** Removes a quick reply, if it is still there. */
  removeQuickReply: RemoveQuickReplyPayload;
  /**
   * Reads a parked delivery anew, as after an update, and logs what is understood now and isn't logged yet.
   * Others than admins get FORBIDDEN; NOT_FOUND where nothing of this id is kept.
   */
  rerunParked: RerunParkedPayload;
  /**
   * A new one-time password for somebody else, whose sessions end within 5 s. Who was deactivated is back.
   * NOT_FOUND where there is nobody of this id, here and with the next three; BAD_USER_INPUT for `id` where it is one's own.
   */
  resetStaff: OneTimePasswordPayload;
  /** A person's decision about a FAILED or UNKNOWN entry: try again. Changes nothing where the entry is on its way, or arrived. */
  retrySend: SendWhatsAppPayload;
  /**
   * Makes or changes a quick reply. BAD_USER_INPUT for `shortcut` (none, no single word, or another’s) and `text`;
   * NOT_FOUND where there is none of this id any more.
   */
  saveQuickReply: SaveQuickReplyPayload;
  /**
   * Writes to a customer or an unknown sender. Errors, judged in this order: WHATSAPP_NOT_CONFIGURED, BAD_USER_INPUT for the
   * shape, NOT_FOUND for the customer, BAD_USER_INPUT for another customer's number, IDEMPOTENCY_CONFLICT, RATE_LIMITED.
   */
  sendWhatsApp: SendWhatsAppPayload;
  /** Makes somebody (oneself too) an admin, or an admin a member. BAD_USER_INPUT for `role` where no active admin would be left. */
  setStaffRole: StaffAccountPayload;
  /** A person's knowledge about an UNKNOWN entry: DELIVERED, or FAILED. Changes nothing where WhatsApp has told meanwhile. */
  settleSend: SendWhatsAppPayload;
  /**
   * Takes back that an unknown sender became a customer's: what that sender and staff said to each other, then and since,
   * is unknown again, under the id that it had. A customer who was made of that sender, and has nothing else, is removed.
   * conversationId: the `unknown:…` of `Conversation.linked`. NOT_FOUND where nobody of this id was linked.
   */
  unlinkConversation: UnlinkConversationPayload;
  /** Changes a customer. A number that is new here brings an unknown sender's history along. */
  updateCustomer: UpdateCustomerPayload;
};


export type MutationAddStaffArgs = {
  input: AddStaffInput;
};


export type MutationChangePasswordArgs = {
  current: Scalars['String']['input'];
  new: Scalars['String']['input'];
};


export type MutationCreateCustomerArgs = {
  input: CreateCustomerInput;
};


export type MutationDeactivateStaffArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDiscardSendArgs = {
  entryId: Scalars['ID']['input'];
};


export type MutationEndMySessionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationLinkConversationArgs = {
  conversationId: Scalars['ID']['input'];
  customerId: Scalars['ID']['input'];
};


export type MutationLogCommsArgs = {
  input: LogCommsInput;
};


export type MutationMarkAnsweredArgs = {
  answered?: Scalars['Boolean']['input'];
  conversationId: Scalars['ID']['input'];
  upToEntryId: Scalars['ID']['input'];
};


export type MutationMarkReadArgs = {
  conversationId: Scalars['ID']['input'];
  upToEntryId: Scalars['ID']['input'];
};


export type MutationMarkUnreadArgs = {
  conversationId: Scalars['ID']['input'];
};


export type MutationReactWhatsAppArgs = {
  input: ReactWhatsAppInput;
};


export type MutationReactivateStaffArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRemoveQuickReplyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRerunParkedArgs = {
  id: Scalars['ID']['input'];
};


export type MutationResetStaffArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRetrySendArgs = {
  entryId: Scalars['ID']['input'];
};


export type MutationSaveQuickReplyArgs = {
  input: SaveQuickReplyInput;
};


export type MutationSendWhatsAppArgs = {
  input: SendWhatsAppInput;
};


export type MutationSetStaffRoleArgs = {
  id: Scalars['ID']['input'];
  role: StaffRole;
};


export type MutationSettleSendArgs = {
  arrived: Scalars['Boolean']['input'];
  entryId: Scalars['ID']['input'];
};


export type MutationUnlinkConversationArgs = {
  conversationId: Scalars['ID']['input'];
};


export type MutationUpdateCustomerArgs = {
  input: UpdateCustomerInput;
};

/** The account of who asks. */
export type MyAccount = {
  __typename?: 'MyAccount';
  /** Signed in with a one-time password: until it is changed, nothing else works. */
  mustChangePassword: Scalars['Boolean']['output'];
  staff: Staff;
};

export type MyAccountPayload = {
  __typename?: 'MyAccountPayload';
  account: MyAccount;
};

export type MySessionsPayload = {
  __typename?: 'MySessionsPayload';
  sessions: Array<StaffSession>;
};

export type NumberDoubt = {
  __typename?: 'NumberDoubt';
  contact: Contact;
  /** Whether what comes from this number is logged with this customer; else with `other`, or with a third. */
  logsHere: Scalars['Boolean']['output'];
  other: Customer;
  /** The same number; else a national variant of it, such as with or without Brazil's ninth digit. */
  sameDigits: Scalars['Boolean']['output'];
};

export type OneTimePasswordPayload = {
  __typename?: 'OneTimePasswordPayload';
  account: StaffAccount;
  /** Told here and nowhere else: for them to sign in with, and then to change. */
  oneTimePassword: Scalars['String']['output'];
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  /** Lists are read forwards only, so this is true where `after` was given. */
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** One delivery of WhatsApp's that was taken, and could not be logged in whole. */
export type ParkedDelivery = {
  __typename?: 'ParkedDelivery';
  id: Scalars['ID']['output'];
  problems: Array<ParkedProblem>;
  receivedAt: Scalars['DateTime']['output'];
};

export type ParkedDeliveryConnection = {
  __typename?: 'ParkedDeliveryConnection';
  edges: Array<ParkedDeliveryEdge>;
  nodes: Array<ParkedDelivery>;
  pageInfo: PageInfo;
};

export type ParkedDeliveryEdge = {
  __typename?: 'ParkedDeliveryEdge';
  cursor: Scalars['String']['output'];
  node: ParkedDelivery;
};

/** A part of a delivery that is not in the log. */
export type ParkedProblem = {
  __typename?: 'ParkedProblem';
  /** Where it stands in the delivery, or what it is; empty where it is all of it. */
  path: Scalars['String']['output'];
  /** Why, in words for staff. */
  reason: Scalars['String']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** The active admins: who can let people in. */
  admins: Array<Staff>;
  /** Whether WhatsApp messages can be sent at present. */
  channel: Channel;
  /** One conversation, by the customer's id or `unknown:…` (an old one too, after its history moved). */
  conversation?: Maybe<Conversation>;
  /** How many conversations there are of each kind, as the filters of `conversations` find them; counted up to 1,000. */
  conversationCounts: ConversationCounts;
  /** One row a customer or unknown sender, by last activity. */
  conversations: ConversationConnection;
  /** One customer, by id. Null where there is none. */
  customer?: Maybe<Customer>;
  /** One customer's log, by occurredAt, newest first. Takes `unknown:…` ids too. */
  customerComms: CommsEntryConnection;
  /** Customers by name. search: every word, anywhere, whatever the case and accents, in name, organisation, e-mail and numbers. */
  customers: CustomerConnection;
  /** The newest position there is: who has applied it has caught up. */
  feedPosition: Scalars['String']['output'];
  /** The newest position that each subscription, without a filter, has to give to the asker: who has applied it has caught up. */
  feedPositions: FeedPositions;
  /** Everybody's log in the order of logging, newest first: what came late is still on top. */
  inbox: CommsEntryConnection;
  /** Who is asking. */
  me: Staff;
  /** The asker's own account. */
  myAccount: MyAccount;
  /** Where the asker is signed in, the last used first. */
  mySessions: Array<StaffSession>;
  /**
   * What WhatsApp sent of which a part could not be logged, newest first; it is kept for 90 days.
   * Others than admins get FORBIDDEN; BAD_USER_INPUT for `first` and `after`.
   */
  parkedDeliveries: ParkedDeliveryConnection;
  /** What the team says often, by shortcut. */
  quickReplies: Array<QuickReply>;
  /** Everybody who has an account, who is deactivated last. Others than admins get FORBIDDEN. */
  staff: Array<StaffAccount>;
};


export type QueryConversationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InboxFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomerCommsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  customerId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  type?: InputMaybe<CommsType>;
};


export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};


export type QueryInboxArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InboxFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryParkedDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Something that the team says often. */
export type QuickReply = {
  __typename?: 'QuickReply';
  id: Scalars['ID']['output'];
  /** What one types after a slash to find it. */
  shortcut: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type ReactWhatsAppInput = {
  emoji: Scalars['String']['input'];
  entryId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

export type Reaction = {
  __typename?: 'Reaction';
  /** Null: the customer. */
  by?: Maybe<Staff>;
  emoji: Scalars['String']['output'];
  reactedAt: Scalars['DateTime']['output'];
};

/** How far one member of staff has read one conversation. */
export type ReadMark = {
  __typename?: 'ReadMark';
  conversationId: Scalars['ID']['output'];
  /** How many of the conversation's inbound entries that covers. */
  readCount: Scalars['Int']['output'];
  /** Of two copies keep the higher. */
  revision: Scalars['Int']['output'];
  upToEntryId: Scalars['ID']['output'];
};

export type ReferenceKind =
  | 'DELETION'
  | 'EDIT'
  | 'REACTION'
  | 'REPLY';

export type RemoveQuickReplyPayload = {
  __typename?: 'RemoveQuickReplyPayload';
  id: Scalars['ID']['output'];
};

export type RerunParkedPayload = {
  __typename?: 'RerunParkedPayload';
  /** Without problems, if nothing is left to be done about it. */
  delivery: ParkedDelivery;
  /** Messages that this logged. */
  logged: Scalars['Int']['output'];
};

export type SaveQuickReplyInput = {
  /** Which one is changed; without, it is a new one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** One word of 1 to 40 characters, told apart without case and accents; a slash before it goes. */
  shortcut: Scalars['String']['input'];
  /** 1 to 4,096 characters. The page fills in `{{name}}`, `{{first name}}` (the customer’s) and `{{my name}}`. */
  text: Scalars['String']['input'];
};

export type SaveQuickReplyPayload = {
  __typename?: 'SaveQuickReplyPayload';
  quickReply: QuickReply;
};

export type SendFailure = {
  __typename?: 'SendFailure';
  code: Scalars['String']['output'];
  /** Meta's own words. */
  details?: Maybe<Scalars['String']['output']>;
  message: Scalars['String']['output'];
  /** Whether it takes an admin to put it right. */
  needsAdmin: Scalars['Boolean']['output'];
  /** What to do about it. */
  next: Scalars['String']['output'];
  /** Whether retrySend may help. */
  retryable: Scalars['Boolean']['output'];
};

export type SendWhatsAppInput = {
  /** A customer's id, or `unknown:…`. */
  customerId: Scalars['ID']['input'];
  /** 1 to 200 characters, belongs to the account for ever: the same key with the same input sends once and answers with the entry as it now is. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 4,096 characters, not blank. */
  message: Scalars['String']['input'];
  /** An entry of the same conversation that WhatsApp has: shown as quoted. */
  replyTo?: InputMaybe<Scalars['ID']['input']>;
  /** A number in any usual form, or Meta's user id for somebody without one. Need not be among the contacts; another customer's is refused. */
  toPhone: Scalars['String']['input'];
};

/** As it stands when WhatsApp has answered, or after 5 s (then usually QUEUED); what follows comes by commsLogged. */
export type SendWhatsAppPayload = {
  __typename?: 'SendWhatsAppPayload';
  entry: CommsEntry;
};

export type Staff = {
  __typename?: 'Staff';
  email: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  role: StaffRole;
};

/** A member of staff (the Staff of the same id) as admins see them. */
export type StaffAccount = {
  __typename?: 'StaffAccount';
  /** Whether they may sign in. */
  active: Scalars['Boolean']['output'];
  createdAt: Scalars['DateTime']['output'];
  email: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** When a session of theirs was in use, to within five minutes. Null: they are signed in nowhere. */
  lastSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** They have a one-time password, and haven't changed it yet. */
  mustChangePassword: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
  role: StaffRole;
};

export type StaffAccountPayload = {
  __typename?: 'StaffAccountPayload';
  account: StaffAccount;
};

export type StaffRole =
  | 'ADMIN'
  | 'MEMBER';

/** A browser or a program that somebody is signed in on. */
export type StaffSession = {
  __typename?: 'StaffSession';
  /** The network address that it was begun from. */
  address?: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** Whether it is the one that asks. */
  current: Scalars['Boolean']['output'];
  /** In words: “Firefox on Windows”. */
  device: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** To within five minutes. */
  lastUsedAt: Scalars['DateTime']['output'];
};

export type StatusTimes = {
  __typename?: 'StatusTimes';
  delivered?: Maybe<Scalars['DateTime']['output']>;
  failed?: Maybe<Scalars['DateTime']['output']>;
  read?: Maybe<Scalars['DateTime']['output']>;
  sent?: Maybe<Scalars['DateTime']['output']>;
};

export type Subscription = {
  __typename?: 'Subscription';
  /**
   * Each entry as it is logged (LOGGED, once), and as it changes (a tick, a number given to a customer): in commit order, nothing missed, nothing twice.
   * With `after`, first what came since that position. The entry is never older than its change. A filter matches an entry as it was or as it is.
   */
  commsLogged: CommsLogged;
  /** The rest that is live: conversations, customers, the channel, one's own read marks. Resumes alike. */
  inboxChanged: InboxChanged;
};


export type SubscriptionCommsLoggedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  type?: InputMaybe<CommsType>;
};


export type SubscriptionInboxChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};

export type UnlinkConversationPayload = {
  __typename?: 'UnlinkConversationPayload';
  /** The unknown sender's, again. */
  conversation: Conversation;
};

/** What is left out stays as it is. */
export type UpdateCustomerInput = {
  /** All that remain: each with its id, or new. */
  contacts?: InputMaybe<Array<ContactInput>>;
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  organization?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateCustomerPayload = {
  __typename?: 'UpdateCustomerPayload';
  customer: Customer;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddStaffInput: AddStaffInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Channel: ResolverTypeWrapper<Channel>;
  ChannelState: ChannelState;
  CommsChange: CommsChange;
  CommsDirection: CommsDirection;
  CommsEntry: ResolverTypeWrapper<EntryRow>;
  CommsEntryConnection: ResolverTypeWrapper<Omit<CommsEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['CommsEntryEdge']>, nodes: Array<ResolversTypes['CommsEntry']> }>;
  CommsEntryEdge: ResolverTypeWrapper<Omit<CommsEntryEdge, 'node'> & { node: ResolversTypes['CommsEntry'] }>;
  CommsLogged: ResolverTypeWrapper<Omit<CommsLogged, 'entry'> & { entry: ResolversTypes['CommsEntry'] }>;
  CommsStatus: CommsStatus;
  CommsType: CommsType;
  Contact: ResolverTypeWrapper<ContactRow>;
  ContactInput: ContactInput;
  ContactType: ContactType;
  Conversation: ResolverTypeWrapper<ConversationRow>;
  ConversationConnection: ResolverTypeWrapper<Omit<ConversationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ConversationEdge']>, nodes: Array<ResolversTypes['Conversation']> }>;
  ConversationCounts: ResolverTypeWrapper<ConversationCounts>;
  ConversationEdge: ResolverTypeWrapper<Omit<ConversationEdge, 'match' | 'node'> & { match?: Maybe<ResolversTypes['CommsEntry']>, node: ResolversTypes['Conversation'] }>;
  ConversationMoved: ResolverTypeWrapper<ConversationMoved>;
  ConversationState: ResolverTypeWrapper<ConversationRow>;
  ConversationTypeCount: ResolverTypeWrapper<ConversationTypeCount>;
  CreateCustomerInput: CreateCustomerInput;
  CreateCustomerPayload: ResolverTypeWrapper<Omit<CreateCustomerPayload, 'customer'> & { customer: ResolversTypes['Customer'] }>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  CustomerConnection: ResolverTypeWrapper<Omit<CustomerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['CustomerEdge']>, nodes: Array<ResolversTypes['Customer']> }>;
  CustomerEdge: ResolverTypeWrapper<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EntryDiscard: ResolverTypeWrapper<Omit<EntryDiscard, 'by'> & { by?: Maybe<ResolversTypes['Staff']> }>;
  EntryEdit: ResolverTypeWrapper<EntryEdit>;
  EntryReference: ResolverTypeWrapper<EntryRow>;
  FeedPositions: ResolverTypeWrapper<FeedPositions>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  InboxChanged: ResolverTypeWrapper<Omit<InboxChanged, 'conversation' | 'customer'> & { conversation?: Maybe<ResolversTypes['ConversationState']>, customer?: Maybe<ResolversTypes['Customer']> }>;
  InboxFilter: InboxFilter;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LinkConversationPayload: ResolverTypeWrapper<Omit<LinkConversationPayload, 'conversation'> & { conversation: ResolversTypes['Conversation'] }>;
  LinkedSender: ResolverTypeWrapper<LinkedSenderRow>;
  LogCommsInput: LogCommsInput;
  LogCommsPayload: ResolverTypeWrapper<Omit<LogCommsPayload, 'entry'> & { entry: ResolversTypes['CommsEntry'] }>;
  MarkAnsweredPayload: ResolverTypeWrapper<Omit<MarkAnsweredPayload, 'conversation'> & { conversation: ResolversTypes['Conversation'] }>;
  MarkReadPayload: ResolverTypeWrapper<Omit<MarkReadPayload, 'conversation'> & { conversation: ResolversTypes['Conversation'] }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MyAccount: ResolverTypeWrapper<Omit<MyAccount, 'staff'> & { staff: ResolversTypes['Staff'] }>;
  MyAccountPayload: ResolverTypeWrapper<Omit<MyAccountPayload, 'account'> & { account: ResolversTypes['MyAccount'] }>;
  MySessionsPayload: ResolverTypeWrapper<MySessionsPayload>;
  NumberDoubt: ResolverTypeWrapper<Omit<NumberDoubt, 'contact' | 'other'> & { contact: ResolversTypes['Contact'], other: ResolversTypes['Customer'] }>;
  OneTimePasswordPayload: ResolverTypeWrapper<OneTimePasswordPayload>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedDelivery: ResolverTypeWrapper<ParkedDeliveryRow>;
  ParkedDeliveryConnection: ResolverTypeWrapper<Omit<ParkedDeliveryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ParkedDeliveryEdge']>, nodes: Array<ResolversTypes['ParkedDelivery']> }>;
  ParkedDeliveryEdge: ResolverTypeWrapper<Omit<ParkedDeliveryEdge, 'node'> & { node: ResolversTypes['ParkedDelivery'] }>;
  ParkedProblem: ResolverTypeWrapper<ParkedProblem>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QuickReply: ResolverTypeWrapper<QuickReply>;
  ReactWhatsAppInput: ReactWhatsAppInput;
  Reaction: ResolverTypeWrapper<ReactionRow>;
  ReadMark: ResolverTypeWrapper<ReadMark>;
  ReferenceKind: ReferenceKind;
  RemoveQuickReplyPayload: ResolverTypeWrapper<RemoveQuickReplyPayload>;
  RerunParkedPayload: ResolverTypeWrapper<Omit<RerunParkedPayload, 'delivery'> & { delivery: ResolversTypes['ParkedDelivery'] }>;
  SaveQuickReplyInput: SaveQuickReplyInput;
  SaveQuickReplyPayload: ResolverTypeWrapper<SaveQuickReplyPayload>;
  SendFailure: ResolverTypeWrapper<SendFailure>;
  SendWhatsAppInput: SendWhatsAppInput;
  SendWhatsAppPayload: ResolverTypeWrapper<Omit<SendWhatsAppPayload, 'entry'> & { entry: ResolversTypes['CommsEntry'] }>;
  Staff: ResolverTypeWrapper<StaffRow>;
  StaffAccount: ResolverTypeWrapper<StaffAccount>;
  StaffAccountPayload: ResolverTypeWrapper<StaffAccountPayload>;
  StaffRole: StaffRole;
  StaffSession: ResolverTypeWrapper<StaffSession>;
  StatusTimes: ResolverTypeWrapper<StatusTimes>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UnlinkConversationPayload: ResolverTypeWrapper<Omit<UnlinkConversationPayload, 'conversation'> & { conversation: ResolversTypes['Conversation'] }>;
  UpdateCustomerInput: UpdateCustomerInput;
  UpdateCustomerPayload: ResolverTypeWrapper<Omit<UpdateCustomerPayload, 'customer'> & { customer: ResolversTypes['Customer'] }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddStaffInput: AddStaffInput;
  Boolean: Scalars['Boolean']['output'];
  Channel: Channel;
  CommsEntry: EntryRow;
  CommsEntryConnection: Omit<CommsEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['CommsEntryEdge']>, nodes: Array<ResolversParentTypes['CommsEntry']> };
  CommsEntryEdge: Omit<CommsEntryEdge, 'node'> & { node: ResolversParentTypes['CommsEntry'] };
  CommsLogged: Omit<CommsLogged, 'entry'> & { entry: ResolversParentTypes['CommsEntry'] };
  Contact: ContactRow;
  ContactInput: ContactInput;
  Conversation: ConversationRow;
  ConversationConnection: Omit<ConversationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ConversationEdge']>, nodes: Array<ResolversParentTypes['Conversation']> };
  ConversationCounts: ConversationCounts;
  ConversationEdge: Omit<ConversationEdge, 'match' | 'node'> & { match?: Maybe<ResolversParentTypes['CommsEntry']>, node: ResolversParentTypes['Conversation'] };
  ConversationMoved: ConversationMoved;
  ConversationState: ConversationRow;
  ConversationTypeCount: ConversationTypeCount;
  CreateCustomerInput: CreateCustomerInput;
  CreateCustomerPayload: Omit<CreateCustomerPayload, 'customer'> & { customer: ResolversParentTypes['Customer'] };
  Customer: CustomerRow;
  CustomerConnection: Omit<CustomerConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['CustomerEdge']>, nodes: Array<ResolversParentTypes['Customer']> };
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] };
  DateTime: Scalars['DateTime']['output'];
  EntryDiscard: Omit<EntryDiscard, 'by'> & { by?: Maybe<ResolversParentTypes['Staff']> };
  EntryEdit: EntryEdit;
  EntryReference: EntryRow;
  FeedPositions: FeedPositions;
  ID: Scalars['ID']['output'];
  InboxChanged: Omit<InboxChanged, 'conversation' | 'customer'> & { conversation?: Maybe<ResolversParentTypes['ConversationState']>, customer?: Maybe<ResolversParentTypes['Customer']> };
  InboxFilter: InboxFilter;
  Int: Scalars['Int']['output'];
  LinkConversationPayload: Omit<LinkConversationPayload, 'conversation'> & { conversation: ResolversParentTypes['Conversation'] };
  LinkedSender: LinkedSenderRow;
  LogCommsInput: LogCommsInput;
  LogCommsPayload: Omit<LogCommsPayload, 'entry'> & { entry: ResolversParentTypes['CommsEntry'] };
  MarkAnsweredPayload: Omit<MarkAnsweredPayload, 'conversation'> & { conversation: ResolversParentTypes['Conversation'] };
  MarkReadPayload: Omit<MarkReadPayload, 'conversation'> & { conversation: ResolversParentTypes['Conversation'] };
  Mutation: Record<PropertyKey, never>;
  MyAccount: Omit<MyAccount, 'staff'> & { staff: ResolversParentTypes['Staff'] };
  MyAccountPayload: Omit<MyAccountPayload, 'account'> & { account: ResolversParentTypes['MyAccount'] };
  MySessionsPayload: MySessionsPayload;
  NumberDoubt: Omit<NumberDoubt, 'contact' | 'other'> & { contact: ResolversParentTypes['Contact'], other: ResolversParentTypes['Customer'] };
  OneTimePasswordPayload: OneTimePasswordPayload;
  PageInfo: PageInfo;
  ParkedDelivery: ParkedDeliveryRow;
  ParkedDeliveryConnection: Omit<ParkedDeliveryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ParkedDeliveryEdge']>, nodes: Array<ResolversParentTypes['ParkedDelivery']> };
  ParkedDeliveryEdge: Omit<ParkedDeliveryEdge, 'node'> & { node: ResolversParentTypes['ParkedDelivery'] };
  ParkedProblem: ParkedProblem;
  Query: Record<PropertyKey, never>;
  QuickReply: QuickReply;
  ReactWhatsAppInput: ReactWhatsAppInput;
  Reaction: ReactionRow;
  ReadMark: ReadMark;
  RemoveQuickReplyPayload: RemoveQuickReplyPayload;
  RerunParkedPayload: Omit<RerunParkedPayload, 'delivery'> & { delivery: ResolversParentTypes['ParkedDelivery'] };
  SaveQuickReplyInput: SaveQuickReplyInput;
  SaveQuickReplyPayload: SaveQuickReplyPayload;
  SendFailure: SendFailure;
  SendWhatsAppInput: SendWhatsAppInput;
  SendWhatsAppPayload: Omit<SendWhatsAppPayload, 'entry'> & { entry: ResolversParentTypes['CommsEntry'] };
  Staff: StaffRow;
  StaffAccount: StaffAccount;
  StaffAccountPayload: StaffAccountPayload;
  StaffSession: StaffSession;
  StatusTimes: StatusTimes;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  UnlinkConversationPayload: Omit<UnlinkConversationPayload, 'conversation'> & { conversation: ResolversParentTypes['Conversation'] };
  UpdateCustomerInput: UpdateCustomerInput;
  UpdateCustomerPayload: Omit<UpdateCustomerPayload, 'customer'> & { customer: ResolversParentTypes['Customer'] };
};

export type ChannelResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel']> = {
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  queued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sending?: Resolver<ResolversTypes['ChannelState'], ParentType, ContextType>;
};

export type CommsEntryResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CommsEntry'] = ResolversParentTypes['CommsEntry']> = {
  author?: Resolver<Maybe<ResolversTypes['Staff']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  businessNumberId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['CommsDirection'], ParentType, ContextType>;
  discarded?: Resolver<Maybe<ResolversTypes['EntryDiscard']>, ParentType, ContextType>;
  edited?: Resolver<Maybe<ResolversTypes['EntryEdit']>, ParentType, ContextType>;
  extMessageId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['SendFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  loggedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  nextTryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reactions?: Resolver<Array<ResolversTypes['Reaction']>, ParentType, ContextType>;
  recipientUserId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  refersTo?: Resolver<Maybe<ResolversTypes['EntryReference']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  senderName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CommsStatus'], ParentType, ContextType>;
  statusTimes?: Resolver<ResolversTypes['StatusTimes'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CommsType'], ParentType, ContextType>;
};

export type CommsEntryConnectionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CommsEntryConnection'] = ResolversParentTypes['CommsEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CommsEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CommsEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CommsEntryEdgeResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CommsEntryEdge'] = ResolversParentTypes['CommsEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CommsEntry'], ParentType, ContextType>;
};

export type CommsLoggedResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CommsLogged'] = ResolversParentTypes['CommsLogged']> = {
  change?: Resolver<ResolversTypes['CommsChange'], ParentType, ContextType>;
  entry?: Resolver<ResolversTypes['CommsEntry'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ContactResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  display?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ContactType'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inboundCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastActivityAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastEntry?: Resolver<Maybe<ResolversTypes['CommsEntry']>, ParentType, ContextType>;
  linked?: Resolver<Array<ResolversTypes['LinkedSender']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  readRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readUpToEntryId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unanswered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  windowClosesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ConversationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Conversation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConversationCountsResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ConversationCounts'] = ResolversParentTypes['ConversationCounts']> = {
  all?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  types?: Resolver<Array<ResolversTypes['ConversationTypeCount']>, ParentType, ContextType>;
  unanswered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unknown?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unread?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ConversationEdgeResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ConversationEdge'] = ResolversParentTypes['ConversationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  match?: Resolver<Maybe<ResolversTypes['CommsEntry']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type ConversationMovedResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ConversationMoved'] = ResolversParentTypes['ConversationMoved']> = {
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ConversationStateResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ConversationState'] = ResolversParentTypes['ConversationState']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inboundCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastActivityAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastEntry?: Resolver<Maybe<ResolversTypes['CommsEntry']>, ParentType, ContextType>;
  linked?: Resolver<Array<ResolversTypes['LinkedSender']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unanswered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  windowClosesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ConversationTypeCountResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ConversationTypeCount'] = ResolversParentTypes['ConversationTypeCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CommsType'], ParentType, ContextType>;
};

export type CreateCustomerPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CreateCustomerPayload'] = ResolversParentTypes['CreateCustomerPayload']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer']> = {
  contacts?: Resolver<Array<ResolversTypes['Contact']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  doubts?: Resolver<Array<ResolversTypes['NumberDoubt']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organization?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  windowClosesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Customer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EntryDiscardResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['EntryDiscard'] = ResolversParentTypes['EntryDiscard']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['Staff']>, ParentType, ContextType>;
};

export type EntryEditResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['EntryEdit'] = ResolversParentTypes['EntryEdit']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  editedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type EntryReferenceResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['EntryReference'] = ResolversParentTypes['EntryReference']> = {
  emoji?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  entry?: Resolver<Maybe<ResolversTypes['CommsEntry']>, ParentType, ContextType>;
  extMessageId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReferenceKind'], ParentType, ContextType>;
};

export type FeedPositionsResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['FeedPositions'] = ResolversParentTypes['FeedPositions']> = {
  commsLogged?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  inboxChanged?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InboxChangedResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['InboxChanged'] = ResolversParentTypes['InboxChanged']> = {
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  conversation?: Resolver<Maybe<ResolversTypes['ConversationState']>, ParentType, ContextType>;
  conversationMoved?: Resolver<Maybe<ResolversTypes['ConversationMoved']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  customerRemoved?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  readMark?: Resolver<Maybe<ResolversTypes['ReadMark']>, ParentType, ContextType>;
};

export type LinkConversationPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['LinkConversationPayload'] = ResolversParentTypes['LinkConversationPayload']> = {
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type LinkedSenderResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['LinkedSender'] = ResolversParentTypes['LinkedSender']> = {
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  linkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  linkedBy?: Resolver<Maybe<ResolversTypes['Staff']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LogCommsPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['LogCommsPayload'] = ResolversParentTypes['LogCommsPayload']> = {
  entry?: Resolver<ResolversTypes['CommsEntry'], ParentType, ContextType>;
};

export type MarkAnsweredPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['MarkAnsweredPayload'] = ResolversParentTypes['MarkAnsweredPayload']> = {
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type MarkReadPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['MarkReadPayload'] = ResolversParentTypes['MarkReadPayload']> = {
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addStaff?: Resolver<ResolversTypes['OneTimePasswordPayload'], ParentType, ContextType, RequireFields<MutationAddStaffArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['MyAccountPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'current' | 'new'>>;
  createCustomer?: Resolver<ResolversTypes['CreateCustomerPayload'], ParentType, ContextType, RequireFields<MutationCreateCustomerArgs, 'input'>>;
  deactivateStaff?: Resolver<ResolversTypes['StaffAccountPayload'], ParentType, ContextType, RequireFields<MutationDeactivateStaffArgs, 'id'>>;
  discardSend?: Resolver<ResolversTypes['SendWhatsAppPayload'], ParentType, ContextType, RequireFields<MutationDiscardSendArgs, 'entryId'>>;
  endMyOtherSessions?: Resolver<ResolversTypes['MySessionsPayload'], ParentType, ContextType>;
  endMySession?: Resolver<ResolversTypes['MySessionsPayload'], ParentType, ContextType, RequireFields<MutationEndMySessionArgs, 'id'>>;
  linkConversation?: Resolver<ResolversTypes['LinkConversationPayload'], ParentType, ContextType, RequireFields<MutationLinkConversationArgs, 'conversationId' | 'customerId'>>;
  logComms?: Resolver<ResolversTypes['LogCommsPayload'], ParentType, ContextType, RequireFields<MutationLogCommsArgs, 'input'>>;
  markAnswered?: Resolver<ResolversTypes['MarkAnsweredPayload'], ParentType, ContextType, RequireFields<MutationMarkAnsweredArgs, 'answered' | 'conversationId' | 'upToEntryId'>>;
  markRead?: Resolver<ResolversTypes['MarkReadPayload'], ParentType, ContextType, RequireFields<MutationMarkReadArgs, 'conversationId' | 'upToEntryId'>>;
  markUnread?: Resolver<ResolversTypes['MarkReadPayload'], ParentType, ContextType, RequireFields<MutationMarkUnreadArgs, 'conversationId'>>;
  reactWhatsApp?: Resolver<ResolversTypes['SendWhatsAppPayload'], ParentType, ContextType, RequireFields<MutationReactWhatsAppArgs, 'input'>>;
  reactivateStaff?: Resolver<ResolversTypes['StaffAccountPayload'], ParentType, ContextType, RequireFields<MutationReactivateStaffArgs, 'id'>>;
  removeQuickReply?: Resolver<ResolversTypes['RemoveQuickReplyPayload'], ParentType, ContextType, RequireFields<MutationRemoveQuickReplyArgs, 'id'>>;
  rerunParked?: Resolver<ResolversTypes['RerunParkedPayload'], ParentType, ContextType, RequireFields<MutationRerunParkedArgs, 'id'>>;
  resetStaff?: Resolver<ResolversTypes['OneTimePasswordPayload'], ParentType, ContextType, RequireFields<MutationResetStaffArgs, 'id'>>;
  retrySend?: Resolver<ResolversTypes['SendWhatsAppPayload'], ParentType, ContextType, RequireFields<MutationRetrySendArgs, 'entryId'>>;
  saveQuickReply?: Resolver<ResolversTypes['SaveQuickReplyPayload'], ParentType, ContextType, RequireFields<MutationSaveQuickReplyArgs, 'input'>>;
  sendWhatsApp?: Resolver<ResolversTypes['SendWhatsAppPayload'], ParentType, ContextType, RequireFields<MutationSendWhatsAppArgs, 'input'>>;
  setStaffRole?: Resolver<ResolversTypes['StaffAccountPayload'], ParentType, ContextType, RequireFields<MutationSetStaffRoleArgs, 'id' | 'role'>>;
  settleSend?: Resolver<ResolversTypes['SendWhatsAppPayload'], ParentType, ContextType, RequireFields<MutationSettleSendArgs, 'arrived' | 'entryId'>>;
  unlinkConversation?: Resolver<ResolversTypes['UnlinkConversationPayload'], ParentType, ContextType, RequireFields<MutationUnlinkConversationArgs, 'conversationId'>>;
  updateCustomer?: Resolver<ResolversTypes['UpdateCustomerPayload'], ParentType, ContextType, RequireFields<MutationUpdateCustomerArgs, 'input'>>;
};

export type MyAccountResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['MyAccount'] = ResolversParentTypes['MyAccount']> = {
  mustChangePassword?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staff?: Resolver<ResolversTypes['Staff'], ParentType, ContextType>;
};

export type MyAccountPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['MyAccountPayload'] = ResolversParentTypes['MyAccountPayload']> = {
  account?: Resolver<ResolversTypes['MyAccount'], ParentType, ContextType>;
};

export type MySessionsPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['MySessionsPayload'] = ResolversParentTypes['MySessionsPayload']> = {
  sessions?: Resolver<Array<ResolversTypes['StaffSession']>, ParentType, ContextType>;
};

export type NumberDoubtResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['NumberDoubt'] = ResolversParentTypes['NumberDoubt']> = {
  contact?: Resolver<ResolversTypes['Contact'], ParentType, ContextType>;
  logsHere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  other?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  sameDigits?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OneTimePasswordPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['OneTimePasswordPayload'] = ResolversParentTypes['OneTimePasswordPayload']> = {
  account?: Resolver<ResolversTypes['StaffAccount'], ParentType, ContextType>;
  oneTimePassword?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParkedDeliveryResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ParkedDelivery'] = ResolversParentTypes['ParkedDelivery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['ParkedProblem']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ParkedDeliveryConnectionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ParkedDeliveryConnection'] = ResolversParentTypes['ParkedDeliveryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ParkedDeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ParkedDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ParkedDeliveryEdgeResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ParkedDeliveryEdge'] = ResolversParentTypes['ParkedDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ParkedDelivery'], ParentType, ContextType>;
};

export type ParkedProblemResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ParkedProblem'] = ResolversParentTypes['ParkedProblem']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  admins?: Resolver<Array<ResolversTypes['Staff']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<QueryConversationArgs, 'id'>>;
  conversationCounts?: Resolver<ResolversTypes['ConversationCounts'], ParentType, ContextType>;
  conversations?: Resolver<ResolversTypes['ConversationConnection'], ParentType, ContextType, RequireFields<QueryConversationsArgs, 'first'>>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customerComms?: Resolver<ResolversTypes['CommsEntryConnection'], ParentType, ContextType, RequireFields<QueryCustomerCommsArgs, 'customerId' | 'first'>>;
  customers?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, RequireFields<QueryCustomersArgs, 'first'>>;
  feedPosition?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  feedPositions?: Resolver<ResolversTypes['FeedPositions'], ParentType, ContextType>;
  inbox?: Resolver<ResolversTypes['CommsEntryConnection'], ParentType, ContextType, RequireFields<QueryInboxArgs, 'first'>>;
  me?: Resolver<ResolversTypes['Staff'], ParentType, ContextType>;
  myAccount?: Resolver<ResolversTypes['MyAccount'], ParentType, ContextType>;
  mySessions?: Resolver<Array<ResolversTypes['StaffSession']>, ParentType, ContextType>;
  parkedDeliveries?: Resolver<ResolversTypes['ParkedDeliveryConnection'], ParentType, ContextType, RequireFields<QueryParkedDeliveriesArgs, 'first'>>;
  quickReplies?: Resolver<Array<ResolversTypes['QuickReply']>, ParentType, ContextType>;
  staff?: Resolver<Array<ResolversTypes['StaffAccount']>, ParentType, ContextType>;
};

export type QuickReplyResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['QuickReply'] = ResolversParentTypes['QuickReply']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shortcut?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReactionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Reaction'] = ResolversParentTypes['Reaction']> = {
  by?: Resolver<Maybe<ResolversTypes['Staff']>, ParentType, ContextType>;
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reactedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReadMarkResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['ReadMark'] = ResolversParentTypes['ReadMark']> = {
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  readCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  upToEntryId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RemoveQuickReplyPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['RemoveQuickReplyPayload'] = ResolversParentTypes['RemoveQuickReplyPayload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RerunParkedPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['RerunParkedPayload'] = ResolversParentTypes['RerunParkedPayload']> = {
  delivery?: Resolver<ResolversTypes['ParkedDelivery'], ParentType, ContextType>;
  logged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SaveQuickReplyPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['SaveQuickReplyPayload'] = ResolversParentTypes['SaveQuickReplyPayload']> = {
  quickReply?: Resolver<ResolversTypes['QuickReply'], ParentType, ContextType>;
};

export type SendFailureResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['SendFailure'] = ResolversParentTypes['SendFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  needsAdmin?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  next?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SendWhatsAppPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['SendWhatsAppPayload'] = ResolversParentTypes['SendWhatsAppPayload']> = {
  entry?: Resolver<ResolversTypes['CommsEntry'], ParentType, ContextType>;
};

export type StaffResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Staff'] = ResolversParentTypes['Staff']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['StaffRole'], ParentType, ContextType>;
};

export type StaffAccountResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['StaffAccount'] = ResolversParentTypes['StaffAccount']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  mustChangePassword?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['StaffRole'], ParentType, ContextType>;
};

export type StaffAccountPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['StaffAccountPayload'] = ResolversParentTypes['StaffAccountPayload']> = {
  account?: Resolver<ResolversTypes['StaffAccount'], ParentType, ContextType>;
};

export type StaffSessionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['StaffSession'] = ResolversParentTypes['StaffSession']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StatusTimesResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['StatusTimes'] = ResolversParentTypes['StatusTimes']> = {
  delivered?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failed?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  read?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sent?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  commsLogged?: SubscriptionResolver<ResolversTypes['CommsLogged'], "commsLogged", ParentType, ContextType, Partial<SubscriptionCommsLoggedArgs>>;
  inboxChanged?: SubscriptionResolver<ResolversTypes['InboxChanged'], "inboxChanged", ParentType, ContextType, Partial<SubscriptionInboxChangedArgs>>;
};

export type UnlinkConversationPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['UnlinkConversationPayload'] = ResolversParentTypes['UnlinkConversationPayload']> = {
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type UpdateCustomerPayloadResolvers<ContextType = SharedContext, ParentType extends ResolversParentTypes['UpdateCustomerPayload'] = ResolversParentTypes['UpdateCustomerPayload']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SharedContext> = {
  Channel?: ChannelResolvers<ContextType>;
  CommsEntry?: CommsEntryResolvers<ContextType>;
  CommsEntryConnection?: CommsEntryConnectionResolvers<ContextType>;
  CommsEntryEdge?: CommsEntryEdgeResolvers<ContextType>;
  CommsLogged?: CommsLoggedResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationCounts?: ConversationCountsResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationMoved?: ConversationMovedResolvers<ContextType>;
  ConversationState?: ConversationStateResolvers<ContextType>;
  ConversationTypeCount?: ConversationTypeCountResolvers<ContextType>;
  CreateCustomerPayload?: CreateCustomerPayloadResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EntryDiscard?: EntryDiscardResolvers<ContextType>;
  EntryEdit?: EntryEditResolvers<ContextType>;
  EntryReference?: EntryReferenceResolvers<ContextType>;
  FeedPositions?: FeedPositionsResolvers<ContextType>;
  InboxChanged?: InboxChangedResolvers<ContextType>;
  LinkConversationPayload?: LinkConversationPayloadResolvers<ContextType>;
  LinkedSender?: LinkedSenderResolvers<ContextType>;
  LogCommsPayload?: LogCommsPayloadResolvers<ContextType>;
  MarkAnsweredPayload?: MarkAnsweredPayloadResolvers<ContextType>;
  MarkReadPayload?: MarkReadPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MyAccount?: MyAccountResolvers<ContextType>;
  MyAccountPayload?: MyAccountPayloadResolvers<ContextType>;
  MySessionsPayload?: MySessionsPayloadResolvers<ContextType>;
  NumberDoubt?: NumberDoubtResolvers<ContextType>;
  OneTimePasswordPayload?: OneTimePasswordPayloadResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedDelivery?: ParkedDeliveryResolvers<ContextType>;
  ParkedDeliveryConnection?: ParkedDeliveryConnectionResolvers<ContextType>;
  ParkedDeliveryEdge?: ParkedDeliveryEdgeResolvers<ContextType>;
  ParkedProblem?: ParkedProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QuickReply?: QuickReplyResolvers<ContextType>;
  Reaction?: ReactionResolvers<ContextType>;
  ReadMark?: ReadMarkResolvers<ContextType>;
  RemoveQuickReplyPayload?: RemoveQuickReplyPayloadResolvers<ContextType>;
  RerunParkedPayload?: RerunParkedPayloadResolvers<ContextType>;
  SaveQuickReplyPayload?: SaveQuickReplyPayloadResolvers<ContextType>;
  SendFailure?: SendFailureResolvers<ContextType>;
  SendWhatsAppPayload?: SendWhatsAppPayloadResolvers<ContextType>;
  Staff?: StaffResolvers<ContextType>;
  StaffAccount?: StaffAccountResolvers<ContextType>;
  StaffAccountPayload?: StaffAccountPayloadResolvers<ContextType>;
  StaffSession?: StaffSessionResolvers<ContextType>;
  StatusTimes?: StatusTimesResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UnlinkConversationPayload?: UnlinkConversationPayloadResolvers<ContextType>;
  UpdateCustomerPayload?: UpdateCustomerPayloadResolvers<ContextType>;
};

