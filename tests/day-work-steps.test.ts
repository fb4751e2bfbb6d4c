import fc from 'fast-check';
import { expect } from 'vitest';
import { createCustomer } from './harness/customers.ts';
import { query } from './harness/database.ts';
import {
  conversation,
  conversationIds,
  counts,
  markAnswered,
  markRead,
  markUnread,
  newestId,
  type Office,
  officeTest as test,
  tryLink,
  tryUnlink,
} from './harness/day-work.ts';
import { commsOf } from './harness/feed.ts';
import { deliver, freshNumber, said, text } from './harness/meta.ts';
import { followSends, retry, trySend } from './harness/sending.ts';
import type { TestStaff } from './harness/staff.ts';

const STEPS = 100;
const SENDERS = 4;

/*
 * Whatever staff and customers do, in whatever order: what is kept beside the log says the same as the log itself.
 */
test('after any steps the state is what the entries make it', { timeout: 120_000 }, async ({ office }) => {
  const day = await beginDay(office);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      for (const each of steps) await take(day, each);
      expect(await stored(office.databaseUrl)).toEqual(await recomputed(office.databaseUrl));
      for (const staff of [office.ana, office.maria]) await expectCountsToAgree(staff);
    }),
    { numRuns: 2, endOnFailure: true },
  );
});

type Step = {
  do:
    | 'hear'
    | 'react'
    | 'send'
    | 'refuse'
    | 'retry'
    | 'note'
    | 'read'
    | 'unread'
    | 'answered'
    | 'unanswered'
    | 'link'
    | 'unlink'
    | 'make';
  sender: number;
  customer: number;
  byMaria: boolean;
};

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom<Step['do'][]>(
    ...(['hear', 'hear', 'react', 'send', 'refuse', 'retry', 'note', 'read', 'read', 'unread'] as const),
    ...(['answered', 'unanswered', 'link', 'link', 'unlink', 'unlink', 'make'] as const),
  ),
  sender: fc.nat(SENDERS - 1),
  customer: fc.nat(1),
  byMaria: fc.boolean(),
});

type Day = { office: Office; senders: string[]; customers: string[] };

async function beginDay(office: Office): Promise<Day> {
  const senders = Array.from({ length: SENDERS }, freshNumber);
  await deliver(office.server, ...senders.map((from) => text(from, 'hello')));
  const customers = await Promise.all(['One', 'Two'].map((name) => createCustomer(office.ana, { name, contacts: [] })));
  return { office, senders, customers: customers.map(({ id }) => id) };
}

/** Through the front door; what the rules forbid at the moment is refused, which is as good. */
async function take({ office, senders, customers }: Day, { do: what, sender, customer, byMaria }: Step): Promise<void> {
  const { server, other, ana, maria } = office;
  const staff = byMaria ? maria : ana;
  const from = senders[sender] ?? '';
  const unknown = `unknown:${from}`;
  switch (what) {
    case 'hear':
      return deliver(byMaria ? other : server, text(from, 'said', { name: `Somebody ${sender}` }));
    case 'react':
      return deliver(byMaria ? other : server, said(from, 'reaction', { message_id: 'wamid.x', emoji: '👍' }));
    case 'send':
      return sendAndWait(office, staff, unknown, from, 'sent');
    case 'refuse':
      return sendAndWait(office, staff, unknown, from, 'refuse');
    case 'retry': {
      const failed = (await commsOf(staff, unknown)).find(({ status }) => status === 'FAILED');
      if (!failed) return;
      await using sends = await followSends(server, ana);
      await retry(staff, failed.id);
      await sends.until(({ id, status }) => id === failed.id && status === 'FAILED');
      return;
    }
    case 'note':
      await staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', {
        input: { customerId: unknown, type: 'NOTE', direction: 'INTERNAL', body: 'noted' },
      });
      return;
    case 'read':
      await markRead(staff, unknown, await newestId(staff, unknown));
      return;
    case 'unread':
      await markUnread(staff, unknown);
      return;
    case 'answered':
    case 'unanswered':
      await markAnswered(staff, unknown, await newestId(staff, unknown), what === 'answered');
      return;
    case 'link':
      await tryLink(staff, unknown, customers[customer] ?? '');
      return;
    case 'unlink':
      await tryUnlink(staff, unknown);
      return;
    case 'make':
      await staff.post(
        'mutation Make($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
        {
          input: { name: 'Made', contacts: [], conversationId: unknown },
        },
      );
  }
}

async function sendAndWait({ server, ana }: Office, staff: TestStaff, to: string, phone: string, message: string) {
  await using sends = await followSends(server, ana);
  await trySend(staff, { customerId: to, toPhone: `+${phone}`, message });
  await sends.until(({ body, status }) => body === message && (status === 'SENT' || status === 'FAILED'));
}

type State = Record<string, unknown>;

/** What the rows say of each conversation and each mark, for who reads them. */
async function stored(url: string): Promise<{ conversations: State[]; marks: State[]; types: State[] }> {
  await query(url, 'select settle()');
  return {
    conversations: await query(
      url,
      `select id, last_entry_id, last_occurred_at, inbound_count, unanswered, failed, phone, sender_name
       from conversation where moved_to is null order by id`,
    ),
    marks: await query(
      url,
      `select m.staff_id, m.conversation_id, m.read_count, m.behind from read_mark m
       join conversation c on c.id = m.conversation_id and c.moved_to is null and c.inbound_count > 0 order by 1, 2`,
    ),
    types: await query(url, 'select conversation_id, type from conversation_type order by 1, 2'),
  };
}

/** The same, from the entries alone. */
async function recomputed(url: string): ReturnType<typeof stored> {
  return {
    conversations: await query(
      url,
      `select c.id, newest.id as last_entry_id, newest.occurred_at as last_occurred_at, (
          select count(*)::integer from comms_entry e where e.conversation_id = c.id and direction = 'INBOUND'
        ) as inbound_count, coalesce((
          select e.direction = 'INBOUND' and not e.answered from comms_entry e
          where e.conversation_id = c.id and e.spoken order by e.id desc limit 1), false
        ) as unanswered, coalesce((
          select e.status in ('FAILED', 'UNKNOWN') from comms_entry e
          where e.conversation_id = c.id and e.type = 'WHATSAPP' and e.direction = 'OUTBOUND' order by e.id desc limit 1), false
        ) as failed, (
          select e.phone from comms_entry e where e.conversation_id = c.id and e.phone is not null order by e.id desc limit 1
        ) as phone, (
          select e.sender_name from comms_entry e
          where e.conversation_id = c.id and e.sender_name is not null order by e.id desc limit 1
        ) as sender_name
       from conversation c left join lateral (
         select e.id, e.occurred_at from comms_entry e where e.conversation_id = c.id
         order by e.occurred_at desc, e.id desc limit 1
       ) newest on true
       where c.moved_to is null order by c.id`,
    ),
    marks: await query(
      url,
      `select staff.id as staff_id, c.id as conversation_id, inbound.read as read_count, inbound.read < inbound.all as behind
       from staff cross join conversation c
       left join read_mark m on m.staff_id = staff.id and m.conversation_id = c.id
       cross join lateral (
         select count(*)::integer as all, count(*) filter (where e.id <= coalesce(m.up_to_entry_id, 0))::integer as read
         from comms_entry e where e.conversation_id = c.id and e.direction = 'INBOUND'
       ) inbound
       where c.moved_to is null and inbound.all > 0 order by 1, 2`,
    ),
    types: await query(url, 'select distinct conversation_id, type from comms_entry order by 1, 2'),
  };
}

async function expectCountsToAgree(staff: TestStaff): Promise<void> {
  const { all, unread, unanswered, unknown, failed, types } = await counts(staff);
  const each = await Promise.all((await conversationIds(staff, {})).map((id) => conversation(staff, id)));
  expect({ all, unread, unanswered, unknown, failed }).toEqual({
    all: each.length,
    unread: each.filter(({ unreadCount }) => unreadCount > 0).length,
    unanswered: each.filter((one) => one.unanswered).length,
    unknown: each.filter(({ customer }) => customer === null).length,
    failed: each.filter((one) => one.failed).length,
  });
  expect(await conversationIds(staff, { unreadOnly: true })).toHaveLength(unread);
  for (const { type, count } of types) expect(await conversationIds(staff, { type })).toHaveLength(count);
}
