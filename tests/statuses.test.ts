import { describe, expect } from 'vitest';
import type { StatusStep } from '../simulator/simulated-person.ts';
import type { Call } from '../simulator/whatsapp.ts';
import { customerWith } from './harness/customers.ts';
import { gapsInFeed, query } from './harness/database.ts';
import {
  changeOf,
  deliver,
  envelope,
  freshNumber,
  freshWamid,
  postWebhook,
  said,
  statusWebhook,
  text,
} from './harness/meta.ts';
import {
  customerOnWhatsApp,
  type FollowedSends,
  followSends,
  onlySentTo,
  type Sending,
  type SentEntry,
  send,
  sentTo,
  sendingTest as test,
} from './harness/sending.ts';
import { PHONE_NUMBER_ID, startServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';

describe('ticks', () => {
  test('sent, delivered and read: each an UPDATED entry with its time by Meta’s clock', async ({ sending }) => {
    await using message = await sentMessage(sending);
    const told: SentEntry[] = [];
    const times = { sent: 1_000, delivered: 2_000, read: 3_000 };
    for (const [name, ago] of Object.entries(times)) {
      await postStatus(sending, message.wamid, name, new Date(message.at + ago));
      told.push(
        ...(await message.steps.until(({ statusTimes }) => statusTimes[name as 'sent'] === time(message.at + ago))).map(
          ({ entry }) => entry,
        ),
      );
    }
    expect(told.map(({ status }) => status)).toEqual(['SENT', 'DELIVERED', 'READ']);
    expect(told.map(({ revision }) => revision)).toEqual([3, 4, 5]);
    expect(told.at(-1)?.statusTimes).toEqual({
      sent: time(message.at + 1_000),
      delivered: time(message.at + 2_000),
      read: time(message.at + 3_000),
      failed: null,
    });
  });

  test.for<[string, StatusStep[], string, (keyof SentEntry['statusTimes'])[]]>([
    ['in reverse', ['read', 'delivered', 'sent'], 'READ', ['sent', 'delivered', 'read']],
    ['read alone', ['read'], 'READ', ['sent', 'read']],
    ['played, which is read', ['sent', 'played'], 'READ', ['sent', 'read']],
    ['failed', ['sent', 'failed:131026'], 'FAILED', ['sent', 'failed']],
    ['failed before sent', ['failed:131026', 'sent'], 'FAILED', ['sent', 'failed']],
    ['failed after delivered', ['delivered', 'failed:131026'], 'DELIVERED', ['sent', 'delivered', 'failed']],
    ['failed after read', ['sent', 'read', 'failed:131026'], 'READ', ['sent', 'read', 'failed']],
    ['delivered after failed', ['failed:131026', 'delivered'], 'DELIVERED', ['sent', 'delivered', 'failed']],
    ['delivered twice', ['sent', 'delivered', 'delivered'], 'DELIVERED', ['sent', 'delivered']],
  ])('%s', async ([, steps, status, times], { sending }) => {
    await using message = await sentMessage(sending);
    for (const step of steps) await sending.whatsapp.sendStatus(message.wamid, step);
    const entry = await onlySentTo(sending.staff, message.customerId);
    expect(entry).toMatchObject({ status, extMessageId: message.wamid });
    expect(entry.failure?.code ?? null).toBe(status === 'FAILED' ? '131026' : null);
    const kept = Object.entries(entry.statusTimes).filter(([, time]) => time !== null);
    expect(kept.map(([name]) => name).sort()).toEqual([...times].sort());
  });

  test('all at once, in one body and in many, from one program and from another, never go back', async ({
    sending,
  }) => {
    const { databaseUrl, server, staff } = sending;
    await using other = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: sending.whatsapp.url } });
    await using message = await sentMessage(sending);
    const { customerId, steps, wamid } = message;
    const names = ['read', 'sent', 'delivered', 'failed', 'sent', 'read', 'delivered'];
    const bodies = names.map((name) => statusWebhook(status(wamid, name)));
    bodies.push(envelope(changeOf({ statuses: names.map((name) => status(wamid, name)) })));
    await Promise.all(bodies.flatMap((body) => [postWebhook(server, body), postWebhook(other, body)]));
    const entry = await onlySentTo(staff, customerId);
    expect(entry.status).toBe('READ');
    const told = await steps.until(({ revision }) => revision === entry.revision);
    const ranks = told.map(({ entry: { status } }) => ['SENT', 'FAILED', 'DELIVERED', 'READ'].indexOf(status));
    expect(ranks).toEqual([...ranks].sort());
  });

  test('of many messages in one body are each told, and leave no gap in the feed', async ({ sending }) => {
    const { databaseUrl, server, staff } = sending;
    const messages = [];
    for (let count = 0; count < 5; count++) messages.push(await sentMessage(sending));
    await using steps = await followSends(server, staff);
    const value = { statuses: messages.map(({ wamid }) => status(wamid, 'delivered')) };
    await postWebhook(server, envelope(changeOf(value)));
    await deliver(server, text(freshNumber(), 'after them'));
    const told = await steps.until(({ body }) => body === 'after them');
    const ids = told.slice(0, -1).map(({ entry: { id } }) => id);
    expect(ids.sort()).toEqual(messages.map(({ id }) => id).sort());
    expect(await gapsInFeed(databaseUrl)).toEqual([]);
    for (const message of messages) await message[Symbol.asyncDispose]();
  });

  test('a repeated one is told once', async ({ sending }) => {
    await using message = await sentMessage(sending);
    const body = statusWebhook(status(message.wamid, 'delivered'));
    await Promise.all(Array.from({ length: 10 }, () => postWebhook(sending.server, body)));
    expect(await message.steps.until(({ status }) => status === 'DELIVERED')).toHaveLength(1);
    await postWebhook(sending.server, statusWebhook(status(message.wamid, 'read')));
    expect(await message.steps.until(({ status }) => status === 'READ')).toHaveLength(1);
  });

  test('that come before the answer count', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    const statuses: StatusStep[] = ['sent', 'delivered', 'read'];
    whatsapp.nextAnswers({ answer: 'accept', to: number, statuses, statusesFirst: true });
    const { extMessageId } = await send(staff, input('Quick'));
    await steps.until(({ status }) => status === 'READ');
    await whatsapp.until(() => callsTo(whatsapp, number).length === 1);
    const next = await send(staff, input('next'));
    const [, entry] = await sentTo(staff, customer.id);
    expect(next.extMessageId).not.toBeNull();
    expect(entry).toMatchObject({ status: 'READ', extMessageId, failure: null });
    for (const name of ['sent', 'delivered', 'read'] as const) expect(entry?.statusTimes[name]).not.toBeNull();
    expect(callsTo(whatsapp, number)).toHaveLength(2);
  });

  test('that come before the answer count, also without our id in them', async ({ own }) => {
    const { api, server, staff } = own;
    const number = freshNumber();
    const { id } = await customerWith(staff, 'Early', `+${number}`);
    const sent = send(staff, { customerId: id, toPhone: number, message: 'Quick' });
    const call = await api.next();
    const wamid = freshWamid();
    await postWebhook(server, statusWebhook(status(wamid, 'delivered')));
    expect(await onlySentTo(staff, id)).toMatchObject({ status: 'QUEUED', extMessageId: null });
    call.accept(wamid);
    expect(await sent).toMatchObject({ status: 'DELIVERED', extMessageId: wamid });
  });

  test('a failure before the answer shows once the answer is there', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    whatsapp.nextAnswers({ answer: 'accept', to: number, statuses: ['failed:131049'], statusesFirst: true });
    await send(staff, input('Refused by webhook'));
    const last = (await steps.until(({ status }) => status === 'FAILED')).at(-1);
    expect(last?.entry).toMatchObject({ failure: { code: '131049' } });
    expect(callsTo(whatsapp, number)).toHaveLength(1);
  });

  test('an unknown one, and one without a time, are kept and harmless', async ({ sending }) => {
    await using message = await sentMessage(sending);
    const { server, staff } = sending;
    for (const each of [
      status(message.wamid, 'deleted'),
      { id: message.wamid, status: 'transcribed' },
      { id: message.wamid, status: 'delivered', timestamp: 'yesterday' },
      { id: message.wamid, status: 'failed', errors: [] },
    ]) {
      expect((await postWebhook(server, statusWebhook(each))).status).toBe(200);
    }
    expect(await kept(sending, message.wamid)).toBe(4);
    expect(await onlySentTo(staff, message.customerId)).toMatchObject({
      status: 'DELIVERED',
      statusTimes: { delivered: expect.any(String) },
    });
  });

  test('a failure that gives no reason says so', async ({ sending }) => {
    await using message = await sentMessage(sending);
    await postWebhook(sending.server, statusWebhook({ id: message.wamid, status: 'failed' }));
    expect((await onlySentTo(sending.staff, message.customerId)).failure).toMatchObject({
      code: 'NO_REASON',
      message: expect.stringContaining('no reason'),
    });
  });

  test('of messages that aren’t ours are kept, and touch nobody’s', async ({ sending }) => {
    await using message = await sentMessage(sending);
    const { server, staff } = sending;
    const foreign = freshWamid();
    const before = await onlySentTo(staff, message.customerId);
    for (const callbackData of [
      undefined,
      `${before.id}.1`,
      `${before.id}.7`,
      '999999999.1',
      'order 5',
      '1.1.1',
      '9'.repeat(40),
    ]) {
      const body = { ...status(foreign, 'read'), biz_opaque_callback_data: callbackData };
      expect((await postWebhook(server, statusWebhook(body))).status).toBe(200);
    }
    expect(await kept(sending, foreign)).toBe(1);
    expect(await onlySentTo(staff, message.customerId)).toEqual(before);
  });

  test('of a customer’s own message id touch nothing', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const inbound = text(from, 'Mine');
    await deliver(server, inbound);
    expect((await postWebhook(server, statusWebhook(status(inbound.message.id, 'read')))).status).toBe(200);
    const { nodes } = await comms(staff, `unknown:${from}`);
    expect(nodes).toMatchObject([{ status: 'RECEIVED', revision: 1 }]);
  });
});

describe('errors', () => {
  test('of a failed status are told with Meta’s details, else with its words', async ({ sending }) => {
    for (const [error, details] of [
      [{ code: 131026, title: 'T', message: 'M', error_data: { details: 'D' } }, 'D'],
      [{ code: 131026, title: 'T', message: 'M' }, 'M'],
      [{ code: '131026', title: 'T' }, 'T'],
      [{ code: 131026 }, null],
    ] as const) {
      await using message = await sentMessage(sending);
      await postWebhook(sending.server, statusWebhook({ ...status(message.wamid, 'failed'), errors: [error] }));
      const { failure } = await onlySentTo(sending.staff, message.customerId);
      expect(failure).toMatchObject({ code: '131026', details, message: expect.any(String), next: expect.any(String) });
    }
  });

  test('of the account, and of a message that can’t be shown, make nothing fail', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const unsupported = said(from, 'unsupported', { type: 'poll_creation' });
    const value = { errors: [{ code: 130429, title: 'Rate limit hit' }], messages: [unsupported.message] };
    Object.assign(unsupported.message, { errors: [{ code: 131051, title: 'Unsupported' }] });
    expect((await postWebhook(server, envelope(changeOf(value)))).status).toBe(200);
    expect((await comms(staff, `unknown:${from}`)).nodes).toHaveLength(1);
  });
});

describe('the customer service window', () => {
  test('closes 24 hours after the customer’s last real message, by Meta’s clock', async ({ sending }) => {
    const { server, staff } = sending;
    const number = freshNumber();
    const customer = await customerWith(staff, 'Windowed', `+${number}`);
    expect(await windowOf(staff, customer.id)).toBeNull();
    const now = Math.floor(Date.now() / 1_000) * 1_000;
    const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000);
    await deliver(server, text(number, 'earlier', { at: hoursAgo(5) }));
    expect(await windowOf(staff, customer.id)).toBe(time(hoursAgo(5).getTime() + 24 * 3_600_000));

    // What came late doesn't shorten it; neither do these make it longer.
    await deliver(server, text(number, 'late', { at: hoursAgo(20) }));
    const notSpoken = [
      said(number, 'reaction', { message_id: freshWamid(), emoji: '👍' }),
      said(number, 'system', { type: 'user_changed_number', wa_id: freshNumber() }),
      said(number, 'edit', { original_message_id: freshWamid() }),
      said(number, 'revoke', { original_message_id: freshWamid() }),
    ];
    for (const each of notSpoken) await postWebhook(server, envelope(changeOf({ messages: [each.message] })));
    await send(staff, { customerId: customer.id, toPhone: number, message: 'our own' });
    expect(await windowOf(staff, customer.id)).toBe(time(hoursAgo(5).getTime() + 24 * 3_600_000));

    const photo = said(number, 'image', { id: '1', mime_type: 'image/jpeg' }, { at: hoursAgo(1) });
    await deliver(server, photo);
    expect(await windowOf(staff, customer.id)).toBe(time(hoursAgo(1).getTime() + 24 * 3_600_000));
  });

  test('counts what came to the number that we send from', async ({ sending }) => {
    const { server, staff, databaseUrl } = sending;
    const number = freshNumber();
    const { message } = text(number, 'to another number of the company');
    const elsewhere = '209999999999999';
    await postWebhook(server, envelope(changeOf({ messages: [message] }, elsewhere)));
    expect(await windowOf(staff, `unknown:${number}`)).toBeNull();
    await using other = await startServer({ databaseUrl, env: { WHATSAPP_PHONE_NUMBER_ID: elsewhere } });
    expect(await windowOf(await signIn(other), `unknown:${number}`)).not.toBeNull();
    await postWebhook(server, envelope(changeOf({ messages: [text(number, 'here').message] }, PHONE_NUMBER_ID)));
    expect(await windowOf(staff, `unknown:${number}`)).not.toBeNull();
  });

  test('doesn’t forbid: a message goes out after it closed, and before it opened', async ({ sending }) => {
    const { customer, number, input } = await customerOnWhatsApp(sending);
    expect((await send(sending.staff, input('Never wrote'))).extMessageId).not.toBeNull();
    await deliver(sending.server, text(number, 'long ago', { at: new Date(Date.now() - 48 * 3_600_000) }));
    expect(Date.parse((await windowOf(sending.staff, customer.id)) ?? '')).toBeLessThan(Date.now());
    expect((await send(sending.staff, input('Closed'))).extMessageId).not.toBeNull();
  });
});

interface SentMessage extends AsyncDisposable {
  id: string;
  wamid: string;
  customerId: string;
  /** When it was sent, in whole seconds as Meta tells time. */
  at: number;
  /** What is told of it from now on. */
  steps: FollowedSends;
}

/** A message that WhatsApp has taken, and says nothing more about. */
async function sentMessage(sending: Sending): Promise<SentMessage> {
  const { customer, number, input } = await customerOnWhatsApp(sending);
  sending.whatsapp.nextAnswers({ answer: 'accept', to: number, statuses: [] });
  const entry = await send(sending.staff, input('Ticks, please'));
  expect(entry).toMatchObject({ status: 'SENT', revision: 2 });
  const steps = await followSends(sending.server, sending.staff, customer.id);
  return {
    id: entry.id,
    wamid: entry.extMessageId ?? '',
    customerId: customer.id,
    at: Math.floor(Date.parse(entry.occurredAt) / 1_000) * 1_000,
    steps,
    [Symbol.asyncDispose]: () => steps[Symbol.asyncDispose](),
  };
}

function status(id: string, name: string, at = new Date()): Record<string, unknown> {
  return { id, status: name, timestamp: String(Math.floor(at.getTime() / 1_000)) };
}

async function postStatus({ server }: Sending, wamid: string, name: string, at: Date): Promise<void> {
  expect((await postWebhook(server, statusWebhook(status(wamid, name, at)))).status).toBe(200);
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** How many statuses of a message are stored. */
async function kept({ databaseUrl }: Sending, wamid: string): Promise<number> {
  const sql = 'select count(distinct status)::integer as count from message_status where ext_message_id = $1';
  const [row] = await query<{ count: number }>(databaseUrl, sql, [wamid]);
  return row?.count ?? 0;
}

function callsTo({ calls }: { calls: Call[] }, number: string): Call[] {
  return calls.filter(({ to }) => to === `+${number}`);
}

async function comms(staff: TestStaff, id: string) {
  const { customerComms } = await staff.ask<{ customerComms: { nodes: { status: string; revision: number }[] } }>(
    'query Comms($id: ID!) { customerComms(customerId: $id) { nodes { id status revision } } }',
    { id },
  );
  return customerComms;
}

/** The window as the conversation has it, and the customer where there is one. */
async function windowOf(staff: TestStaff, id: string): Promise<string | null> {
  const { conversation, customer } = await staff.ask<{
    conversation: { windowClosesAt: string | null };
    customer: { windowClosesAt: string | null } | null;
  }>('query Window($id: ID!) { conversation(id: $id) { id windowClosesAt } customer(id: $id) { id windowClosesAt } }', {
    id,
  });
  if (customer) expect(customer.windowClosesAt).toBe(conversation.windowClosesAt);
  return conversation.windowClosesAt;
}
