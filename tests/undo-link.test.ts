import { describe, expect } from 'vitest';
import { createCustomer, customerWith } from './harness/customers.ts';
import {
  conversation,
  conversationIds,
  followInbox,
  type InboxStep,
  link,
  markAnswered,
  markRead,
  newestId,
  type OwnConversation,
  refusedMark,
  officeTest as test,
  tryLink,
  tryUnlink,
  unlink,
} from './harness/day-work.ts';
import { commsOf, type Entry, follow, type Logged } from './harness/feed.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import { send, trySend } from './harness/sending.ts';
import type { TestStaff } from './harness/staff.ts';

describe('undoing a link', () => {
  test('at once leaves everything as it was, for both people', async ({ office }) => {
    const { server, ana, maria } = office;
    const [from, own] = [freshNumber(), freshNumber()];
    const unknown = `unknown:${from}`;
    const customer = await customerWith(ana, 'Wrongly chosen', `+${own}`);
    await deliver(server, text(from, 'strange one', { name: 'Stranger' }));
    await markRead(maria, unknown, await newestId(maria, unknown));
    await deliver(server, text(own, 'known one'), text(own, 'known two'));
    await markRead(ana, customer.id, await newestId(ana, customer.id));
    await markAnswered(ana, customer.id, await newestId(ana, customer.id));
    await deliver(server, text(from, 'strange two', { name: 'Stranger' }));
    const seen = async () => [
      withoutRevisions(await conversation(ana, unknown)),
      withoutRevisions(await conversation(ana, customer.id)),
      withoutRevisions(await conversation(maria, unknown)),
      withoutRevisions(await conversation(maria, customer.id)),
    ];
    const before = await seen();

    const linked = await link(ana, unknown, customer.id);
    expect(linked).toMatchObject({
      id: customer.id,
      inboundCount: 4,
      unanswered: true,
      linked: [{ conversationId: unknown, name: 'Stranger', phone: from, linkedBy: { name: expect.anything() } }],
    });
    // What either has not read is unread: for Ana both of the stranger's, and what lies after the first of them.
    expect(linked.unreadCount).toBe(4);
    expect(await conversation(maria, customer.id)).toMatchObject({ unreadCount: 3 });
    expect(await conversationIds(ana, { search: 'stranger' })).toEqual([customer.id]);

    expect(await unlink(maria, unknown)).toMatchObject({ id: unknown, linked: [] });
    expect(await seen()).toEqual(before);
    expect(await conversationIds(ana, { search: 'stranger' })).toEqual([unknown]);
    expect(await bodiesOf(ana, unknown)).toEqual(['strange one', 'strange two']);
    expect(await bodiesOf(ana, customer.id)).toEqual(['known one', 'known two']);
  });

  test('ends for who follows the sender what the customer says, also for who follows from then on', async ({
    office,
  }) => {
    const { server, ana } = office;
    const [from, own] = [freshNumber(), freshNumber()];
    const unknown = `unknown:${from}`;
    const customer = await customerWith(ana, 'Somebody else', `+${own}`);
    await deliver(server, text(from, 'theirs'));
    await using before = await follow(server, ana, { customerId: unknown });
    await link(ana, unknown, customer.id);
    await deliver(server, text(own, 'while it is one conversation'));
    expect(told(await before.take(2))).toEqual(['UPDATED theirs', 'LOGGED while it is one conversation']);

    await unlink(ana, unknown);
    await using after = await follow(server, ana, { customerId: unknown });
    // From a moment when it was linked, as who was away since.
    await using resumed = await follow(server, ana, { customerId: unknown, after: before.start });
    await deliver(server, text(own, 'nobody else’s business'), text(from, 'theirs again'));
    expect(told(await before.take(2))).toEqual(['UPDATED theirs', 'LOGGED theirs again']);
    expect(told(await after.take(1))).toEqual(['LOGGED theirs again']);
    expect(told(await resumed.take(3))).toEqual(['UPDATED theirs', 'UPDATED theirs', 'LOGGED theirs again']);
  });

  test('takes along what they and staff said to each other since, and nothing else', async ({ office }) => {
    const { server, ana, maria } = office;
    const [from, own] = [freshNumber(), freshNumber()];
    const unknown = `unknown:${from}`;
    const customer = await customerWith(ana, 'Has two numbers', `+${own}`);
    await deliver(server, text(from, 'theirs, before'), text(own, 'own, before'));
    await send(ana, { customerId: unknown, toPhone: `+${from}`, message: 'to them, before' });
    await link(ana, unknown, customer.id);
    await deliver(server, text(from, 'theirs, since', { name: 'New Name' }), text(own, 'own, since'));
    await send(ana, { customerId: customer.id, toPhone: `+${own}`, message: 'to their own number' });
    await send(maria, { customerId: unknown, toPhone: `+${from}`, message: 'refuse to them' });
    await note(ana, customer.id, 'a note on the customer');
    await markRead(ana, customer.id, await newestId(ana, customer.id));
    // Meta’s clock has seconds; one that goes ahead is not believed.
    await deliver(server, text(from, 'theirs, unread', { at: new Date(Date.now() + 5_000) }));

    await unlink(ana, unknown);
    const theirs = ['theirs, before', 'to them, before', 'theirs, since', 'refuse to them', 'theirs, unread'];
    expect(await bodiesOf(ana, unknown)).toEqual(theirs);
    expect(await bodiesOf(maria, customer.id)).toEqual([
      'own, before',
      'own, since',
      'to their own number',
      'a note on the customer',
    ]);
    expect(await conversation(ana, unknown)).toMatchObject({
      name: 'New Name',
      customer: null,
      phone: from,
      lastEntry: { body: 'theirs, unread' },
      unanswered: true,
      failed: true,
      inboundCount: 3,
      unreadCount: 1,
    });
    expect(await conversation(ana, customer.id)).toMatchObject({
      phone: own,
      unanswered: false,
      failed: false,
      inboundCount: 2,
      unreadCount: 0,
      linked: [],
    });
    expect(await conversation(maria, unknown)).toMatchObject({ unreadCount: 3 });
    expect(await conversationIds(ana, { type: 'NOTE', search: 'has two numbers' })).toEqual([customer.id]);
    expect(await conversationIds(ana, { search: 'new name' })).toEqual([unknown]);
  });

  test('a mark that comes behind a link, or behind its end, passes over nothing that was not seen', async ({
    office,
  }) => {
    const { server, ana, maria } = office;
    const [from, own] = [freshNumber(), freshNumber()];
    const unknown = `unknown:${from}`;
    const customer = await customerWith(ana, 'Linked meanwhile', `+${own}`);
    await deliver(server, text(from, 'seen'), text(own, 'not seen'), text(from, 'seen last'));
    const last = await newestId(ana, unknown);
    await link(ana, unknown, customer.id);
    expect(await markRead(maria, unknown, last)).toMatchObject({ id: customer.id, unreadCount: 2 });
    // With the other one read, as who looks at all of it by the old address.
    expect(await markRead(ana, customer.id, String(Number(last) - 1))).toMatchObject({ unreadCount: 1 });
    expect(await markRead(ana, unknown, last)).toMatchObject({ id: customer.id, unreadCount: 0 });

    await unlink(ana, unknown);
    expect(await refusedMark(maria, customer.id, last)).toEqual({ code: 'NOT_FOUND', field: 'upToEntryId' });
    expect(await conversation(maria, customer.id)).toMatchObject({ unreadCount: 1 });
    expect(await conversation(maria, unknown)).toMatchObject({ unreadCount: 1 });
  });

  test('is told step by step, in an order that leaves nothing twice', async ({ office }) => {
    const { server, other, ana, maria } = office;
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    await deliver(server, text(from, 'one'), text(from, 'two'));
    await markRead(maria, unknown, await newestId(maria, unknown));
    const customer = await customerWith(ana, 'Told', `+${freshNumber()}`);
    await using log = await follow(other, maria);
    await using changes = await followInbox(other, maria);
    const until = async (matches: (step: InboxStep) => boolean) =>
      (await changes.until(({ inboxChanged }) => matches(inboxChanged))).map(({ inboxChanged }) =>
        summary(inboxChanged),
      );

    await link(ana, unknown, customer.id);
    expect((await log.take(2)).map(({ entry }) => [entry.body, entry.revision, entry.customerId])).toEqual([
      ['one', 2, customer.id],
      ['two', 2, customer.id],
    ]);
    expect(await until(({ readMark }) => readMark !== null)).toEqual([
      `${unknown} -> ${customer.id}`,
      `${customer.id}: 2 inbound, 1 linked`,
      `mark ${customer.id}: 2`,
    ]);
    await unlink(ana, unknown);
    expect((await log.take(2)).map(({ entry }) => [entry.body, entry.revision, entry.customerId])).toEqual([
      ['one', 3, unknown],
      ['two', 3, unknown],
    ]);
    expect(await until(({ readMark }) => readMark?.conversationId === unknown)).toEqual([
      `${customer.id}: 0 inbound, 0 linked`,
      `mark ${customer.id}: 0`,
      `${unknown}: 2 inbound, 0 linked`,
      `mark ${unknown}: 2`,
    ]);
    expect(await conversation(maria, unknown)).toMatchObject({ unreadCount: 0 });
  });

  test('of a customer who was made for it removes them, and their id goes on as an alias', async ({ office }) => {
    const { server, other, ana, maria } = office;
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    await deliver(server, text(from, 'who am I?'));
    const made = await createFrom(ana, unknown, {
      name: 'Made Of It',
      contacts: [{ type: 'WHATSAPP', value: `+${from}` }],
    });
    expect(await conversation(maria, unknown)).toMatchObject({ id: made, linked: [{ conversationId: unknown }] });
    await deliver(server, text(from, 'since'));
    await markRead(maria, made, await newestId(maria, made));

    await using changes = await followInbox(other, maria);
    await unlink(ana, unknown);
    const steps = await changes.until(({ inboxChanged }) => inboxChanged.readMark !== null);
    expect(steps.map(({ inboxChanged }) => summary(inboxChanged))).toEqual([
      `${made} -> ${unknown}`,
      `removed ${made}`,
      `${unknown}: 2 inbound, 0 linked`,
      `mark ${unknown}: 2`,
    ]);
    for (const id of [unknown, made]) {
      expect(await bodiesOf(maria, id)).toEqual(['who am I?', 'since']);
      expect(await conversation(maria, id)).toMatchObject({ id: unknown, customer: null, unreadCount: 0 });
    }
    expect(await ana.ask('query Gone($id: ID!) { customer(id: $id) { id } }', { id: made })).toEqual({
      customer: null,
    });
    const sent = await send(ana, { customerId: made, toPhone: `+${from}`, message: 'to the old id' });
    expect(sent.customerId).toBe(unknown);
    await deliver(server, text(from, 'still unknown'));
    // Given to somebody else, the old ids lead there.
    const customer = await customerWith(ana, 'The right one', `+${freshNumber()}`);
    await link(maria, unknown, customer.id);
    expect(await conversation(ana, made)).toMatchObject({ id: customer.id });
    expect(await bodiesOf(ana, made)).toEqual(['who am I?', 'since', 'to the old id', 'still unknown']);
  });

  test.for([
    ['a note', (staff: TestStaff, id: string) => note(staff, id, 'theirs alone')],
    ['a change', (staff: TestStaff, id: string) => rename(staff, id)],
    [
      'another sender',
      async (staff: TestStaff, id: string, otherUnknown: string) => void (await link(staff, otherUnknown, id)),
    ],
  ] as const)('keeps a customer who was made for it and has %s', async ([, give], { office: { server, ana } }) => {
    const [from, another] = [freshNumber(), freshNumber()];
    await deliver(server, text(from, 'mine'), text(another, 'also mine'));
    const made = await createFrom(ana, `unknown:${from}`, { name: 'Kept', contacts: [] });
    await give(ana, made, `unknown:${another}`);
    await unlink(ana, `unknown:${from}`);
    expect(await conversation(ana, made)).toMatchObject({ id: made, customer: { id: made } });
    expect(await bodiesOf(ana, `unknown:${from}`)).toEqual(['mine']);
  });

  test('lasts: the sender stays unknown, whoever has the number, until somebody decides', async ({ office }) => {
    const { server, ana } = office;
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    await deliver(server, text(from, 'one'));
    // Adopted by the number.
    const customer = await customerWith(ana, 'Has the number', `+${from}`);
    expect(await conversation(ana, customer.id)).toMatchObject({ linked: [{ conversationId: unknown }] });
    await note(ana, customer.id, 'keeps them');
    await unlink(ana, unknown);
    await deliver(server, text(from, 'two'));
    await rename(ana, customer.id);
    await customerWith(ana, 'Has it too', `+${from}`);
    expect(await bodiesOf(ana, unknown)).toEqual(['one', 'two']);
    expect(await conversation(ana, unknown)).toMatchObject({ id: unknown, unanswered: true });
    await link(ana, unknown, customer.id);
    await deliver(server, text(from, 'three'));
    expect(await bodiesOf(ana, customer.id)).toEqual(['one', 'keeps them', 'two', 'three']);
    // And back once more.
    await unlink(ana, unknown);
    expect(await bodiesOf(ana, unknown)).toEqual(['one', 'two', 'three']);
  });

  test('a number that several spell differently is one sender', async ({ office }) => {
    const { server, ana } = office;
    const unknown = 'unknown:554187660001';
    const customer = await createCustomer(ana, { name: 'Wrote first', contacts: [] });
    // Before anybody has written from it, the number goes out as it was typed.
    await send(ana, { customerId: customer.id, toPhone: '+55 41 98766-0001', message: 'first' });
    await deliver(server, text('554187660001', 'oi'));
    await link(ana, unknown, customer.id);
    await send(ana, { customerId: customer.id, toPhone: '+55 41 98766-0001', message: 'second' });
    await unlink(ana, unknown);
    expect(await bodiesOf(ana, unknown)).toEqual(['first', 'oi', 'second']);
    expect(await bodiesOf(ana, customer.id)).toEqual([]);
  });

  test('needs a link', async ({ office }) => {
    const { server, ana } = office;
    const from = freshNumber();
    const customer = await customerWith(ana, 'Never linked', `+${from}`);
    await deliver(server, text(from, 'known from the first'));
    for (const id of [`unknown:${from}`, `unknown:${freshNumber()}`, customer.id, '', '\u0000']) {
      const { errors } = await tryUnlink(ana, id);
      expect(errors?.[0]?.extensions, id).toMatchObject({ code: 'NOT_FOUND', field: 'conversationId' });
    }
  });
});

describe('at the same moment', () => {
  test('messages that come while a link is undone, and made, are lost to nobody', async ({ office }) => {
    const { server, other, ana, maria } = office;
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    const customer = await customerWith(ana, 'In and out', `+${freshNumber()}`);
    await deliver(server, text(from, 'first'));
    await using log = await follow(other, maria, { customerId: unknown });
    const bodies = Array.from({ length: 40 }, (_, index) => `meanwhile ${index}`);
    const clicks = async () => {
      for (let round = 0; round < 4; round += 1) {
        await link(ana, unknown, customer.id);
        await unlink(maria, unknown);
      }
    };
    const [, ...sends] = await Promise.all([
      clicks(),
      ...['a', 'b', 'c'].map((message) => trySend(ana, { customerId: unknown, toPhone: `+${from}`, message })),
      ...bodies.map((body, index) => deliver(index % 2 ? server : other, text(from, body))),
    ]);
    const said = await commsOf(ana, unknown);
    const entries = said.filter(({ direction }) => direction === 'INBOUND');
    expect(entries.map(({ body }) => body).toSorted()).toEqual(['first', ...bodies].toSorted());
    expect(await conversation(ana, unknown)).toMatchObject({ id: unknown, inboundCount: 41, unreadCount: 41 });
    expect(await conversation(ana, customer.id)).toMatchObject({ inboundCount: 0 });
    // What was sent is somewhere; of what was not, the sender of it was told.
    const sent = [...said, ...(await commsOf(ana, customer.id))].filter(({ direction }) => direction === 'OUTBOUND');
    expect(sent).toHaveLength(sends.filter((answer) => answer?.data).length);

    // Who followed the sender was told of each entry first that it was logged, and last where it is now.
    await deliver(server, text(from, 'the end'));
    const told = new Map<string, Entry[]>();
    for (let last = ''; last !== 'the end'; ) {
      const { entry } = await log.next();
      told.set(entry.id, [...(told.get(entry.id) ?? []), entry]);
      last = entry.body;
    }
    for (const entry of said.filter(({ body }) => body !== 'first')) {
      expect(told.get(entry.id)?.at(-1)).toMatchObject({ customerId: unknown });
    }
  });

  test('of two people who give one sender to two customers, one does, and the other is told', async ({ office }) => {
    const { server, ana, maria } = office;
    const [one, two] = await Promise.all([
      customerWith(ana, 'One', `+${freshNumber()}`),
      customerWith(maria, 'Two', `+${freshNumber()}`),
    ]);
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    await deliver(server, text(from, 'whose?'));
    const answers = await Promise.all([
      tryLink(ana, unknown, one.id),
      tryLink(maria, unknown, two.id),
      ana.post(CREATE_FROM, { input: { name: 'Three', contacts: [], conversationId: unknown } }),
      maria.post(CREATE_FROM, { input: { name: 'Four', contacts: [], conversationId: unknown } }),
    ]);
    const refused = answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions);
    expect(refused).toHaveLength(3);
    for (const { code, field } of refused) {
      expect(['BAD_USER_INPUT', 'NOT_FOUND']).toContain(code);
      expect(field).toBe('conversationId');
    }
    const undone = await Promise.all([tryUnlink(ana, unknown), tryUnlink(maria, unknown)]);
    expect(undone.flatMap(({ errors }) => errors ?? [])).toHaveLength(1);
    expect(await bodiesOf(ana, unknown)).toEqual(['whose?']);
    expect(await conversationIds(ana, { search: 'whose?' })).toEqual([unknown]);
    for (const { id } of [one, two]) expect(await conversation(ana, id)).toMatchObject({ inboundCount: 0 });
    const { customers } = await ana.ask<{ customers: { nodes: unknown[] } }>(
      '{ customers(search: "three") { nodes { id } } }',
    );
    expect(customers.nodes).toEqual([]);
  });

  test('a customer is made only of somebody unknown', async ({ office }) => {
    const { ana } = office;
    const customer = await customerWith(ana, 'Known', `+${freshNumber()}`);
    for (const conversationId of [`unknown:${freshNumber()}`, customer.id, '\u0000']) {
      const { errors } = await ana.post(CREATE_FROM, { input: { name: 'Nobody', contacts: [], conversationId } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'conversationId' });
    }
    const { errors } = await trySend(ana, { customerId: 'unknown:1', toPhone: '+306970000001', message: 'x' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});

const CREATE_FROM = /* GraphQL */ `
  mutation CreateFrom($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }
`;

async function createFrom(staff: TestStaff, conversationId: string, input: Record<string, unknown>): Promise<string> {
  const data = await staff.ask<{ createCustomer: { customer: { id: string } } }>(CREATE_FROM, {
    input: { ...input, conversationId },
  });
  return data.createCustomer.customer.id;
}

async function note(staff: TestStaff, customerId: string, body: string): Promise<void> {
  await staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', {
    input: { customerId, type: 'NOTE', direction: 'INTERNAL', body },
  });
}

async function rename(staff: TestStaff, id: string): Promise<void> {
  await staff.ask(
    'mutation Rename($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }',
    {
      input: { id, name: 'Renamed' },
    },
  );
}

/** What was said, oldest first. */
async function bodiesOf(staff: TestStaff, id: string): Promise<string[]> {
  return (await commsOf(staff, id)).toSorted((a, b) => Number(a.id) - Number(b.id)).map(({ body }) => body);
}

function told(steps: Logged[]): string[] {
  return steps.map(({ change, entry }) => `${change} ${entry.body}`);
}

function withoutRevisions({ revision: _, readRevision: __, ...rest }: OwnConversation): object {
  return rest;
}

function summary({ conversation: state, conversationMoved: moved, ...step }: InboxStep): string {
  if (state) return `${state.id}: ${state.inboundCount} inbound, ${state.linked.length} linked`;
  if (moved) return `${moved.from} -> ${moved.to}`;
  if (step.readMark) return `mark ${step.readMark.conversationId}: ${step.readMark.readCount}`;
  return step.customerRemoved ? `removed ${step.customerRemoved}` : JSON.stringify(step);
}
