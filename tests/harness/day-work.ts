import { ENTRY, type Entry, feedPosition } from './feed.ts';
import type { OwnCall } from './own-graph-api.ts';
import { createQueue, type Queue } from './queue.ts';
import { type AnsweredByTest, startAnsweredByTest } from './sending.ts';
import { startServer, type TestServer } from './server.ts';
import type { TestStaff } from './staff.ts';
import { type Subscriber, subscribe } from './subscriber.ts';
import { signInMember } from './team.ts';
import { test } from './test.ts';

/** Two people at work, each on a program of their own. WhatsApp refuses what begins with “refuse”. */
export interface Office extends AnsweredByTest {
  /** What begins with “hold”, and WhatsApp has not answered yet. */
  held: Queue<OwnCall>;
  ana: TestStaff;
  maria: TestStaff;
  /** Maria's. */
  other: TestServer;
}

export const officeTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('office', { scope: 'file' }, async ({}, { onCleanup }) => {
    const office = await openOffice();
    onCleanup(() => office[Symbol.asyncDispose]());
    return office;
  });

async function openOffice(): Promise<Office> {
  const one = await startAnsweredByTest();
  const held = createQueue<OwnCall>('call');
  one.api.respond((call) => {
    if (call.text.startsWith('refuse')) call.refuse(131026);
    else if (call.text.startsWith('hold')) held.push(call);
    else call.accept();
  });
  const other = await startServer({ databaseUrl: one.databaseUrl, env: { WHATSAPP_API_URL: one.api.url } });
  return {
    ...one,
    other,
    held,
    ana: one.staff,
    maria: await signInMember(other, one.staff),
    async [Symbol.asyncDispose]() {
      await other[Symbol.asyncDispose]();
      await one[Symbol.asyncDispose]();
    },
  };
}

export interface Conversation {
  id: string;
  revision: number;
  name: string;
  phone: string | null;
  customer: { id: string; name: string } | null;
  lastEntry: { body: string } | null;
  lastActivityAt: string;
  windowClosesAt: string | null;
  unanswered: boolean;
  failed: boolean;
  inboundCount: number;
  linked: { conversationId: string; name: string | null; phone: string | null; linkedBy: { name: string } | null }[];
}

export interface OwnConversation extends Conversation {
  unreadCount: number;
  readUpToEntryId: string | null;
  readRevision: number;
}

const FIELDS = /* GraphQL */ `
  id revision name phone customer { id name } lastEntry { body } lastActivityAt windowClosesAt unanswered failed inboundCount
  linked { conversationId name phone linkedBy { name } }
`;
const OWN_FIELDS = `${FIELDS} unreadCount readUpToEntryId readRevision`;

export async function conversation(staff: TestStaff, id: string): Promise<OwnConversation> {
  const data = await staff.ask<{ conversation: OwnConversation }>(
    `query Conversation($id: ID!) { conversation(id: $id) { ${OWN_FIELDS} } }`,
    { id },
  );
  return data.conversation;
}

export async function conversationIds(staff: TestStaff, filter: Record<string, unknown>): Promise<string[]> {
  const data = await staff.ask<{ conversations: { nodes: { id: string }[] } }>(
    'query Ids($filter: InboxFilter) { conversations(filter: $filter, first: 200) { nodes { id } } }',
    { filter },
  );
  return data.conversations.nodes.map(({ id }) => id);
}

export interface Counts {
  all: number;
  unread: number;
  unanswered: number;
  unknown: number;
  failed: number;
  types: { type: string; count: number }[];
}

export async function counts(staff: TestStaff): Promise<Counts> {
  const data = await staff.ask<{ conversationCounts: Counts }>(
    '{ conversationCounts { all unread unanswered unknown failed types { type count } } }',
  );
  return data.conversationCounts;
}

const onOne = (field: string) =>
  `mutation One($id: ID!) { changed: ${field}(conversationId: $id) { conversation { ${OWN_FIELDS} } } }`;
const MARK_READ = `mutation Read($id: ID!, $entry: ID!) {
  changed: markRead(conversationId: $id, upToEntryId: $entry) { conversation { ${OWN_FIELDS} } } }`;
const MARK_ANSWERED = `mutation Answered($id: ID!, $entry: ID!, $answered: Boolean!) {
  changed: markAnswered(conversationId: $id, upToEntryId: $entry, answered: $answered) { conversation { ${OWN_FIELDS} } } }`;
const LINK = `mutation Link($id: ID!, $to: ID!) {
  changed: linkConversation(conversationId: $id, customerId: $to) { conversation { ${OWN_FIELDS} } } }`;

type Changed = { changed: { conversation: OwnConversation } };

export const markRead = async (staff: TestStaff, id: string, entry: string) =>
  (await staff.ask<Changed>(MARK_READ, { id, entry })).changed.conversation;

/** Why somebody's mark is refused. */
export const refusedMark = async (staff: TestStaff, id: string, entry: string) =>
  (await staff.post(MARK_READ, { id, entry })).errors?.[0]?.extensions;

export const markUnread = async (staff: TestStaff, id: string) =>
  (await staff.ask<Changed>(onOne('markUnread'), { id })).changed.conversation;

export const markAnswered = async (staff: TestStaff, id: string, entry: string, answered = true) =>
  (await staff.ask<Changed>(MARK_ANSWERED, { id, entry, answered })).changed.conversation;

export const link = async (staff: TestStaff, id: string, to: string) =>
  (await staff.ask<Changed>(LINK, { id, to })).changed.conversation;

export const tryLink = (staff: TestStaff, id: string, to: string) => staff.post(LINK, { id, to });

export const unlink = async (staff: TestStaff, id: string) =>
  (await staff.ask<Changed>(onOne('unlinkConversation'), { id })).changed.conversation;

export const tryUnlink = (staff: TestStaff, id: string) => staff.post(onOne('unlinkConversation'), { id });

/** The newest inbound entry's id, or the newest of all. */
export async function newestId(staff: TestStaff, id: string): Promise<string> {
  const data = await staff.ask<{ customerComms: { nodes: Entry[] } }>(
    `query Newest($id: ID!) { customerComms(customerId: $id, first: 200) { nodes { ...Entry } } } ${ENTRY}`,
    { id },
  );
  return String(Math.max(0, ...data.customerComms.nodes.map((entry) => Number(entry.id))));
}

export interface InboxStep {
  position: string;
  conversation: Conversation | null;
  conversationMoved: { from: string; to: string } | null;
  customer: { id: string } | null;
  customerRemoved: string | null;
  readMark: { conversationId: string; revision: number; upToEntryId: string; readCount: number } | null;
}

/** Follows what isn't the log, from now on. */
export async function followInbox(
  server: TestServer,
  staff: TestStaff,
): Promise<Subscriber<{ inboxChanged: InboxStep }>> {
  const query = `subscription Inbox($after: String) {
    inboxChanged(after: $after) {
      position conversation { ${FIELDS} } conversationMoved { from to } customer { id } customerRemoved
      readMark { conversationId revision upToEntryId readCount }
    }
  }`;
  return subscribe(server, staff, query, { after: await feedPosition(staff) });
}
