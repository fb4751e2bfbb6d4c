import { describe, expect } from 'vitest';
import { createCustomer, customerWith } from './harness/customers.ts';
import {
  conversation,
  conversationIds,
  counts,
  followInbox,
  markAnswered,
  markRead,
  markUnread,
  newestId,
  refusedMark,
  officeTest as test,
} from './harness/day-work.ts';
import { commsOf, inbox } from './harness/feed.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import { followSends, retry, send } from './harness/sending.ts';
import type { TestStaff } from './harness/staff.ts';
import { signInMember } from './harness/team.ts';

describe('read and unread', () => {
  test('what one person reads and makes unread is their own, with a revision', async ({ office }) => {
    const { server, other, ana, maria } = office;
    const id = `unknown:${freshNumber()}`;
    await deliver(server, text(numberOf(id), 'one'), text(numberOf(id), 'two'));
    expect(await conversation(ana, id)).toMatchObject({ unreadCount: 2, readUpToEntryId: null, readRevision: 0 });
    await using anas = await followInbox(server, ana);
    await using marias = await followInbox(other, maria);

    const newest = await newestId(ana, id);
    expect(await markRead(ana, id, newest)).toMatchObject({ unreadCount: 0, readUpToEntryId: newest, readRevision: 1 });
    const back = String(Number(newest) - 1);
    expect(await markUnread(ana, id)).toMatchObject({ unreadCount: 1, readUpToEntryId: back, readRevision: 2 });
    // A second click changes nothing.
    expect(await markUnread(ana, id)).toMatchObject({ unreadCount: 1, readRevision: 2 });
    expect(await conversation(maria, id)).toMatchObject({ unreadCount: 2, readRevision: 0 });
    expect(await markRead(ana, id, newest)).toMatchObject({ unreadCount: 0, readRevision: 3 });

    const marks = (await anas.until(({ inboxChanged }) => inboxChanged.readMark?.revision === 3)).flatMap(
      ({ inboxChanged: { readMark } }) => (readMark ? [readMark] : []),
    );
    expect(marks.at(-1)).toEqual({ conversationId: id, revision: 3, upToEntryId: newest, readCount: 2 });
    await deliver(server, text(numberOf(id), 'three'));
    const hers = await marias.until(({ inboxChanged }) => inboxChanged.conversation?.inboundCount === 3);
    expect(hers.filter(({ inboxChanged }) => inboxChanged.readMark)).toEqual([]);
  });

  test('for somebody new, what was said before counts as read, and what is said from then on does not', async ({
    office,
  }) => {
    const { server, ana } = office;
    const [before, since] = [freshNumber(), freshNumber()];
    await deliver(server, text(before, 'before'));
    const [joined] = await Promise.all([
      signInMember(server, ana),
      ...Array.from({ length: 30 }, (_, index) => deliver(server, text(freshNumber(), `meanwhile ${index}`))),
    ]);
    await markRead(joined, `unknown:${before}`, await newestId(joined, `unknown:${before}`));
    const meanwhile = await unreadIds(joined);
    expect((await counts(joined)).unread).toBe(meanwhile.length);
    await deliver(server, text(before, 'once more'), text(since, 'since'));
    expect((await unreadIds(joined)).toSorted()).toEqual(
      [...meanwhile, `unknown:${before}`, `unknown:${since}`].toSorted(),
    );
    const bodies = (await inbox(joined, { unreadOnly: true })).map(({ body }) => body);
    expect(bodies.slice(0, 2)).toEqual(['since', 'once more']);
    expect(bodies).toHaveLength(meanwhile.length + 2);
  });

  test('what one logs oneself one has read, and nothing else with it', async ({ office }) => {
    const { server, ana, maria } = office;
    const from = freshNumber();
    const { id } = await customerWith(ana, 'Wrote a mail', `+${from}`);
    const logMail = (staff: TestStaff, idempotencyKey?: string) =>
      staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', {
        input: { customerId: id, type: 'EMAIL', direction: 'INBOUND', body: 'asked for the price', idempotencyKey },
      });
    await logMail(ana, 'the mail');
    expect(await conversation(ana, id)).toMatchObject({ unreadCount: 0, readRevision: 1 });
    expect(await conversation(maria, id)).toMatchObject({ unreadCount: 1, readRevision: 0 });
    // As after a first try that ended between the entry and the mark.
    await markUnread(ana, id);
    await logMail(ana, 'the mail');
    expect(await conversation(ana, id)).toMatchObject({ unreadCount: 0, readRevision: 3 });
    await deliver(server, text(from, 'and by when?'));
    await logMail(ana);
    expect(await conversation(ana, id)).toMatchObject({ unreadCount: 2, readRevision: 3 });
    await logMail(maria);
    expect(await conversation(maria, id)).toMatchObject({ unreadCount: 4, readRevision: 0 });
  });

  test('nothing is read up to an entry that is not there, or that is another conversation’s', async ({ office }) => {
    const { server, ana } = office;
    const [id, another] = [`unknown:${freshNumber()}`, `unknown:${freshNumber()}`];
    await deliver(server, text(numberOf(id), 'here'));
    await deliver(server, text(numberOf(another), 'elsewhere'));
    const before = await conversation(ana, id);
    for (const entry of [await newestId(ana, another), '0', '999999999999999']) {
      expect(await refusedMark(ana, id, entry), entry).toEqual({ code: 'NOT_FOUND', field: 'upToEntryId' });
    }
    expect(await conversation(ana, id)).toEqual(before);
  });

  test('what was never read, and where nobody wrote, stays as it is', async ({ office }) => {
    const { server, ana } = office;
    const id = `unknown:${freshNumber()}`;
    await deliver(server, text(numberOf(id), 'never read'));
    expect(await markUnread(ana, id)).toMatchObject({ unreadCount: 1, readRevision: 0 });
    const silent = await createCustomer(ana, { name: 'Silent', contacts: [] });
    expect(await markUnread(ana, silent.id)).toMatchObject({ unreadCount: 0, readRevision: 0 });
    const { errors } = await ana.post('mutation { markUnread(conversationId: "unknown:1") { conversation { id } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'conversationId' });
  });
});

describe('unanswered', () => {
  test('is the same for everybody, and ended by a word of anybody, or by saying so', async ({ office }) => {
    const { server, other, ana, maria } = office;
    const customer = await customerWith(ana, 'Waits for an answer', `+${freshNumber()}`);
    const from = phoneOf(customer);
    await deliver(server, text(from, 'hello?'));
    const asked = await newestId(ana, customer.id);
    await using marias = await followInbox(other, maria);
    expect(await markAnswered(ana, customer.id, asked)).toMatchObject({ unanswered: false });
    const told = await marias.until(({ inboxChanged }) => inboxChanged.conversation?.id === customer.id);
    expect(told.at(-1)?.inboxChanged.conversation).toMatchObject({ unanswered: false });
    expect(await conversationIds(maria, { unansweredOnly: true })).not.toContain(customer.id);

    const { revision } = await conversation(maria, customer.id);
    expect(await markAnswered(maria, customer.id, asked)).toMatchObject({ unanswered: false, revision });
    expect(await markAnswered(maria, customer.id, asked, false)).toMatchObject({ unanswered: true });
    expect(await conversationIds(ana, { unansweredOnly: true })).toContain(customer.id);
    const asks = (await inbox(ana, { unansweredOnly: true })).filter(({ customerId }) => customerId === customer.id);
    expect(asks.map(({ body }) => body)).toEqual(['hello?']);

    await markAnswered(ana, customer.id, asked);
    await deliver(server, text(from, 'are you there?'));
    expect(await conversation(ana, customer.id)).toMatchObject({ unanswered: true });
    // Somebody who has not seen that yet.
    expect(await markAnswered(ana, customer.id, asked)).toMatchObject({ unanswered: true });
    await send(ana, { customerId: customer.id, toPhone: `+${from}`, message: 'Yes.' });
    expect(await conversation(maria, customer.id)).toMatchObject({ unanswered: false });
    // Staff spoke last: nothing waits.
    const newest = await newestId(ana, customer.id);
    expect(await markAnswered(ana, customer.id, newest, false)).toMatchObject({ unanswered: false });
  });
});

describe('failed', () => {
  test('is told when the newest message fails, and when a later one goes out', async ({ office }) => {
    const { server, other, ana, maria } = office;
    const customer = await customerWith(ana, 'Hard to reach', `+${freshNumber()}`);
    const to = { customerId: customer.id, toPhone: `+${phoneOf(customer)}` };
    await using marias = await followInbox(other, maria);
    const untilFailed = async (failed: boolean) => {
      const steps = await marias.until(
        ({ inboxChanged: { conversation: state } }) => state?.id === customer.id && state.failed === failed,
      );
      return steps.at(-1)?.inboxChanged.conversation?.revision ?? 0;
    };
    await using sends = await followSends(server, ana, customer.id);
    const refused = await send(ana, { ...to, message: 'refuse this' });
    await sends.until(({ status }) => status === 'FAILED');
    const first = await untilFailed(true);
    expect(await conversation(maria, customer.id)).toMatchObject({ failed: true, revision: first });
    expect(await conversationIds(maria, { failedOnly: true })).toEqual([customer.id]);
    expect((await inbox(maria, { failedOnly: true })).map(({ body }) => body)).toEqual(['refuse this']);
    expect((await counts(maria)).failed).toBe(1);

    // As soon as there is a newer one.
    const another = send(ana, { ...to, message: 'hold on, another way' });
    expect(await untilFailed(false)).toBeGreaterThan(first);
    (await office.held.next()).accept();
    await another;
    expect(await conversationIds(maria, { failedOnly: true })).toEqual([]);
    // The entry is what it was.
    expect((await inbox(maria, { failedOnly: true })).map(({ body }) => body)).toEqual(['refuse this']);

    const again = send(ana, { ...to, message: 'hold on once more' });
    (await office.held.next()).refuse(131026);
    await untilFailed(true);
    await again;
    await retry(ana, (await commsOf(ana, customer.id))[0]?.id ?? '');
    // Under way, and refused again.
    await untilFailed(false);
    (await office.held.next()).refuse(131026);
    await untilFailed(true);
    expect(refused.status).not.toBe('SENT');
  });
});

describe('counts and filters', () => {
  test('agree with what the filters find', async ({ office }) => {
    const { server, ana, maria } = office;
    const customer = await customerWith(ana, 'Counted', `+${freshNumber()}`);
    await deliver(server, text(freshNumber(), 'counted too'), text(phoneOf(customer), 'counted'));
    await logCall(ana, customer.id);
    for (const staff of [ana, maria]) {
      const { all, unread, unanswered, unknown, failed, types } = await counts(staff);
      const found = async (filter: object) => (await conversationIds(staff, { ...filter })).length;
      expect({ all, unread, unanswered, unknown, failed }).toEqual({
        all: await found({}),
        unread: await found({ unreadOnly: true }),
        unanswered: await found({ unansweredOnly: true }),
        unknown: await found({ unknownOnly: true }),
        failed: await found({ failedOnly: true }),
      });
      expect(types.map(({ type }) => type)).toEqual(['WHATSAPP', 'EMAIL', 'SMS', 'CALL', 'NOTE', 'MEETING']);
      for (const { type, count } of types) expect([type, count]).toEqual([type, await found({ type })]);
    }
    expect((await counts(ana)).types).toContainEqual({ type: 'CALL', count: 1 });
    expect(await conversationIds(ana, { type: 'CALL' })).toEqual([customer.id]);
    expect(await conversationIds(ana, { type: 'CALL', direction: 'OUTBOUND' })).toEqual([]);
    expect((await conversationIds(ana, { type: 'WHATSAPP', unknownOnly: true, unansweredOnly: true })).length).toBe(
      (await counts(ana)).unknown,
    );
  });
});

describe('a searched list', () => {
  test('says which entry it was found by', async ({ office }) => {
    const { server, ana } = office;
    const [first, second, third] = [freshNumber(), freshNumber(), freshNumber()];
    await deliver(
      server,
      text(first, 'an aubergine, please'),
      text(first, 'Two AUBERGINES, and bread'),
      text(first, 'bye'),
    );
    await deliver(server, text(second, 'bread'), text(second, 'aubergine'));
    await deliver(server, text(third, 'no vegetable', { name: 'Aubergine Bread' }));
    const found = async (search: string) => {
      const data = await ana.ask<{
        conversations: { edges: { node: { id: string }; match: { body: string } | null }[] };
      }>(
        'query Found($filter: InboxFilter) { conversations(filter: $filter) { edges { node { id } match { body } } } }',
        { filter: { search } },
      );
      return data.conversations.edges.map(({ node, match }) => [node.id.replace('unknown:', ''), match?.body]);
    };
    expect(await found('aubergine')).toEqual([
      [third, undefined],
      [second, 'aubergine'],
      [first, 'Two AUBERGINES, and bread'],
    ]);
    expect(await found('bread aubergine')).toEqual([
      [third, undefined],
      [second, undefined],
      [first, 'Two AUBERGINES, and bread'],
    ]);
  });
});

describe('doubts', () => {
  test('name who else has the number, and where its messages go', async ({ office }) => {
    const { server, ana } = office;
    const number = '5541987650001';
    const first = await createCustomer(ana, { name: 'First', contacts: [{ type: 'PHONE', value: `+${number}` }] });
    expect(await doubtsOf(ana, first.id)).toEqual([]);
    // Without the ninth digit.
    const second = await createCustomer(ana, {
      name: 'Second',
      contacts: [
        { type: 'EMAIL', value: 'second@example.com' },
        { type: 'WHATSAPP', value: '+55 41 8765-0001' },
      ],
    });
    const aboutFirst = { other: { name: 'Second' }, sameDigits: false, contact: { value: `+${number}` } };
    const aboutSecond = { other: { name: 'First' }, sameDigits: false, contact: { value: '+55 41 8765-0001' } };
    expect(await doubtsOf(ana, first.id)).toEqual([{ ...aboutFirst, logsHere: true }]);
    expect(await doubtsOf(ana, second.id)).toEqual([{ ...aboutSecond, logsHere: true }]);
    // Each number would go to whom it is written for; WhatsApp has one of them, and whoever got that has both.
    await deliver(server, text('554187650001', 'oi'));
    expect(await doubtsOf(ana, first.id)).toEqual([{ ...aboutFirst, logsHere: false }]);
    expect(await doubtsOf(ana, second.id)).toEqual([{ ...aboutSecond, logsHere: true }]);
    const same = await customerWith(ana, 'Third', `+${number}`);
    expect(await doubtsOf(ana, same.id)).toEqual([
      { other: { name: 'First' }, sameDigits: true, contact: { value: `+${number}` }, logsHere: false },
      { other: { name: 'Second' }, sameDigits: false, contact: { value: `+${number}` }, logsHere: false },
    ]);
  });
});

/** As each conversation says it, which the filter has to agree with. */
async function unreadIds(staff: TestStaff): Promise<string[]> {
  const all = await Promise.all((await conversationIds(staff, {})).map((id) => conversation(staff, id)));
  const unread = all.filter(({ unreadCount }) => unreadCount > 0).map(({ id }) => id);
  expect((await conversationIds(staff, { unreadOnly: true })).toSorted()).toEqual(unread.toSorted());
  return unread;
}

function numberOf(unknownId: string): string {
  return unknownId.replace('unknown:', '');
}

function phoneOf({ contacts }: { contacts: { value: string }[] }): string {
  return (contacts[0]?.value ?? '').replace('+', '');
}

async function logCall(staff: TestStaff, customerId: string): Promise<void> {
  await staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', {
    input: { customerId, type: 'CALL', direction: 'INBOUND', body: 'Called.' },
  });
}

async function doubtsOf(staff: TestStaff, id: string): Promise<unknown[]> {
  const data = await staff.ask<{ customer: { doubts: { other: { name: string } }[] } }>(
    `query Doubts($id: ID!) {
      customer(id: $id) { doubts { contact { value } other { name } sameDigits logsHere } }
    }`,
    { id },
  );
  return data.customer.doubts.toSorted((a, b) => (a.other.name < b.other.name ? -1 : 1));
}
