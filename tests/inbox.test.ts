import { describe, expect } from 'vitest';
import { createCustomer, customerWith } from './harness/customers.ts';
import { commsOf, ENTRY, type Entry, inbox } from './harness/feed.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import type { TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

describe('the inbox', () => {
  test('is in the order of logging: what came late is on top', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'new'));
    await deliver(server, text(from, 'late', { at: new Date('2026-11-01T10:00:00Z') }));
    expect((await inbox(staff, {}, 2)).map(({ body }) => body)).toEqual(['late', 'new']);
    expect((await commsOf(staff, `unknown:${from}`)).map(({ body }) => body)).toEqual(['new', 'late']);
  });

  test('is paged without a repeat or a gap while messages come', async ({ server, staff }) => {
    const from = freshNumber();
    for (let index = 0; index < 7; index += 1) await deliver(server, text(from, `page ${index}`));
    const seen: string[] = [];
    let after: string | null = null;
    for (const expected of [true, true, false]) {
      const page: Page = await pageOf(staff, { filter: { search: 'page' }, first: 3, after });
      seen.push(...page.nodes.map(({ body }) => body));
      expect(page.pageInfo.hasNextPage).toBe(expected);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
      expect([page.edges.at(0)?.cursor, page.edges.at(-1)?.cursor]).toEqual([
        page.pageInfo.startCursor,
        page.pageInfo.endCursor,
      ]);
      after = page.pageInfo.endCursor;
      await deliver(server, text(from, 'page, added on the way'));
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `page ${index}`));
  });

  test('an empty page has no cursors', async ({ staff }) => {
    const page = await pageOf(staff, { filter: { search: 'nobody ever wrote this' }, first: 3 });
    expect(page).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } });
    expect(page.position).not.toBe('');
  });

  test('is filtered by type, direction and unknown senders', async ({ server, staff }) => {
    const [known, unknown] = [freshNumber(), freshNumber()];
    await customerWith(staff, 'Filtered', `+${known}`);
    await deliver(server, text(known, 'filter me, known'), text(unknown, 'filter me, unknown'));
    const found = async (filter: Record<string, unknown>) =>
      (await inbox(staff, { search: 'filter me', ...filter })).map(({ body }) => body);
    expect(await found({})).toEqual(['filter me, unknown', 'filter me, known']);
    expect(await found({ type: 'WHATSAPP', direction: 'INBOUND' })).toHaveLength(2);
    expect(await found({ type: 'CALL' })).toEqual([]);
    expect(await found({ direction: 'OUTBOUND' })).toEqual([]);
    expect(await found({ unknownOnly: true })).toEqual(['filter me, unknown']);
    expect(await found({ unknownOnly: false })).toHaveLength(2);
  });

  test('is filtered by what the asker has not read', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'unread one'), text(from, 'unread two'), text(from, 'unread three'));
    const unread = async () => (await inbox(staff, { search: 'unread', unreadOnly: true })).map(({ body }) => body);
    expect(await unread()).toEqual(['unread three', 'unread two', 'unread one']);
    const [, second] = (await commsOf(staff, `unknown:${from}`)) as [Entry, Entry];
    expect(await markRead(staff, `unknown:${from}`, second.id)).toMatchObject({
      unreadCount: 1,
      readUpToEntryId: second.id,
    });
    expect(await unread()).toEqual(['unread three']);
  });

  test('is searched in bodies, names, organisations, e-mails and numbers, by every word', async ({ server, staff }) => {
    const [known, unknown] = [freshNumber(), freshNumber()];
    await createCustomer(staff, {
      name: 'Ελένη Παπαδάκη',
      organization: 'Ζαχαροπλαστείο Άνοιξη',
      contacts: [
        { type: 'WHATSAPP', value: `+${known}` },
        { type: 'EMAIL', value: 'eleni@anoixi.example' },
      ],
    });
    await deliver(server, text(known, 'Μία τούρτα σοκολάτας, παρακαλώ'));
    await deliver(server, text(unknown, 'Une crème brûlée', { name: 'Zoë Müller' }));
    const found = async (search: string) => (await inbox(staff, { search })).map(({ body }) => body.slice(0, 4));
    for (const search of [
      'ΤΟΥΡΤΑ',
      'σοκολατασ',
      'ΣΟΚΟΛΑΤΑΣ',
      'ελενη',
      'ανοιξη τουρτα',
      'eleni@anoixi',
      known.slice(2),
      `+${known}`,
    ]) {
      expect(await found(search), search).toEqual(['Μία ']);
    }
    for (const search of ['creme BRULEE', 'zoe', 'muller creme', unknown, unknown.slice(-7), 'rulé']) {
      expect(await found(search), search).toEqual(['Une ']);
    }
    for (const search of ['τουρτα muller', 'cr_me', 'cr%e', '\\', "'"]) expect(await found(search), search).toEqual([]);
  });
});

describe("one customer's log", () => {
  test('is by the time of the message, and paged', async ({ server, staff }) => {
    const from = freshNumber();
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
    for (const hour of [3, 1, 4, 2, 5]) await deliver(server, text(from, `hour ${hour}`, { at: at(hour) }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await commsPage(staff, { id: `unknown:${from}`, first: 2, after });
      seen.push(...page.nodes.map(({ body }) => body));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['hour 5', 'hour 4', 'hour 3', 'hour 2', 'hour 1']);
  });

  test('is filtered by type', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'hello'));
    expect((await commsPage(staff, { id: `unknown:${from}`, type: 'WHATSAPP' })).nodes).toHaveLength(1);
    expect((await commsPage(staff, { id: `unknown:${from}`, type: 'NOTE' })).nodes).toEqual([]);
  });
});

describe('conversations', () => {
  test('one row a person, by last activity', async ({ server, staff }) => {
    const [first, second] = [freshNumber(), freshNumber()];
    await deliver(server, text(first, 'row one', { name: 'Row One' }));
    await deliver(server, text(second, 'row two', { name: 'Row Two' }));
    await deliver(server, text(first, 'row one again'));
    const rows = await conversations(staff, { search: 'row' });
    expect(rows).toMatchObject([
      {
        id: `unknown:${first}`,
        name: 'Row One',
        phone: first,
        customer: null,
        lastEntry: { body: 'row one again' },
        unanswered: true,
        inboundCount: 2,
        unreadCount: 2,
      },
      { id: `unknown:${second}`, name: 'Row Two', lastEntry: { body: 'row two' }, unreadCount: 1 },
    ]);
  });

  test("the window closes 24 hours after the customer's last message by Meta's clock", async ({ server, staff }) => {
    const from = freshNumber();
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000);
    const earlier = new Date(at.getTime() - 3_600_000);
    await deliver(server, text(from, 'window', { at }));
    await deliver(server, text(from, 'window, late', { at: earlier }));
    const [row] = await conversations(staff, { search: 'window' });
    expect(row?.windowClosesAt).toBe(new Date(at.getTime() + 24 * 3_600_000).toISOString());
    expect(row?.lastEntry?.body).toBe('window');
  });

  test('a read mark never moves back', async ({ server, staff }) => {
    const from = freshNumber();
    const id = `unknown:${from}`;
    await deliver(server, text(from, 'mark one'), text(from, 'mark two'));
    const [newest, oldest] = (await commsOf(staff, id)) as [Entry, Entry];
    expect(await markRead(staff, id, newest.id)).toMatchObject({ unreadCount: 0, readUpToEntryId: newest.id });
    expect(await markRead(staff, id, oldest.id)).toMatchObject({ unreadCount: 0, readUpToEntryId: newest.id });
    await deliver(server, text(from, 'mark three'));
    expect(await conversations(staff, { search: 'mark' })).toMatchObject([{ unreadCount: 1 }]);
    expect(await conversations(staff, { search: 'mark', unreadOnly: true })).toHaveLength(1);
  });

  test('are filtered like the inbox', async ({ server, staff }) => {
    const [known, unknown] = [freshNumber(), freshNumber()];
    const customer = await customerWith(staff, 'Sieved', `+${known}`);
    await deliver(server, text(known, 'sieved'), text(unknown, 'sieved as well'));
    const ids = async (filter: Record<string, unknown>) =>
      (await conversations(staff, { search: 'sieved', ...filter })).map(({ id }) => id);
    expect((await ids({})).sort()).toEqual([customer.id, `unknown:${unknown}`].sort());
    expect(await ids({ unknownOnly: true })).toEqual([`unknown:${unknown}`]);
  });

  test('a customer without a word has a conversation too', async ({ staff }) => {
    const customer = await createCustomer(staff, { name: 'Silent Partner', contacts: [] });
    expect(await conversations(staff, { search: 'silent partner' })).toMatchObject([
      {
        id: customer.id,
        name: 'Silent Partner',
        lastEntry: null,
        unanswered: false,
        unreadCount: 0,
        windowClosesAt: null,
      },
    ]);
  });
});

interface Page {
  position: string;
  nodes: Entry[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const PAGE = /* GraphQL */ `
  fragment Page on CommsEntryConnection {
    position
    nodes { ...Entry }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
  ${ENTRY}
`;

async function pageOf(staff: TestStaff, variables: Record<string, unknown>): Promise<Page> {
  const data = await staff.ask<{ inbox: Page }>(
    `query Inbox($filter: InboxFilter, $first: Int, $after: String) {
      inbox(filter: $filter, first: $first, after: $after) { ...Page }
    } ${PAGE}`,
    variables,
  );
  return data.inbox;
}

async function commsPage(staff: TestStaff, variables: Record<string, unknown>): Promise<Page> {
  const data = await staff.ask<{ customerComms: Page }>(
    `query Comms($id: ID!, $type: CommsType, $first: Int, $after: String) {
      customerComms(customerId: $id, type: $type, first: $first, after: $after) { ...Page }
    } ${PAGE}`,
    variables,
  );
  return data.customerComms;
}

interface Conversation {
  id: string;
  name: string;
  unreadCount: number;
  windowClosesAt: string | null;
  lastEntry: { body: string } | null;
}

const CONVERSATION = /* GraphQL */ `
  fragment Conversation on Conversation {
    id name phone customer { id } lastEntry { body } lastActivityAt windowClosesAt unanswered inboundCount unreadCount readUpToEntryId
  }
`;

async function conversations(staff: TestStaff, filter: Record<string, unknown>): Promise<Conversation[]> {
  const data = await staff.ask<{ conversations: { nodes: Conversation[] } }>(
    `query Conversations($filter: InboxFilter) { conversations(filter: $filter) { nodes { ...Conversation } } } ${CONVERSATION}`,
    { filter },
  );
  return data.conversations.nodes;
}

async function markRead(staff: TestStaff, id: string, entry: string): Promise<Conversation> {
  const data = await staff.ask<{ markRead: { conversation: Conversation } }>(
    `mutation Read($id: ID!, $entry: ID!) {
      markRead(conversationId: $id, upToEntryId: $entry) { conversation { ...Conversation } }
    } ${CONVERSATION}`,
    { id, entry },
  );
  return data.markRead.conversation;
}
