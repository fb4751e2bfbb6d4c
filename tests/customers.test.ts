import { describe, expect } from 'vitest';
import { CREATE_CUSTOMER, createCustomer, customerWith, type NewCustomer } from './harness/customers.ts';
import { commsOf, follow } from './harness/feed.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import type { TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

describe('a number that staff typed meets the one that Meta sends', () => {
  test.for([
    ['697 401 5758', '306974015758'],
    ['0030 697 402 5758', '306974025758'],
    ['+30 697-403 5758', '306974035758'],
    ['(+30) 6974 045758', '306974045758'],
    ['697.405.5758', '306974055758'],
    ['+30\u00a0697\u00a0406\u00a05758', '306974065758'],
    ['2310 123456', '302310123456'],
    ['+1 (415) 555-2671', '14155552671'],
    ['+44 20 7946 0958', '442079460958'],
  ] as const)('%s is %s', async ([typed, wa], { server, staff }) => {
    const customer = await customerWith(staff, `Typed ${typed}`, typed);
    expect(customer.contacts).toMatchObject([
      { type: 'WHATSAPP', value: typed, display: expect.stringMatching(/^\+\d/) },
    ]);
    expect(customer.contacts[0]?.display.replace(/\D/g, '')).toBe(wa);
    await deliver(server, text(wa, 'hello'));
    expect((await commsOf(staff, customer.id)).map(({ phone, body }) => [phone, body])).toEqual([[wa, 'hello']]);
  });

  test.for([
    ['Brazil, with the ninth digit, and Meta without', '+55 11 98765-4321', '551187654321'],
    ['Brazil, without the ninth digit, and Meta with', '+55 31 8765-4321', '5531987654321'],
    ['Mexico, without the 1, and Meta with', '+52 55 1234 5678', '5215512345678'],
    ['Mexico, with the 1, and Meta without', '+52 1 33 1234 5678', '523312345678'],
    ['Argentina, with the 9, and Meta without', '+54 9 11 2345-6789', '541123456789'],
    ['Argentina, without the 9, and Meta with', '+54 351 234-5678', '5493512345678'],
  ] as const)('%s', async ([, typed, wa], { server, staff }) => {
    const customer = await customerWith(staff, `Variant ${typed}`, typed);
    await deliver(server, text(wa, 'oi'));
    // What Meta gave is answered to: it is never rewritten.
    expect((await commsOf(staff, customer.id)).map(({ phone }) => phone)).toEqual([wa]);
  });

  test('exact goes before a variant', async ({ server, staff }) => {
    await customerWith(staff, 'With the ninth digit', '+55 21 99876-5432');
    const exact = await customerWith(staff, 'Without it', '+55 21 9876-5432');
    await deliver(server, text('552198765432', 'for the one without'));
    expect(await bodiesOf(staff, exact.id)).toEqual(['for the one without']);
  });

  test('a WhatsApp contact goes before a phone, then the customer made first', async ({ server, staff }) => {
    const [shared, phones] = [freshNumber(), freshNumber()];
    await createCustomer(staff, { name: 'By phone', contacts: [{ type: 'PHONE', value: `+${shared}` }] });
    const whatsapp = await customerWith(staff, 'By WhatsApp', `+${shared}`);
    await customerWith(staff, 'By WhatsApp, later', `+${shared}`);
    const first = await createCustomer(staff, { name: 'First', contacts: [{ type: 'PHONE', value: `+${phones}` }] });
    await createCustomer(staff, { name: 'Second', contacts: [{ type: 'PHONE', value: `+${phones}` }] });
    await deliver(server, text(shared, 'one'), text(phones, 'two'));
    expect(await bodiesOf(staff, whatsapp.id)).toEqual(['one']);
    expect(await bodiesOf(staff, first.id)).toEqual(['two']);
  });

  test('a sender once assigned stays so', async ({ server, staff }) => {
    const from = freshNumber();
    const first = await createCustomer(staff, { name: 'First', contacts: [{ type: 'PHONE', value: `+${from}` }] });
    await deliver(server, text(from, 'before'));
    await customerWith(staff, 'A better match, too late', `+${from}`);
    await deliver(server, text(from, 'after'));
    expect(await bodiesOf(staff, first.id)).toEqual(['before', 'after']);
  });
});

describe("an unknown sender's history", () => {
  test('goes to the new customer with that number, in one transaction, event by event', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'one', { name: 'ana' }), text(from, 'two'));
    await using feed = await follow(server, staff);
    const customer = await customerWith(staff, 'Ana Silva', `0030 ${from.slice(2)}`);

    const events = await feed.take(2);
    for (const { change, entry } of events) {
      expect(change).toBe('UPDATED');
      expect(entry).toMatchObject({ revision: 2, customerId: customer.id, customer: { name: 'Ana Silva' } });
    }
    expect(events.map(({ entry }) => entry.body).sort()).toEqual(['one', 'two']);
    await deliver(server, text(from, 'three'));
    expect(await feed.next()).toMatchObject({ change: 'LOGGED', entry: { body: 'three', customerId: customer.id } });
    expect(await bodiesOf(staff, customer.id)).toEqual(['one', 'two', 'three']);
  });

  test('is still found by its old id', async ({ server, staff }) => {
    const from = freshNumber();
    const unknown = `unknown:${from}`;
    await deliver(server, text(from, 'who am I?'));
    const customer = await customerWith(staff, 'Somebody', `+${from}`);
    expect(await bodiesOf(staff, unknown)).toEqual(['who am I?']);
    expect(await conversation(staff, unknown)).toMatchObject({ id: customer.id, name: 'Somebody' });
    await using feed = await follow(server, staff, { customerId: unknown });
    await deliver(server, text(from, 'still me'));
    expect(await bodiesOf(staff, unknown)).toEqual(['who am I?', 'still me']);
    expect((await feed.next()).entry.body).toBe('still me');
  });

  test('written with a national variant is found as well', async ({ server, staff }) => {
    await deliver(server, text('551191234567', 'oi'));
    const customer = await customerWith(staff, 'Beatriz', '+55 11 99123-4567');
    expect(await bodiesOf(staff, customer.id)).toEqual(['oi']);
  });

  test('several numbers of one person come together', async ({ server, staff }) => {
    const [first, second] = [freshNumber(), freshNumber()];
    await deliver(server, text(first, 'from one'));
    await deliver(server, text(second, 'from the other'));
    const customer = await createCustomer(staff, {
      name: 'Two Phones',
      contacts: [
        { type: 'WHATSAPP', value: `+${first}` },
        { type: 'PHONE', value: `+${second}` },
      ],
    });
    expect(await bodiesOf(staff, customer.id)).toEqual(['from one', 'from the other']);
    expect(await conversation(staff, customer.id)).toMatchObject({ inboundCount: 2, unreadCount: 2, unanswered: true });
  });

  test('stays with the customer who has it, whoever else is given the number', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'mine'));
    const first = await customerWith(staff, 'First', `+${from}`);
    const second = await customerWith(staff, 'Second', `+${from}`);
    expect(await bodiesOf(staff, first.id)).toEqual(['mine']);
    expect(await bodiesOf(staff, second.id)).toEqual([]);
  });

  test('is lost to nobody when messages come at the same moment', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'first'));
    const bodies = Array.from({ length: 20 }, (_, index) => `meanwhile ${index}`);
    const [customer] = await Promise.all([
      customerWith(staff, 'In Between', `+${from}`),
      ...bodies.map((body) => deliver(server, text(from, body))),
    ]);
    expect((await bodiesOf(staff, customer.id)).toSorted()).toEqual(['first', ...bodies].toSorted());
    expect(await conversation(staff, customer.id)).toMatchObject({ inboundCount: 21 });
  });
});

describe('making a customer', () => {
  test('keeps what was typed', async ({ staff }) => {
    const input: NewCustomer = {
      name: 'Γιώργος Παπαδόπουλος',
      organization: 'Café Ñandú & Sons',
      contacts: [
        { type: 'WHATSAPP', value: '697 488 0001', label: 'mobile' },
        { type: 'EMAIL', value: 'Giorgos@Example.com' },
      ],
    };
    const customer = await createCustomer(staff, input);
    expect(customer).toMatchObject(input);
    expect(customer.contacts.map(({ label }) => label)).toEqual(['mobile', null]);
    expect(await customerById(staff, customer.id)).toEqual(customer);
  });

  test.for([
    ['name', { name: '', contacts: [] }],
    ['name', { name: '   ', contacts: [] }],
    ['name', { name: 'x'.repeat(201), contacts: [] }],
    ['organization', { name: 'A', organization: 'x'.repeat(201), contacts: [] }],
    ['contacts.0.value', { name: 'A', contacts: [{ type: 'PHONE', value: 'call me' }] }],
    ['contacts.0.value', { name: 'A', contacts: [{ type: 'WHATSAPP', value: '' }] }],
    [
      'contacts.1.value',
      {
        name: 'A',
        contacts: [
          { type: 'EMAIL', value: 'a@b.gr' },
          { type: 'EMAIL', value: 'nonsense' },
        ],
      },
    ],
    ['contacts.0.label', { name: 'A', contacts: [{ type: 'EMAIL', value: 'a@b.gr', label: 'x'.repeat(101) }] }],
    [
      'contacts',
      { name: 'A', contacts: Array.from({ length: 51 }, (_, i) => ({ type: 'EMAIL', value: `a${i}@b.gr` })) },
    ],
  ] as const)('%s is refused with its place: %j', async ([field, input], { staff }) => {
    const { errors, data } = await staff.post(CREATE_CUSTOMER, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(data?.createCustomer ?? null).toBeNull();
  });

  test('an id that nobody has is null', async ({ staff }) => {
    for (const id of ['nobody', '', '00000000-0000-0000-0000-000000000000', "'; drop table customer; --", '\u0000']) {
      expect(await customerById(staff, id), id).toBeNull();
      expect(await conversation(staff, id), id).toBeNull();
    }
  });
});

describe('the list of customers', () => {
  test('is searched by every word, whatever the case and accents', async ({ staff }) => {
    const customer = await createCustomer(staff, {
      name: 'Οδυσσέας Ξένος',
      organization: 'Ναυτιλία Ιθάκης',
      contacts: [
        { type: 'WHATSAPP', value: '697 499 1234' },
        { type: 'EMAIL', value: 'odysseas@ithaki.example' },
      ],
    });
    const finds = [
      'ΟΔΥΣΣΕΑΣ',
      'οδυσσεας',
      'ξενοσ',
      'ναυτιλια οδυσ',
      'ithaki',
      '697499',
      '697 499 1234',
      '+30 697 499 12',
      '6974991234',
      'δυσσ',
    ];
    for (const search of finds) expect(await namesOf(staff, search), search).toEqual([customer.name]);
    for (const search of ['Οδυσσέας Καλυψώ', '100%', '_', '\\'])
      expect(await namesOf(staff, search), search).toEqual([]);
  });

  test('is paged by name, each once, while others are being added', async ({ staff }) => {
    const names = Array.from({ length: 7 }, (_, index) => `Paged ${String.fromCharCode(65 + index)}`);
    for (const name of names.toReversed()) await createCustomer(staff, { name, contacts: [] });
    const seen: string[] = [];
    let after: string | null = null;
    for (const expected of [true, true, false]) {
      const page: Page = await customers(staff, { search: 'paged', first: 3, after });
      seen.push(...page.nodes.map(({ name }) => name));
      expect(page.pageInfo).toMatchObject({ hasNextPage: expected, hasPreviousPage: after !== null });
      expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
      after = page.pageInfo.endCursor;
      await createCustomer(staff, { name: 'Paged A, added on the way', contacts: [] });
    }
    expect(seen).toEqual(names);
  });
});

interface Page {
  nodes: { name: string }[];
  edges: { cursor: string; node: { name: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

async function customers(staff: TestStaff, variables: Record<string, unknown>): Promise<Page> {
  const data = await staff.ask<{ customers: Page }>(
    `query Customers($search: String, $first: Int, $after: String) {
      customers(search: $search, first: $first, after: $after) {
        nodes { name }
        edges { cursor node { name } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`,
    variables,
  );
  return data.customers;
}

async function namesOf(staff: TestStaff, search: string): Promise<string[]> {
  return (await customers(staff, { search })).nodes.map(({ name }) => name);
}

async function customerById(staff: TestStaff, id: string): Promise<unknown> {
  const data = await staff.ask<{ customer: unknown }>(
    'query Customer($id: ID!) { customer(id: $id) { id name organization contacts { type value display label } } }',
    { id },
  );
  return data.customer;
}

async function conversation(staff: TestStaff, id: string): Promise<unknown> {
  const data = await staff.ask<{ conversation: unknown }>(
    'query Conversation($id: ID!) { conversation(id: $id) { id name inboundCount unreadCount unanswered } }',
    { id },
  );
  return data.conversation;
}

/** What was said, oldest first. */
async function bodiesOf(staff: TestStaff, id: string): Promise<string[]> {
  return (await commsOf(staff, id)).map(({ body }) => body).reverse();
}
