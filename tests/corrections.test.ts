import { describe, expect } from 'vitest';
import { createCustomer, customerWith } from './harness/customers.ts';
import { query } from './harness/database.ts';
import { commsOf, follow } from './harness/feed.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import { connect } from './harness/own-postgres.ts';
import { startServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

describe('updateCustomer', () => {
  test('changes what is given and leaves the rest', async ({ staff }) => {
    const made = await createCustomer(staff, {
      name: 'Ana Silva',
      organization: 'Padaria',
      contacts: [{ type: 'EMAIL', value: 'ana@example.com', label: 'work' }],
    });
    const renamed = await update(staff, { id: made.id, name: 'Ana Souza' });
    expect(renamed).toMatchObject({
      name: 'Ana Souza',
      organization: 'Padaria',
      revision: 2,
      contacts: [{ label: 'work' }],
    });
    const [mail] = renamed.contacts;
    const corrected = await update(staff, {
      id: made.id,
      organization: null,
      contacts: [
        { id: mail?.id, type: 'EMAIL', value: 'ana.souza@example.com' },
        { type: 'PHONE', value: '+55 11 98765-4321', label: 'new' },
      ],
    });
    expect(corrected.organization).toBeNull();
    expect(corrected.contacts).toMatchObject([
      { id: mail?.id, value: 'ana.souza@example.com', label: null },
      { type: 'PHONE', display: '+55 11 98765 4321' },
    ]);
    expect((await update(staff, { id: made.id, contacts: [] })).contacts).toEqual([]);
  });

  test('by two people at once, at two programs: each keeps what the other changed, and it is found', async ({
    databaseUrl,
    staff,
  }) => {
    await using other = await startServer({ databaseUrl });
    const colleague = await signIn(other);
    for (let round = 0; round < 20; round += 1) {
      const { id } = await createCustomer(staff, { name: `Before ${round}`, organization: 'Before', contacts: [] });
      const contacts = [mail(`at-once-${round}`)];
      await Promise.all([
        update(staff, { id, name: `After ${round}` }),
        update(colleague, { id, contacts }),
        update(colleague, { id, organization: `Guild ${round}` }),
      ]);
      const whole = { id, name: `After ${round}`, organization: `Guild ${round}`, contacts };
      expect(await found(staff, `after ${round} guild at-once-${round}@`)).toMatchObject([whole]);
      expect(await found(staff, `before ${round} at-once-${round}@`)).toEqual([]);
    }
  });

  test('is judged by what is there when its turn comes: a contact that went meanwhile is missed', async ({
    databaseUrl,
    staff,
  }) => {
    const { id } = await createCustomer(staff, { name: 'Two mails', contacts: [mail('first'), mail('second')] });
    const [first, second] = (await update(staff, { id, name: 'Two addresses' })).contacts;
    const areWaiting = `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%update_customer%'`;
    const holder = await connect(databaseUrl);
    await holder.query('begin; select lock_feed()');
    const removed = update(staff, { id, contacts: [{ ...mail('first'), id: first?.id }] });
    await expect.poll(() => query(databaseUrl, areWaiting)).toHaveLength(1);
    const kept = { id, contacts: [mail('third'), { ...mail('second'), id: second?.id }] };
    const problem = problemOf(staff, UPDATE, { input: kept });
    await expect.poll(() => query(databaseUrl, areWaiting)).toHaveLength(2);
    await holder.query('commit');
    await holder.end();
    expect((await removed).contacts).toHaveLength(1);
    expect(await problem).toEqual(['BAD_USER_INPUT', 'contacts.1.id']);
    expect(await found(staff, 'two addresses')).toMatchObject([{ contacts: [mail('first')] }]);
  });

  test('a new number brings the unknown sender’s history along', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'who am I?'));
    const made = await createCustomer(staff, { name: 'Somebody', contacts: [] });
    await using feed = await follow(server, staff);
    await update(staff, { id: made.id, contacts: [{ type: 'WHATSAPP', value: `+${from}` }] });
    expect(await feed.next()).toMatchObject({ change: 'UPDATED', entry: { customerId: made.id, body: 'who am I?' } });
    expect(await commsOf(staff, `unknown:${from}`)).toHaveLength(1);
  });

  test('names what is wrong, and who isn’t there', async ({ staff }) => {
    const { id } = await createCustomer(staff, { name: 'Right', contacts: [] });
    expect(await problemOf(staff, UPDATE, { input: { id, contacts: [{ type: 'PHONE', value: '12' }] } })).toEqual([
      'BAD_USER_INPUT',
      'contacts.0.value',
    ]);
    expect(
      await problemOf(staff, UPDATE, {
        input: { id, contacts: [{ id: '999999', type: 'EMAIL', value: 'a@b.example' }] },
      }),
    ).toEqual(['BAD_USER_INPUT', 'contacts.0.id']);
    expect(await problemOf(staff, UPDATE, { input: { id, name: ' ' } })).toEqual(['BAD_USER_INPUT', 'name']);
    expect(await problemOf(staff, UPDATE, { input: { id: 'nobody', name: 'x' } })).toEqual(['NOT_FOUND', 'id']);
  });
});

describe('linkConversation', () => {
  test('gives an unknown sender’s history, and what they write from then on, to a customer', async ({
    server,
    staff,
  }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'first'), text(from, 'second'));
    const customer = await customerWith(staff, 'Known by another number', `+${freshNumber()}`);
    await using feed = await follow(server, staff, { customerId: customer.id });
    const linked = await staff.ask(LINK, { from: `unknown:${from}`, to: customer.id });
    const alias = await staff.ask('query Alias($id: ID!) { customer(id: $id) { id } }', { id: `unknown:${from}` });
    expect(alias).toEqual({ customer: { id: customer.id } });
    expect(linked).toEqual({
      linkConversation: { conversation: { id: customer.id, inboundCount: 2, unreadCount: 2 } },
    });
    expect((await feed.next()).entry.body).toBe('first');
    expect((await feed.next()).entry.body).toBe('second');
    await deliver(server, text(from, 'third'));
    expect(await feed.next()).toMatchObject({ change: 'LOGGED', entry: { customerId: customer.id, body: 'third' } });
    // A second click changes nothing.
    expect(await staff.ask(LINK, { from: `unknown:${from}`, to: customer.id })).toMatchObject({
      linkConversation: { conversation: { inboundCount: 3 } },
    });
    const other = await customerWith(staff, 'Somebody else', `+${freshNumber()}`);
    expect(await problemOf(staff, LINK, { from: `unknown:${from}`, to: other.id })).toEqual([
      'BAD_USER_INPUT',
      'conversationId',
    ]);
  });

  test('needs both', async ({ staff }) => {
    const customer = await customerWith(staff, 'There', `+${freshNumber()}`);
    const nobody = { from: `unknown:${freshNumber()}`, to: customer.id };
    expect(await problemOf(staff, LINK, nobody)).toEqual(['NOT_FOUND', 'conversationId']);
    expect(await problemOf(staff, LINK, { ...nobody, to: 'nobody' })).toEqual(['NOT_FOUND', 'customerId']);
    expect(await problemOf(staff, LINK, { from: customer.id, to: customer.id })).toEqual([
      'BAD_USER_INPUT',
      'conversationId',
    ]);
  });
});

describe('logComms', () => {
  test('logs what happened elsewhere, in its place in time, without opening the window', async ({ server, staff }) => {
    const customer = await customerWith(staff, 'Called', `+${freshNumber()}`);
    await using feed = await follow(server, staff, { customerId: customer.id });
    const call = { customerId: customer.id, type: 'CALL', direction: 'INBOUND', body: 'Asked for an offer.' };
    const occurredAt = '2026-11-01T09:30:00.000Z';
    const key = crypto.randomUUID();
    await staff.ask(LOG, { input: { ...call, occurredAt, idempotencyKey: key } });
    await staff.ask(LOG, { input: { ...call, occurredAt, idempotencyKey: key } });
    await staff.ask(LOG, { input: { ...call, type: 'NOTE', direction: 'INTERNAL', body: 'Prefers mornings.' } });
    expect((await feed.next()).entry).toMatchObject({
      type: 'CALL',
      direction: 'INBOUND',
      status: 'RECEIVED',
      occurredAt,
    });
    expect((await feed.next()).entry).toMatchObject({ type: 'NOTE', direction: 'INTERNAL' });
    expect((await commsOf(staff, customer.id)).map(({ body }) => body)).toEqual([
      'Prefers mornings.',
      'Asked for an offer.',
    ]);
    const { conversation } = await staff.ask<{ conversation: unknown }>(
      '{ conversation: conversation(id: "ID") { windowClosesAt unanswered } }'.replace('ID', customer.id),
    );
    expect(conversation).toEqual({ windowClosesAt: null, unanswered: true });
  });

  test.for([
    ['without a time', () => ({})],
    ['of a time', () => ({ occurredAt: '2026-11-01T09:30:00.000Z' })],
    // It is logged as of now.
    ['of a clock that is fast', () => ({ occurredAt: new Date(Date.now() + 60_000).toISOString() })],
  ] as const)('with a key logs a call %s once, and nothing else', async ([, time], { staff }) => {
    const { id: customerId } = await createCustomer(staff, { name: 'Logged once', contacts: [] });
    // Of 200 characters, by which a key is measured, and so of 400 units of UTF-16.
    const random = [...crypto.getRandomValues(new Uint8Array(200))];
    const idempotencyKey = String.fromCodePoint(...random.map((byte) => 0x1f300 + byte));
    const call = { customerId, type: 'CALL', direction: 'OUTBOUND', body: 'Rang back.', ...time(), idempotencyKey };
    const first = await staff.ask(LOG, { input: call });
    expect(await staff.ask(LOG, { input: call })).toEqual(first);
    expect(await staff.ask(LOG, { input: { ...call, occurredAt: null } })).toEqual(first);
    const others = [
      { body: 'Rang again.' },
      { type: 'EMAIL' },
      { direction: 'INBOUND' },
      { occurredAt: '2026-11-01T09:31:00.000Z' },
    ];
    for (const other of others) {
      const problem = await problemOf(staff, LOG, { input: { ...call, ...other } });
      expect(problem, JSON.stringify(other)).toEqual(['IDEMPOTENCY_CONFLICT', 'idempotencyKey']);
    }
    expect(await commsOf(staff, customerId)).toHaveLength(1);
  });

  test.for([
    ['type', { type: 'WHATSAPP' }],
    ['direction', { type: 'NOTE' }],
    ['direction', { direction: 'INTERNAL' }],
    ['body', { body: ' \n' }],
    ['body', { body: 'x'.repeat(20_001) }],
    ['occurredAt', { occurredAt: '2199-01-01T00:00:00.000Z' }],
    // A day that there isn't; and a time that would be in the server's own zone.
    [undefined, { occurredAt: '2026-02-30T10:00:00Z' }],
    [undefined, { occurredAt: '2026-01-01T10:00:00' }],
    ['idempotencyKey', { idempotencyKey: 'k'.repeat(201) }],
    ['idempotencyKey', { idempotencyKey: '' }],
  ] as const)('refuses a wrong %s', async ([field, wrong], { staff }) => {
    const customer = await createCustomer(staff, { name: 'Wrongly logged', contacts: [] });
    const input = { customerId: customer.id, type: 'CALL', direction: 'OUTBOUND', body: 'Called.', ...wrong };
    expect(await problemOf(staff, LOG, { input })).toEqual(['BAD_USER_INPUT', field]);
  });
});

const UPDATE = /* GraphQL */ `
  mutation Update($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      customer { id revision name organization contacts { id type value display label } }
    }
  }
`;

const LINK = /* GraphQL */ `
  mutation Link($from: ID!, $to: ID!) {
    linkConversation(conversationId: $from, customerId: $to) {
      conversation { id inboundCount unreadCount }
    }
  }
`;

const LOG = /* GraphQL */ `
  mutation Log($input: LogCommsInput!) {
    logComms(input: $input) { entry { id } }
  }
`;

type Updated = {
  revision: number;
  name: string;
  organization: string | null;
  contacts: { id: string; type: string; value: string; display: string; label: string | null }[];
};

async function update(staff: TestStaff, input: Record<string, unknown>): Promise<Updated> {
  return (await staff.ask<{ updateCustomer: { customer: Updated } }>(UPDATE, { input })).updateCustomer.customer;
}

function mail(name: string) {
  return { type: 'EMAIL' as const, value: `${name}@example.com` };
}

async function found(staff: TestStaff, search: string): Promise<Updated[]> {
  const { customers } = await staff.ask<{ customers: { nodes: Updated[] } }>(
    `query Found($search: String) {
      customers(search: $search) { nodes { id revision name organization contacts { type value } } }
    }`,
    { search },
  );
  return customers.nodes;
}

async function problemOf(staff: TestStaff, query: string, variables: Record<string, unknown>) {
  const { code, field } = (await staff.post(query, variables)).errors?.[0]?.extensions ?? {};
  return [code, field];
}
