import pg from 'pg';
import { describe, expect } from 'vitest';
import { createCustomer, customerWith } from './harness/customers.ts';
import { createDatabase } from './harness/database.ts';
import {
  COMMS_LOGGED,
  commsOf,
  ENTRY,
  type Entry,
  type Feed,
  feedPosition,
  follow,
  inbox,
  type Logged,
} from './harness/feed.ts';
import { deliver, freshNumber, postWebhook, text, webhook } from './harness/meta.ts';
import { startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { type SubscriptionFault, subscribe } from './harness/subscriber.ts';
import { test } from './harness/test.ts';

describe('commsLogged', () => {
  test('each message is there once, in order, as it stands in the log', async ({ server, staff }) => {
    const from = freshNumber();
    await using feed = await follow(server, staff);
    await deliver(server, text(from, 'one'), text(from, 'two'));
    await deliver(server, text(from, 'three', { name: 'Ana' }));
    const events = await feed.take(3);
    expect(events.map(({ change, entry }) => [change, entry.body])).toEqual([
      ['LOGGED', 'one'],
      ['LOGGED', 'two'],
      ['LOGGED', 'three'],
    ]);
    expectRising([{ position: feed.start }, ...events]);
    expect(events.map(({ entry }) => entry).reverse()).toEqual(await commsOf(staff, `unknown:${from}`));
    expect(await feedPosition(staff)).toBe(events.at(-1)?.position);
  });

  test('without a position it begins now', async ({ server, staff }) => {
    const from = freshNumber();
    await using subscriber = subscribe<{ commsLogged: Logged }>(server, staff, COMMS_LOGGED);
    const seen: Logged[] = [];
    const first = subscriber.next().then(({ commsLogged }) => seen.push(commsLogged));
    // Nothing tells when it has begun, so messages go on coming until one is seen.
    let posted = 0;
    while (seen.length === 0) {
      posted += 1;
      await deliver(server, text(from, String(posted)));
    }
    await first;
    const firstSeen = Number(seen[0]?.entry.body);
    for (let expected = firstSeen + 1; expected <= posted; expected += 1) {
      expect((await subscriber.next()).commsLogged.entry.body).toBe(String(expected));
    }
  });

  test('resumed, it begins with what came in between', async ({ server, staff }) => {
    const from = freshNumber();
    const feed = await follow(server, staff);
    await deliver(server, text(from, 'seen'));
    const { position } = await feed.next();
    feed.drop();
    await feed.closed;
    await deliver(server, text(from, 'missed 1'));
    await deliver(server, text(from, 'missed 2'), text(from, 'missed 3'));
    await using resumed = await follow(server, staff, { after: position });
    await deliver(server, text(from, 'live'));
    expect((await resumed.take(4)).map(({ entry }) => entry.body)).toEqual([
      'missed 1',
      'missed 2',
      'missed 3',
      'live',
    ]);
  });

  test("a list and the feed after the list's position join without a gap", async ({ server, staff }) => {
    const from = freshNumber();
    const flood = Promise.all(Array.from({ length: 40 }, (_, index) => deliver(server, text(from, `flood ${index}`))));
    const pages = await Promise.all(Array.from({ length: 5 }, () => page(staff)));
    await flood;
    const logged = (await inbox(staff, { search: from }, 100)).map(({ id }) => id).reverse();
    expect(logged).toHaveLength(40);
    for (const { position, ids } of pages) {
      await using feed = await follow(server, staff, { after: position });
      const listed = ids.filter((id) => logged.includes(id)).reverse();
      const followed = await feed.take(logged.length - listed.length);
      expect([...listed, ...followed.map(({ entry }) => entry.id)]).toEqual(logged);
    }
  });

  test("filtered by customer: that customer's alone", async ({ server, staff }) => {
    const [wanted, other] = [freshNumber(), freshNumber()];
    const customer = await customerWith(staff, 'Wanted', `+${wanted}`);
    await using feed = await follow(server, staff, { customerId: customer.id });
    await deliver(server, text(other, 'not mine'), text(wanted, 'mine'), text(other, 'not mine'));
    await deliver(server, text(wanted, 'mine too'));
    expect((await feed.take(2)).map(({ entry }) => entry.body)).toEqual(['mine', 'mine too']);
  });

  test("filtered by customer, while the database can't say who that is: to be tried again", async ({
    databaseUrl,
    server,
    staff,
  }) => {
    const holder = new pg.Client({ connectionString: databaseUrl });
    await holder.connect();
    await holder.query('begin; lock table conversation');
    await using subscriber = subscribe(server, staff, COMMS_LOGGED, { customerId: `unknown:${freshNumber()}` });
    expect(await subscriber.closed).toEqual({ code: 1013, reason: 'Try again' });
    await holder.end();
  });

  test('filtered by type', async ({ server, staff }) => {
    const from = freshNumber();
    await using calls = await follow(server, staff, { type: 'CALL' });
    await using whatsapp = await follow(server, staff, { type: 'WHATSAPP' });
    await deliver(server, text(from, 'no call'));
    expect((await whatsapp.next()).entry.body).toBe('no call');
    expect(calls.waiting()).toBe(0);
  });

  test('an entry that moved matches as it was and as it is', async ({ server, staff }) => {
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    await deliver(server, text(from, 'who am I?'));
    const start = await feedPosition(staff);
    const customer = await customerWith(staff, 'Now Known', `+${from}`);
    await using asItWas = await follow(server, staff, { customerId: unknown, after: start });
    await using asItIs = await follow(server, staff, { customerId: customer.id, after: start });
    for (const feed of [asItWas, asItIs]) {
      expect(await feed.next()).toMatchObject({
        change: 'UPDATED',
        entry: { body: 'who am I?', revision: 2, customerId: customer.id, customer: { name: 'Now Known' } },
      });
    }
  });

  test('the entry of an old event is never older than its change', async ({ server, staff }) => {
    const from = freshNumber();
    const start = await feedPosition(staff);
    await deliver(server, text(from, 'moved later'));
    const customer = await customerWith(staff, 'Later', `+${from}`);
    await using feed = await follow(server, staff, { after: start });
    const [logged, updated] = (await feed.take(2)) as [Logged, Logged];
    expect([logged.change, updated.change]).toEqual(['LOGGED', 'UPDATED']);
    expect(logged.entry.revision).toBeGreaterThanOrEqual(1);
    expect(updated.entry).toMatchObject({ revision: 2, customerId: customer.id });
  });

  test.for([
    ['garbage', async () => 'garbage'],
    ['nothing', async () => ''],
    ['a position of another database', positionElsewhere],
    ['a position newer than the newest', async (staff: TestStaff) => nextAfter(await feedPosition(staff))],
  ] as const)('%s: RESYNC_REQUIRED as a result, then the end', async ([, position], { server, staff }) => {
    for (const [subscription, root] of [
      [COMMS_LOGGED, 'commsLogged'],
      [INBOX_CHANGED, 'inboxChanged'],
    ] as const) {
      await using subscriber = subscribe(server, staff, subscription, { after: await position(staff) });
      const fault = await subscriber.next().then(
        (data) => expect.unreachable(`${root} gave ${JSON.stringify(data)}`),
        (error: SubscriptionFault) => error,
      );
      expect(fault.end, root).toMatchObject({ errors: [{ extensions: { code: 'RESYNC_REQUIRED' } }] });
      await expect(subscriber.next()).rejects.toMatchObject({ end: { complete: true } });
    }
  });
});

describe('inboxChanged', () => {
  test('a message changes its conversation; a new customer appears with theirs', async ({ server, staff }) => {
    const from = freshNumber();
    await using changes = followInbox(server, staff, await feedPosition(staff));
    await deliver(server, text(from, 'hello', { name: 'Ana' }));
    await changes.until(({ inboxChanged: { conversation } }) => {
      return conversation?.id === `unknown:${from}` && conversation.lastEntry?.body === 'hello';
    });
    const customer = await createCustomer(staff, { name: 'Brand New', contacts: [] });
    await changes.until(({ inboxChanged }) => inboxChanged.customer?.id === customer.id);
  });

  test('a history given to a customer is told as a move', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'who?'));
    const start = await feedPosition(staff);
    const customer = await customerWith(staff, 'Found', `+${from}`);
    await using changes = followInbox(server, staff, start);
    const moved = await changes.until(({ inboxChanged }) => inboxChanged.conversationMoved !== null);
    expect(moved.at(-1)?.inboxChanged.conversationMoved).toEqual({ from: `unknown:${from}`, to: customer.id });
    const after = await changes.until(({ inboxChanged }) => inboxChanged.conversation?.id === customer.id);
    expect(after.at(-1)?.inboxChanged.conversation).toMatchObject({ inboundCount: 1, lastEntry: { body: 'who?' } });
  });

  test("one's own read mark is told", async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'one'), text(from, 'two'));
    const [, entry] = (await commsOf(staff, `unknown:${from}`)) as [Entry, Entry];
    await using changes = followInbox(server, staff, await feedPosition(staff));
    await staff.ask(
      'mutation Read($id: ID!, $entry: ID!) { markRead(conversationId: $id, upToEntryId: $entry) { conversation { id unreadCount } } }',
      { id: `unknown:${from}`, entry: entry.id },
    );
    const told = await changes.until(({ inboxChanged }) => inboxChanged.readMark !== null);
    expect(told.at(-1)?.inboxChanged.readMark).toEqual({
      conversationId: `unknown:${from}`,
      upToEntryId: entry.id,
      readCount: 1,
    });
  });

  test('each step has one subject, and positions rise', async ({ server, staff }) => {
    const from = freshNumber();
    const start = await feedPosition(staff);
    await deliver(server, text(from, 'one'));
    const customer = await customerWith(staff, 'Stepwise', `+${from}`);
    await deliver(server, text(from, 'last'));
    await using changes = followInbox(server, staff, start);
    const steps = await changes.until(({ inboxChanged: { conversation } }) => {
      return conversation?.id === customer.id && conversation.lastEntry?.body === 'last';
    });
    expectRising(steps.map(({ inboxChanged }) => inboxChanged));
    for (const { inboxChanged } of steps) {
      const { position: _, ...subjects } = inboxChanged;
      expect(Object.values(subjects).filter((subject) => subject !== null)).toHaveLength(1);
    }
  });
});

describe('several programs on one database', () => {
  test('what one takes, subscribers of the other see', async ({ server, staff, databaseUrl }) => {
    await using other = await startServer({ databaseUrl });
    const from = freshNumber();
    await using feed = await follow(server, staff);
    await deliver(other, text(from, 'by the other'));
    await deliver(server, text(from, 'by this one'));
    expect((await feed.take(2)).map(({ entry }) => entry.body)).toEqual(['by the other', 'by this one']);
  });

  test.for([1, 2])(
    '500 messages of 20 clients, a subscriber that comes and goes, %i program(s)',
    async (programs, { server, staff, databaseUrl }) => {
      await using other = await startServer({ databaseUrl });
      const servers = programs === 1 ? [server] : [server, other];
      const start = await feedPosition(staff);
      const posting = postFromClients({ servers, clients: 20, messages: 500 });
      const events = await collectWithDisconnects({ servers, staff, start, count: 500 });
      await posting;

      expect(new Set(events.map(({ entry }) => entry.body)).size).toBe(500);
      expect(events.every(({ change }) => change === 'LOGGED')).toBe(true);
      expectRising(events);
      const newest = await pagesOfInbox(staff, 500);
      expect(events.map(({ entry }) => entry.id).reverse()).toEqual(newest.map(({ id }) => id));
      await using feed = await follow(server, staff, { after: events.at(-1)?.position ?? start });
      await expectSilence(feed, server);
    },
  );

  test('100 copies of one message at once over two programs: one entry, one event', async ({
    server,
    staff,
    databaseUrl,
  }) => {
    await using other = await startServer({ databaseUrl });
    const from = freshNumber();
    const body = webhook(text(from, 'a hundred times'));
    await using feed = await follow(server, staff);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => postWebhook(index % 2 === 0 ? server : other, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
    expect(await commsOf(staff, `unknown:${from}`)).toHaveLength(1);
    expect((await feed.next()).entry.body).toBe('a hundred times');
    await expectSilence(feed, server);
  });

  test('two that start at once on an empty database both serve', async () => {
    const databaseUrl = await createDatabase({ template: 'template1' });
    const servers = await Promise.all([startServer({ databaseUrl }), startServer({ databaseUrl })]);
    for (const server of servers) {
      await deliver(server, text(freshNumber(), 'hello'));
      await server[Symbol.asyncDispose]();
    }
  });
});

interface InboxStep {
  inboxChanged: {
    position: string;
    conversation: { id: string; revision: number; inboundCount: number; lastEntry: { body: string } | null } | null;
    conversationMoved: { from: string; to: string } | null;
    customer: { id: string; name: string } | null;
    channel: { sending: string } | null;
    readMark: { conversationId: string; upToEntryId: string; readCount: number } | null;
  };
}

const INBOX_CHANGED = /* GraphQL */ `
  subscription Changes($after: String) {
    inboxChanged(after: $after) {
      position
      conversation { id revision inboundCount lastEntry { body } }
      conversationMoved { from to }
      customer { id name }
      channel { sending }
      readMark { conversationId upToEntryId readCount }
    }
  }
`;

function followInbox(server: TestServer, staff: TestStaff, position: string) {
  return subscribe<InboxStep>(server, staff, INBOX_CHANGED, { after: position });
}

/** Each client posts its messages one after the other, to the servers in turn. */
async function postFromClients(load: { servers: TestServer[]; clients: number; messages: number }): Promise<void> {
  const each = load.messages / load.clients;
  const client = async (number: number) => {
    const from = freshNumber();
    for (let index = 0; index < each; index += 1) {
      await deliver(pick(load.servers, number + index), text(from, `${number}/${index}`));
    }
  };
  await Promise.all(Array.from({ length: load.clients }, (_, number) => client(number)));
}

/** Takes a few events, loses the connection, resumes at another server, until it has as many as wanted. */
async function collectWithDisconnects(wanted: {
  servers: TestServer[];
  staff: TestStaff;
  start: string;
  count: number;
}): Promise<Logged[]> {
  const events: Logged[] = [];
  for (let connection = 0; events.length < wanted.count; connection += 1) {
    const position = events.at(-1)?.position ?? wanted.start;
    await using feed = await follow(pick(wanted.servers, connection), wanted.staff, { after: position });
    const few = 1 + Math.floor(Math.random() * 60);
    events.push(...(await feed.take(Math.min(few, wanted.count - events.length))));
    feed.drop();
  }
  return events;
}

/** Proves that nothing else comes: the next message is the next event. */
async function expectSilence(feed: Feed, server: TestServer): Promise<void> {
  await deliver(server, text(freshNumber(), 'the next'));
  expect((await feed.next()).entry.body).toBe('the next');
}

async function page(staff: TestStaff): Promise<{ position: string; ids: string[] }> {
  const { inbox: list } = await staff.ask<{ inbox: { position: string; nodes: { id: string }[] } }>(
    'query Page { inbox(first: 200) { position nodes { id } } }',
  );
  return { position: list.position, ids: list.nodes.map(({ id }) => id) };
}

async function pagesOfInbox(staff: TestStaff, count: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  while (entries.length < count) {
    const data: { inbox: { nodes: Entry[]; pageInfo: { endCursor: string | null } } } = await staff.ask(
      `query Page($after: String) { inbox(first: 200, after: $after) { nodes { ...Entry } pageInfo { endCursor } } } ${ENTRY}`,
      { after: cursor },
    );
    entries.push(...data.inbox.nodes);
    cursor = data.inbox.pageInfo.endCursor;
  }
  return entries.slice(0, count);
}

function expectRising(steps: { position: string }[]): void {
  const positions = steps.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort());
}

async function positionElsewhere(): Promise<string> {
  await using elsewhere = await startServer({ databaseUrl: await createDatabase() });
  return await feedPosition(await signIn(elsewhere));
}

/** A position that is well formed and not yet given out. */
function nextAfter(position: string): string {
  return position.replace(/\d+$/, (digits) => String(BigInt(digits) + 1n).padStart(digits.length, '0'));
}

function pick<Item>(items: Item[], index: number): Item {
  return items[index % items.length] as Item;
}
