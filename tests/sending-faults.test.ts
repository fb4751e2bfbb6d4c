import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import { sendError } from '../server/whatsapp/send-errors.ts';
import type { Call } from '../simulator/whatsapp.ts';
import { customerWith } from './harness/customers.ts';
import { createDatabase } from './harness/database.ts';
import { feedPosition } from './harness/feed.ts';
import { deliver, freshNumber, freshWamid, postWebhook, statusWebhook, text } from './harness/meta.ts';
import type { OwnCall } from './harness/own-graph-api.ts';
import {
  channelNow,
  customerOnWhatsApp,
  followSends,
  onlySentTo,
  retry,
  send,
  sentTo,
  settle,
  simulateGraphApi,
  startAnsweredByTest,
  startSending,
  sendingTest as test,
  tryRetry,
  trySettle,
  webhookOf,
} from './harness/sending.ts';
import { ACCESS_TOKEN, startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { subscribe } from './harness/subscriber.ts';

const SLOW = 60_000;

describe.concurrent('no answer', () => {
  test.for(['hang', 'drop', 'html', 'empty'] as const)(
    '(%s): UNKNOWN, one call, settled by the status that carries our id',
    { timeout: SLOW },
    async (answer, { sending, expect }) => {
      const { staff, server, whatsapp } = sending;
      const { customer, number, input } = await customerOnWhatsApp(sending);
      whatsapp.nextAnswers({ answer, to: number, statuses: [] });
      await send(staff, input('Did it arrive?'));
      await expect
        .poll(async () => (await onlySentTo(staff, customer.id)).status, { timeout: 45_000, interval: 200 })
        .toBe('UNKNOWN');
      expect(await onlySentTo(staff, customer.id)).toMatchObject({
        extMessageId: null,
        failure: { code: 'NO_ANSWER', retryable: true, message: expect.stringContaining('may or may not') },
        statusTimes: { sent: null, delivered: null, read: null, failed: null },
      });
      const [call] = callsTo(whatsapp, number);
      await using steps = await followSends(server, staff, customer.id);
      await whatsapp.sendStatus(call?.wamid ?? '', 'delivered');
      const [told] = await steps.until(({ status }) => status === 'DELIVERED');
      expect(told).toMatchObject({ change: 'UPDATED', entry: { extMessageId: call?.wamid, failure: null } });
      expect(callsTo(whatsapp, number)).toHaveLength(1);
    },
  );

  test('holds up the recipient’s next message for 15 s at most, and nobody else’s', { timeout: SLOW }, async ({
    sending,
    expect,
  }) => {
    const { staff, whatsapp } = sending;
    const { number, input } = await customerOnWhatsApp(sending);
    const other = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 'drop', to: number, statuses: [] });
    expect(await send(staff, input('one'))).toMatchObject({ status: 'UNKNOWN' });
    const second = send(staff, input('two'));
    expect((await send(staff, other.input('meanwhile'))).extMessageId).not.toBeNull();
    expect(await second).toMatchObject({ status: 'QUEUED', failure: null });
    await whatsapp.until(() => callsTo(whatsapp, number).length === 2);
    const [first, next] = callsTo(whatsapp, number) as [Call, Call];
    const held = Date.parse(next.at) - Date.parse(first.at);
    expect(textOf(next)).toBe('two');
    expect(held).toBeGreaterThan(14_000);
    expect(held).toBeLessThan(19_000);
  });

  test('and the status that settles it lets the next one go', async ({ sending, expect }) => {
    const { staff, whatsapp } = sending;
    const { number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 'empty', to: number, statuses: [] });
    await send(staff, input('one'));
    const second = send(staff, input('two'));
    await whatsapp.sendStatus(callsTo(whatsapp, number)[0]?.wamid ?? '', 'sent');
    expect((await second).extMessageId).not.toBeNull();
    expect(callsTo(whatsapp, number).map(textOf)).toEqual(['one', 'two']);
  });

  test('with a status that was quicker holds nothing up', async ({ sending, expect }) => {
    const { staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 'drop', to: number, statuses: ['sent'], statusesFirst: true });
    const first = await send(staff, input('one'));
    expect(first).toMatchObject({ status: 'SENT', failure: null });
    expect((await send(staff, input('two'))).extMessageId).not.toBeNull();
    expect((await sentTo(staff, customer.id)).map(({ status }) => status)).not.toContain('UNKNOWN');
  });

  test('but a page that says 500: UNKNOWN, until a person says that it did not arrive', async ({ sending, expect }) => {
    const { staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 'server-error', to: number });
    const { id } = await send(staff, input('Lost'));
    expect(await settle(staff, id, false)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'NOT_ARRIVED', retryable: true },
      statusTimes: { failed: expect.any(String) },
    });
    // The second press, and the wrong button: nothing changes.
    const settled = await onlySentTo(staff, customer.id);
    expect(await settle(staff, id, false)).toEqual(settled);
    expect(await settle(staff, id, true)).toEqual(settled);
    expect(callsTo(whatsapp, number)).toHaveLength(1);
  });

  test('then a person says that it arrived; what WhatsApp says later counts too', async ({ sending, expect }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 'drop', to: number, statuses: [] });
    const { id } = await send(staff, input('Arrived'));
    await deliver(server, text(number, 'Are you there?'));
    // It isn't known, and somebody has to see so, whatever is said since.
    expect(await isFailed(staff, customer.id)).toBe(true);
    const presses = await Promise.all(Array.from({ length: 5 }, () => settle(staff, id, true)));
    expect(new Set(presses.map(({ revision }) => revision)).size).toBe(1);
    expect(presses[0]).toMatchObject({ status: 'DELIVERED', failure: null, extMessageId: null });
    expect(await isFailed(staff, customer.id)).toBe(false);
    await using steps = await followSends(server, staff, customer.id);
    const wamid = callsTo(whatsapp, number)[0]?.wamid ?? '';
    await whatsapp.sendStatus(wamid, 'read');
    const [told] = await steps.until(({ status }) => status === 'READ');
    expect(told?.entry.extMessageId).toBe(wamid);
  });
});

describe.concurrent('an answer', () => {
  test('131026: FAILED at once, by one call, and the next message goes', async ({ sending, expect }) => {
    const { staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131026, to: number });
    expect(await send(staff, input('one'))).toMatchObject({
      status: 'FAILED',
      extMessageId: null,
      failure: {
        code: '131026',
        message: 'This number can’t get WhatsApp messages from the company.',
        next: expect.any(String),
        details: expect.stringContaining('Unable to deliver message.'),
        retryable: true,
      },
      statusTimes: { sent: null, failed: expect.any(String) },
    });
    expect((await send(staff, input('two'))).extMessageId).not.toBeNull();
    expect(callsTo(whatsapp, number).map(textOf)).toEqual(['one', 'two']);
    expect((await sentTo(staff, customer.id)).at(-1)?.status).toBe('FAILED');
  });

  test('that failed can be discarded: it stays, and nobody has to look after it, unless it is tried again', async ({
    sending,
    expect,
  }) => {
    const { server, staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131026, to: number }, { answer: 131026, to: number });
    const [first, second] = [await send(staff, input('one')), await send(staff, input('two'))];
    await using steps = await followSends(server, staff, customer.id);
    const DISCARD = `mutation Discard($id: ID!) {
      discardSend(entryId: $id) { entry { status revision discarded { at by { email } } } }
    }`;
    expect(await failedOf(staff, customer.id)).toHaveLength(2);
    for (const { id } of [second, first]) {
      expect(await isFailed(staff, customer.id)).toBe(true);
      const { discardSend } = await staff.ask<{ discardSend: { entry: object } }>(DISCARD, { id });
      expect(discardSend.entry).toMatchObject({
        status: 'FAILED',
        discarded: { at: expect.any(String), by: { email: 'admin@example.com' } },
      });
      // Again, it changes nothing.
      expect(await staff.ask(DISCARD, { id })).toEqual({ discardSend });
      await steps.until((entry) => entry.id === id && entry.status === 'FAILED');
    }
    expect(await isFailed(staff, customer.id)).toBe(false);
    expect(await failedOf(staff, customer.id)).toEqual([]);
    await retry(staff, first.id);
    const after = await staff.ask(DISCARD, { id: first.id });
    // What is sent isn't discarded.
    expect(after).toMatchObject({ discardSend: { entry: { discarded: null } } });
    expect((await sentTo(staff, customer.id)).map(({ body }) => body)).toEqual(expect.arrayContaining(['one', 'two']));
  });

  test('131047, the closed window: FAILED, explained', async ({ sending, expect }) => {
    const { staff, whatsapp } = sending;
    const { number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131047, to: number });
    const { status, failure } = await send(staff, input('Too late'));
    expect({ status, failure }).toMatchObject({ status: 'FAILED', failure: { code: '131047' } });
    expect(failure?.message).toContain('24 hours');
    expect(callsTo(whatsapp, number)).toHaveLength(1);
  });

  test('131047 by a later status: SENT, then FAILED', async ({ sending, expect }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    whatsapp.nextAnswers({ answer: 'accept', to: number, statuses: [] });
    const { status, extMessageId } = await send(staff, input('Too late'));
    expect(status).toBe('SENT');
    await whatsapp.sendStatus(extMessageId ?? '', 'failed:131047');
    const told = (await steps.until(({ status }) => status === 'FAILED')).at(-1)?.entry;
    expect(told).toMatchObject({
      extMessageId,
      failure: { code: '131047', message: expect.stringContaining('24 hours') },
      statusTimes: { sent: expect.any(String), failed: expect.any(String) },
    });
    expect(callsTo(whatsapp, number)).toHaveLength(1);
  });

  test('131056 twice: waits 1 s and 4 s and tells until when, while others pass, keeps the order, and is SENT', async ({
    sending,
    expect,
  }) => {
    const { server, staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    const other = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131056, to: number }, { answer: 131056, to: number });
    expect(await send(staff, input('one'))).toMatchObject({ status: 'QUEUED', failure: { code: '131056' } });
    const behind = send(staff, input('two'));
    expect((await send(staff, other.input('passes'))).extMessageId).not.toBeNull();
    expect(callsTo(whatsapp, number)).toHaveLength(1);
    await whatsapp.until(() => callsTo(whatsapp, number).length === 4);
    await behind;
    const calls = callsTo(whatsapp, number);
    expect(calls.map(textOf)).toEqual(['one', 'one', 'one', 'two']);
    const [first, second, third] = calls.map(({ at }) => Date.parse(at)) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(third - second).toBeGreaterThanOrEqual(4_000);
    expect(third - second).toBeLessThan(8_000);
    // That it is delivered may be told already.
    const told = await steps.until(({ body, extMessageId }) => body === 'one' && extMessageId !== null);
    const tries = [...new Set(told.flatMap(({ entry }) => entry.nextTryAt ?? []))].map((at) => Date.parse(at));
    expect(tries.map((at) => at - first >= 1_000 && at <= second)).toEqual([true, false]);
    expect(tries.map((at) => at - second >= 4_000 && at <= third)).toEqual([false, true]);
    expect(told.at(-1)?.entry.nextTryAt).toBeNull();
    expect(calls.map(({ body }) => String(body.biz_opaque_callback_data).split('.')[1])).toEqual(['1', '2', '3', '1']);
  });

  test('1, which may be anything: tried once more, then FAILED', async ({ sending, expect }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    whatsapp.nextAnswers({ answer: 1, to: number }, { answer: 1, to: number });
    await send(staff, input('Strange'));
    const last = (await steps.until(({ status }) => status === 'FAILED')).at(-1);
    expect(last?.entry.failure?.code).toBe('1');
    expect(callsTo(whatsapp, number)).toHaveLength(2);
  });

  test('“later”, and a status after all: it was taken, so it isn’t sent again', async ({ sending, expect }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131016, to: number });
    const { id } = await send(staff, input('Taken after all'));
    const wamid = freshWamid();
    await postWebhook(server, statusOf(wamid, 'sent', `${id}.1`));
    expect(await onlySentTo(staff, customer.id)).toMatchObject({ status: 'SENT', extMessageId: wamid, failure: null });
    expect((await send(staff, input('next'))).extMessageId).not.toBeNull();
    expect(callsTo(whatsapp, number).map(textOf)).toEqual(['Taken after all', 'next']);
  });
});

describe.concurrent('a person’s decision', () => {
  test('to try a failed one again makes one more call, however often it is pressed', async ({ sending, expect }) => {
    const { staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131026, to: number }, { answer: 'accept', to: number, statuses: [] });
    const failed = await send(staff, input('Again'));
    const presses = await Promise.all(Array.from({ length: 5 }, () => retry(staff, failed.id)));
    for (const entry of presses) expect(entry).toMatchObject({ id: failed.id, status: 'SENT', failure: null });
    const after = await onlySentTo(staff, customer.id);
    expect(after).toMatchObject({ occurredAt: failed.occurredAt, statusTimes: { failed: null } });
    expect(await retry(staff, failed.id)).toEqual(after);
    expect(await settle(staff, failed.id, false)).toEqual(after);
    const callbackData = callsTo(whatsapp, number).map(({ body }) => String(body.biz_opaque_callback_data));
    expect(callbackData.map((data) => data.replace(/\.[^.]+$/, ''))).toEqual([`${failed.id}.1`, `${failed.id}.2`]);
  });

  test('about what isn’t there is NOT_FOUND', async ({ sending, expect }) => {
    for (const id of ['999999999', 'nothing', '-1', '']) {
      for (const answer of [await tryRetry(sending.staff, id), await trySettle(sending.staff, id, true)]) {
        expect(answer.errors?.[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'entryId' });
      }
    }
  });

  test('to try an unknown one again: if the first turns out delivered, that is shown', async ({ sending, expect }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    whatsapp.nextAnswers({ answer: 'drop', to: number, statuses: [] }, { answer: 'accept', to: number, statuses: [] });
    const { id } = await send(staff, input('Which?'));
    expect(await retry(staff, id)).toMatchObject({ status: 'SENT' });
    const [first, second] = callsTo(whatsapp, number) as [Call, Call];
    await whatsapp.sendStatus(first.wamid ?? '', 'delivered');
    const told = (await steps.until(({ status }) => status === 'DELIVERED')).at(-1);
    expect(told?.entry.extMessageId).toBe(first.wamid);
    await whatsapp.sendStatus(second.wamid ?? '', 'failed:131026');
    await whatsapp.sendStatus(second.wamid ?? '', 'delivered');
    await whatsapp.sendStatus(second.wamid ?? '', 'read');
    const last = (await steps.until(({ status }) => status === 'READ')).at(-1);
    expect(last?.entry).toMatchObject({ extMessageId: second.wamid, failure: null });
    expect(callsTo(whatsapp, number)).toHaveLength(2);
  });

  test('to try again is undone where the first turns out delivered before the second is called', async ({
    sending,
    expect,
  }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    whatsapp.nextAnswers({ answer: 'drop', to: number, statuses: [] }, { answer: 131016, to: number });
    const { id } = await send(staff, input('Which?'));
    expect(await retry(staff, id)).toMatchObject({ status: 'QUEUED', failure: { code: '131016' } });
    await whatsapp.sendStatus(callsTo(whatsapp, number)[0]?.wamid ?? '', 'delivered');
    await steps.until(({ status }) => status === 'DELIVERED');
    // Had it still been waiting, it would go before the next.
    expect((await send(staff, input('next'))).extMessageId).not.toBeNull();
    expect(callsTo(whatsapp, number).map(textOf)).toEqual(['Which?', 'Which?', 'next']);
  });
});

describe.concurrent('WhatsApp that can’t be reached', () => {
  test('is tried again: the message waits, says why, and goes', async ({ expect }) => {
    const port = await freePort();
    await using server = await startServer({
      databaseUrl: await createDatabase(),
      env: { WHATSAPP_API_URL: `http://127.0.0.1:${port}` },
    });
    const staff = await signIn(server);
    const number = freshNumber();
    const customer = await customerWith(staff, 'Patient', `+${number}`);
    const input = { customerId: customer.id, toPhone: number, message: 'Anybody there?' };
    expect(await send(staff, input)).toMatchObject({ status: 'QUEUED', failure: { code: 'NO_CONNECTION' } });
    await using steps = await followSends(server, staff, customer.id);
    await using whatsapp = await simulateGraphApi({}, port);
    whatsapp.person(number);
    whatsapp.webhookUrl = webhookOf(server);
    const last = (await steps.until(({ extMessageId }) => extMessageId !== null)).at(-1);
    expect(last?.entry.failure).toBeNull();
    expect(callsTo(whatsapp, number)).toHaveLength(1);
    expect(await channelNow(staff)).toEqual({ sending: 'READY', reason: null, queued: 0 });
  });
});

describe('answers that Meta never gave', () => {
  const echo = { error: { code: 131009, message: `Malformed access token ${ACCESS_TOKEN}` } };
  test.for<[string, number, unknown, Record<string, unknown>]>([
    [
      'an error with 200',
      200,
      { error: { code: 131026, message: 'x' } },
      { status: 'FAILED', failure: { code: '131026' } },
    ],
    [
      'a code as text',
      400,
      { error: { code: '131047' } },
      { status: 'FAILED', failure: { code: '131047', details: null } },
    ],
    [
      'a code of the future',
      400,
      { error: { code: 987654, error_data: { details: 'Mind the gap.' } } },
      {
        status: 'FAILED',
        failure: {
          code: '987654',
          message: 'WhatsApp refused the message.',
          details: 'Mind the gap.',
          retryable: true,
        },
      },
    ],
    [
      'NUL and half a character',
      400,
      '{"error":{"code":131026,"message":"a\\u0000b\\ud800"}}',
      { status: 'FAILED', failure: { code: '131026', details: 'a\uFFFDb\uFFFD' } },
    ],
    [
      'our token repeated',
      400,
      echo,
      { status: 'FAILED', failure: { code: '131009', details: 'Malformed access token …' } },
    ],
    ['a gateway’s words', 502, { error: 'Bad gateway' }, { status: 'UNKNOWN', failure: { code: 'NO_ANSWER' } }],
    ['an error without a code', 500, { error: { message: 'Oops' } }, { status: 'UNKNOWN' }],
    ['no message id', 200, { messages: [{}] }, { status: 'UNKNOWN' }],
    ['an id with 202', 202, { messages: [{ id: 'wamid.202' }] }, { status: 'UNKNOWN' }],
    ['a redirect', 302, '', { status: 'UNKNOWN' }],
    ['a list', 200, [], { status: 'UNKNOWN' }],
    [
      'the id of an earlier message',
      200,
      { messages: [{ id: 'wamid.twice' }] },
      { status: 'SENT', extMessageId: 'wamid.twice' },
    ],
    ['the same id again', 200, { messages: [{ id: 'wamid.twice' }] }, { status: 'SENT', extMessageId: null }],
  ])('%s', async ([, status, body, expected], { own, expect }) => {
    const { staff, api } = own;
    const number = freshNumber();
    const customer = await customerWith(staff, 'Somebody', `+${number}`);
    const sent = send(staff, { customerId: customer.id, toPhone: number, message: 'Well?' });
    (await api.next()).answer(status, body);
    expect(await sent).toMatchObject(expected);
    expect(own.server.output.join('\n')).not.toContain(ACCESS_TOKEN);
  });
});

describe.concurrent('a number that is sending too fast (130429)', () => {
  test('is slower for all, and keeps the order', { timeout: SLOW }, async ({ expect }) => {
    await using sending = await startSending();
    const { staff, whatsapp } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    const others = Array.from({ length: 20 }, freshNumber);
    for (const other of others) whatsapp.person(other);
    whatsapp.nextAnswers({ answer: 130429, to: number });
    const numbers = [number, ...others, number, number];
    const sent = [];
    for (const [index, toPhone] of numbers.entries()) {
      sent.push(send(staff, { customerId: customer.id, toPhone, message: `message ${index}` }));
      if (index === 0) await whatsapp.until(() => whatsapp.calls.length > 0);
    }
    await whatsapp.until(() => whatsapp.calls.length === numbers.length + 1);
    await Promise.all(sent);
    const logged = (await sentTo(staff, customer.id)).filter(({ phone }) => phone === number).sort(byId);
    expect(callsTo(whatsapp, number).map(textOf)).toEqual(['message 0', ...logged.map(({ body }) => body)]);
    expect(whatsapp.calls.filter(({ code }) => code === 130429)).toHaveLength(1);
    const times = whatsapp.calls.map(({ at }) => Date.parse(at));
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(900);
    // 80 a second are 12.5 ms; half as fast, and back slowly.
    const steady = times.slice(-15);
    expect((steady.at(-1) ?? 0) - (steady[0] ?? 0)).toBeGreaterThan(14 * 15);
  });
});

describe.concurrent('a token that is refused (190)', () => {
  test('stops the channel with one alarm and no further calls; all goes out when Meta takes it again', async ({
    expect,
  }) => {
    await using own = await startAnsweredByTest({ WHATSAPP_SENDS_PER_SECOND: '5' });
    const { api, staff, server } = own;
    const { id: customerId } = await customerWith(staff, 'Everybody', `+${freshNumber()}`);
    await using changes = await followChannel(server, staff);
    const numbers = Array.from({ length: 20 }, freshNumber);
    const sent = numbers.map((toPhone) => send(staff, { customerId, toPhone, message: 'Wait' }));
    // While two take their time, the rest queues up behind the third.
    const early = [await api.next(), await api.next()];
    (await api.next()).refuse(190);
    const stopped = (await changes.until(({ inboxChanged: { channel } }) => channel !== null)).at(-1);
    expect(stopped?.inboxChanged.channel).toMatchObject({
      sending: 'STOPPED',
      reason: expect.stringMatching(/access token.*WHATSAPP_ACCESS_TOKEN.*190/),
    });
    for (const call of early) call.refuse(190);
    for (const entry of await Promise.all(sent)) expect(entry.status).toBe('QUEUED');
    expect(await channelNow(staff)).toMatchObject({ sending: 'STOPPED', queued: 20 });
    expect(api.calls.length).toBeLessThan(6);
    expect(alarms(server)).toHaveLength(1);

    const accepted: string[] = [];
    const accept = (call: OwnCall) => {
      call.accept();
      accepted.push(call.to);
    };
    accept(await api.next());
    api.respond(accept);
    await changes.until(({ inboxChanged: { channel } }) => channel?.sending === 'READY');
    await expect.poll(() => accepted.length, { timeout: 15_000 }).toBe(20);
    expect(accepted.sort()).toEqual(numbers.map((number) => `+${number}`).sort());
    expect(alarms(server)).toHaveLength(1);
    expect(server.output.join('\n')).not.toContain(ACCESS_TOKEN);
  });

  test('keeps the queue for a program with another token', { timeout: SLOW }, async ({ expect }) => {
    await using whatsapp = await simulateGraphApi();
    whatsapp.accessToken = 'the-new-token';
    const databaseUrl = await createDatabase();
    const env = { WHATSAPP_API_URL: whatsapp.url };
    const number = freshNumber();
    whatsapp.person(number);
    let customerId: string;
    {
      await using server = await startServer({ databaseUrl, env });
      const staff = await signIn(server);
      customerId = (await customerWith(staff, 'Patient', `+${number}`)).id;
      const entry = await send(staff, { customerId, toPhone: number, message: 'Kept' });
      expect(entry).toMatchObject({ status: 'QUEUED', failure: { code: '190', retryable: true } });
      expect(alarms(server)).toHaveLength(1);
    }
    await using server = await startServer({ databaseUrl, env: { ...env, WHATSAPP_ACCESS_TOKEN: 'the-new-token' } });
    await whatsapp.until(() => callsTo(whatsapp, number).some(({ answer }) => answer === 200));
    const staff = await signIn(server);
    await expect.poll(() => onlySentTo(staff, customerId)).toMatchObject({ status: 'SENT', failure: null });
    expect(await channelNow(staff)).toMatchObject({ sending: 'READY', queued: 0 });
    expect(alarms(server)).toEqual([]);
  });

  test('stays stopped when a message from before is taken, or the one that tries is put off', {
    timeout: SLOW,
  }, async ({ expect }) => {
    await using own = await startAnsweredByTest();
    const { api, server, staff } = own;
    const customer = await customerWith(staff, 'Everybody', `+${freshNumber()}`);
    const say = (message: string) => send(staff, { customerId: customer.id, toPhone: freshNumber(), message });
    const slow = say('slow');
    const early = await api.next();
    const refused = say('refused');
    (await api.next()).refuse(190);
    expect(await refused).toMatchObject({ status: 'QUEUED', failure: { code: '190' } });
    early.accept();
    expect(await slow).toMatchObject({ status: 'SENT' });
    expect(await channelNow(staff)).toMatchObject({ sending: 'STOPPED', queued: 1 });
    const probe = await api.next();
    expect(probe.text).toBe('refused');
    await using steps = await followSends(server, staff, customer.id);
    probe.refuse(2);
    await steps.until(({ failure }) => failure?.code === '2');
    expect(await channelNow(staff)).toMatchObject({ sending: 'STOPPED', queued: 1 });
    expect(alarms(server)).toHaveLength(1);
  });
});

describe('the table of errors', () => {
  // Every code that Meta lists for messages, as of September 2026.
  const listed =
    `0 1 2 3 4 10 33 100 190 200 219 299 368 80007 130403 130429 130472 130497 131000 131005 131008 131009 131016 131021
    131026 131030 131031 131035 131036 131037 131042 131045 131047 131048 131049 131050 131051 131052 131053 131056 131057
    131060 131062 131063 131064 132000 132001 132005 132007 132008 132012 132015 132016 132068 132069 133000 133004 133005
    133006 133008 133009 133010 133015 133016 134011 135000 137000 2593107 2593108 2593109`.split(/\s+/);

  test('has a sentence and a next step of its own for each of Meta’s codes', () => {
    const unlisted = sendError('987654');
    for (const code of listed) {
      const error = sendError(code);
      expect(error, code).not.toBe(unlisted);
      expect(error.message, code).toMatch(/^[A-Z].*\.$/);
      expect(error.next, code).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('puts each in its class', () => {
    const classOf = (...codes: string[]) => [...new Set(codes.map((code) => sendError(code).class))];
    expect(classOf('0', '190', '3', '10', '250', '131005', '33', '133010', '368', '131031', '131042')).toEqual([
      'CHANNEL',
    ]);
    expect(classOf('1', '2', '4', '80007', '130429', '131056', '131000', '131016', '131057', '133004')).toEqual([
      'WAIT',
    ]);
    expect(classOf('100', '131026', '131047', '131049', '131051', '132001', '137000', '987654')).toEqual(['NEVER']);
  });
});

function callsTo({ calls }: { calls: Call[] }, number: string): Call[] {
  return calls.filter(({ to }) => to === `+${number}`);
}

function textOf({ body }: Call): string {
  return (body.text as { body: string }).body;
}

function byId(one: { id: string }, other: { id: string }): number {
  return Number(one.id) - Number(other.id);
}

function alarms(server: TestServer): string[] {
  return server.output.filter((line) => line.includes('sending is stopped'));
}

function statusOf(id: string, status: string, callbackData: string): Record<string, unknown> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return statusWebhook({ id, status, timestamp, biz_opaque_callback_data: callbackData });
}

async function followChannel(server: TestServer, staff: TestStaff) {
  const after = await feedPosition(staff);
  return subscribe<{ inboxChanged: { channel: { sending: string; reason: string | null } | null } }>(
    server,
    staff,
    'subscription Channel($after: String) { inboxChanged(after: $after) { channel { sending reason queued } } }',
    { after },
  );
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function isFailed(staff: TestStaff, id: string): Promise<boolean> {
  const query = 'query Failed($id: ID!) { conversation(id: $id) { failed } }';
  return (await staff.ask<{ conversation: { failed: boolean } }>(query, { id })).conversation.failed;
}

async function failedOf(staff: TestStaff, id: string): Promise<object[]> {
  const query = 'query Failed { inbox(first: 200, filter: { failedOnly: true }) { nodes { customerId } } }';
  const { inbox } = await staff.ask<{ inbox: { nodes: { customerId: string }[] } }>(query);
  return inbox.nodes.filter(({ customerId }) => customerId === id);
}
