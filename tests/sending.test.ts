import { describe, expect } from 'vitest';
import type { Call } from '../simulator/whatsapp.ts';
import { createCustomer, customerWith } from './harness/customers.ts';
import { link, unlink } from './harness/day-work.ts';
import { startHoldableDatabase } from './harness/holdable-database.ts';
import { deliver, freshNumber, postWebhook, said, text, webhook } from './harness/meta.ts';
import {
  channelNow,
  customerOnWhatsApp,
  followSends,
  onlySentTo,
  post,
  type SendInput,
  type SentEntry,
  send,
  sentTo,
  sendingTest as test,
  tryRetry,
  trySend,
} from './harness/sending.ts';
import { ACCESS_TOKEN, PHONE_NUMBER_ID, startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';

describe('a message', () => {
  test('goes out as WhatsApp wants it, and comes back with its ticks, each told by commsLogged', async ({
    sending,
  }) => {
    const { server, staff, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    whatsapp.nextAnswers({ answer: 'accept', to: number, statuses: [] });
    const before = Date.now();
    const entry = await send(staff, input('Καλημέρα 👋'));

    expect(entry).toMatchObject({
      customerId: customer.id,
      type: 'WHATSAPP',
      direction: 'OUTBOUND',
      body: 'Καλημέρα 👋',
      status: 'SENT',
      phone: number,
      businessNumberId: PHONE_NUMBER_ID,
      author: { email: 'admin@example.com' },
      failure: null,
    });
    const call = callsTo(sending, number)[0];
    expect(call).toMatchObject({ version: 'v26.0', kind: 'message', answer: 200, wamid: entry.extMessageId });
    expect(call?.body).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: `+${number}`,
      type: 'text',
      text: { body: 'Καλημέρα 👋' },
      biz_opaque_callback_data: expect.stringMatching(new RegExp(`^${entry.id}\\.1\\.[0-9a-f]{6}$`)),
    });
    const told = await steps.until(({ status }) => status === 'SENT');
    for (const tick of ['delivered', 'read'] as const) {
      await whatsapp.sendStatus(entry.extMessageId ?? '', tick);
      told.push(...(await steps.until(({ status }) => status === tick.toUpperCase())));
    }

    // An event carries the entry as it now is, so that a step may be told together with the one before.
    expect(told[0]).toMatchObject({ change: 'LOGGED', entry: { id: entry.id } });
    expect(told.slice(1).every(({ change, entry: { id } }) => change === 'UPDATED' && id === entry.id)).toBe(true);
    const revisions = told.map(({ entry: { revision } }) => revision);
    expect(revisions).toEqual([...revisions].sort((one, other) => one - other));
    const forward = ['QUEUED', 'SENT', 'DELIVERED', 'READ'];
    const shown = [...new Set(told.map(({ entry: { status } }) => status))];
    expect(shown).toEqual(forward.filter((status) => shown.includes(status)));
    expect(shown.slice(-2)).toEqual(['DELIVERED', 'READ']);
    expect(new Set(told.map(({ entry: { occurredAt } }) => occurredAt)).size).toBe(1);
    expect(Math.abs(Date.parse(entry.occurredAt) - before)).toBeLessThan(10_000);
    const { sent, delivered, read, failed } = (await onlySentTo(staff, customer.id)).statusTimes;
    for (const time of [sent, delivered, read]) expect(Date.parse(time ?? '')).toBeGreaterThan(before - 2_000);
    expect(failed).toBeNull();
    expect(whatsapp.received(number).map(({ text }) => text)).toEqual(['Καλημέρα 👋']);
  });

  test('is written with a plus and the country code, however the number was typed', async ({ sending }) => {
    const { staff } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    const national = number.slice(2);
    const forms = [national, `0030${number.slice(2)}`, `+30 ${national.slice(0, 3)}-${national.slice(3)}`, number];
    for (const [index, toPhone] of forms.entries()) {
      await send(staff, { customerId: customer.id, toPhone, message: `form ${index}` });
    }
    expect(callsTo(sending, number).map(({ to }) => to)).toEqual(forms.map(() => `+${number}`));
  });

  test('goes to the number as WhatsApp itself writes it, where that person wrote before', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const asWhatsApp = '551181234567';
    await deliver(server, text(asWhatsApp, 'Oi'));
    const customer = await customerWith(staff, 'Brazilian', '+55 11 98123-4567');
    whatsapp.person(asWhatsApp);
    const entry = await send(staff, { customerId: customer.id, toPhone: '+55 11 98123-4567', message: 'Olá' });
    expect(entry).toMatchObject({ phone: asWhatsApp, customerId: customer.id });
    expect(whatsapp.calls.at(-1)?.to).toBe(`+${asWhatsApp}`);
  });

  test('goes to Meta’s user id as recipient, where there is no number', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const userId = 'GR.13491208655302741918';
    const { message } = text('', 'no number');
    const { from: _, ...hidden } = message;
    await deliver(server, {
      message: { ...hidden, id: message.id, from_user_id: userId },
      contact: { user_id: userId },
    });
    whatsapp.person(userId);
    const entry = await send(staff, { customerId: `unknown:${userId}`, toPhone: userId, message: 'Hello' });
    expect(entry).toMatchObject({ phone: null, recipientUserId: userId, customerId: `unknown:${userId}` });
    expect(entry.extMessageId).toMatch(/^wamid\./);
    const { body } = whatsapp.calls.at(-1) ?? {};
    expect(body).toMatchObject({ recipient: userId, recipient_type: 'individual' });
    expect(body).not.toHaveProperty('to');
  });

  test('answers an unknown sender, in their conversation, also under the id that they had before', async ({
    sending,
  }) => {
    const { staff, server, whatsapp } = sending;
    const number = freshNumber();
    whatsapp.person(number);
    await deliver(server, text(number, 'Who are you?'));
    const customerId = `unknown:${number}`;
    const first = await send(staff, { customerId, toPhone: `+${number}`, message: 'A shop', idempotencyKey: 'shop' });
    expect(first).toMatchObject({ customerId, phone: number });
    const { id } = await customerWith(staff, 'Known now', `+${number}`);
    expect(await send(staff, { customerId, toPhone: number, message: 'Welcome' })).toMatchObject({ customerId: id });
    const again = await send(staff, { customerId, toPhone: number, message: 'A shop', idempotencyKey: 'shop' });
    expect(again).toMatchObject({ id: first.id, customerId: id });
    expect(await sentTo(staff, id)).toHaveLength(2);
  });

  test('may have 4,096 characters, whatever they take', async ({ sending }) => {
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const longest = '👋'.repeat(4_096);
    const entry = await send(sending.staff, input(longest));
    expect(entry.body).toBe(longest);
    expect(callsTo(sending, number)[0]?.body).toMatchObject({ text: { body: longest } });
    const { errors } = await trySend(sending.staff, input(`${longest}!`));
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'message' } });
    expect(await sentTo(sending.staff, customer.id)).toHaveLength(1);
  });

  test('is answered after 5 s as QUEUED where WhatsApp says nothing', async ({ sending }) => {
    const { staff, whatsapp } = sending;
    const { number, input } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 'hang', to: number, statuses: [] });
    const began = performance.now();
    expect(await send(staff, input('Anybody?'))).toMatchObject({ status: 'QUEUED', failure: null });
    expect(performance.now() - began).toBeGreaterThan(4_900);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test('that WhatsApp puts off is answered at once as QUEUED, with the reason', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    // Twice: on a machine with much to do it may go out again before this answer is read.
    whatsapp.nextAnswers({ answer: 131016, to: number }, { answer: 131016, to: number });
    const entry = await send(staff, input('Later'));
    expect(entry).toMatchObject({ status: 'QUEUED', failure: { code: '131016', message: expect.any(String) } });
    const last = (await steps.until(({ extMessageId }) => extMessageId !== null)).at(-1);
    expect(last?.entry.failure).toBeNull();
  });

  test('that WhatsApp puts off sooner than it is read back is answered at once as well', async ({ own }) => {
    const { api, databaseUrl, server } = own;
    await server.says(/"this process sends"/);
    await using database = await startHoldableDatabase(databaseUrl);
    await using other = await startServer({ databaseUrl: database.url, env: { WHATSAPP_API_URL: api.url } });
    const number = freshNumber();
    const { id } = await customerWith(own.staff, 'Put off', `+${number}`);
    await using steps = await followSends(server, own.staff, id);
    const staff = await signIn(other);

    const held = database.hold('e.id = any');
    const answer = send(staff, { customerId: id, toPhone: number, message: 'Later' });
    const goOn = await held;
    (await api.next()).refuse(131016);
    await steps.until(({ failure }) => failure !== null);
    const began = performance.now();
    goOn();
    expect(await answer).toMatchObject({ status: 'QUEUED', failure: { code: '131016' } });
    expect(performance.now() - began).toBeLessThan(2_000);
    (await api.next()).accept();
  });
});

describe('POST /api/crm/whatsapp/send', () => {
  test('does the same for programs', async ({ sending }) => {
    const { staff, server } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    const { authorization } = staff;
    const body = { customer_id: customer.id, to_phone: number.slice(2), message: 'By program' };
    const { status, headers, json } = await post(server, body, { authorization, 'idempotency-key': 'rest-1' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const entry = await onlySentTo(staff, customer.id);
    expect(json).toEqual({
      id: entry.id,
      status: expect.stringMatching(/^(SENT|DELIVERED)$/),
      ext_message_id: entry.extMessageId,
      failure: null,
      customer_id: customer.id,
      to_phone: number,
      message: 'By program',
      occurred_at: entry.occurredAt,
      idempotency_key: 'rest-1',
    });
  });

  test('tells a refusal in the entry: sending was asked for, and is on record', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    whatsapp.nextAnswers({ answer: 131026, to: number });
    const body = { customer_id: customer.id, to_phone: number, message: 'Nobody there' };
    const { status, json } = await post(server, body, { authorization: staff.authorization });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'FAILED',
      ext_message_id: null,
      failure: { code: '131026', retryable: true },
    });
  });

  test('and the mutation know each other’s keys', async ({ sending }) => {
    const { staff, server } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const entry = await send(staff, { ...input('Once'), idempotencyKey: 'both doors' });
    const headers = { authorization: staff.authorization, 'idempotency-key': 'both doors' };
    const body = { customer_id: customer.id, to_phone: number, message: 'Once' };
    expect((await post(server, body, headers)).json).toMatchObject({ id: entry.id });
    const conflict = await post(server, { ...body, message: 'Twice' }, headers);
    expect(conflict).toMatchObject({ status: 409, json: { status: 409, detail: expect.any(String) } });
    expect(conflict.headers.get('content-type')).toContain('application/problem+json');
    expect(await sentTo(staff, customer.id)).toHaveLength(1);
  });

  test.for<[string, unknown, Record<string, string>, number, string?]>([
    ['no JSON', 'hello', {}, 400],
    ['a list', [], {}, 400],
    ['nothing', '', {}, 400],
    ['no customer', { to_phone: '+306974000000', message: 'x' }, {}, 422, 'customer_id'],
    ['a number as text', { customer_id: 'nobody', to_phone: '+306974000000', message: 5 }, {}, 422, 'message'],
    ['no number', { customer_id: 'nobody', to_phone: 'tomorrow', message: 'x' }, {}, 422, 'to_phone'],
    ['blanks', { customer_id: 'nobody', to_phone: '+306974000000', message: ' \n' }, {}, 422, 'message'],
    [
      'an empty key',
      { customer_id: 'nobody', to_phone: '+306974000000', message: 'x' },
      { 'idempotency-key': '' },
      422,
      'Idempotency-Key',
    ],
    ['nobody', { customer_id: 'nobody', to_phone: '+306974000000', message: 'x' }, {}, 404, 'customer_id'],
  ])('refuses %s', async ([, body, headers, status, field], { sending }) => {
    const { authorization } = sending.staff;
    const answer = await post(sending.server, body, { authorization, ...headers });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ status, detail: expect.any(String), ...(field !== undefined && { field }) });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test('is for who is signed in, from no foreign page', async ({ sending }) => {
    const { server, staff } = sending;
    expect((await post(server, 'no JSON either')).status).toBe(401);
    expect((await post(server, {}, { authorization: 'Bearer nobody' })).status).toBe(401);
    const cookie = await cookieOf(server);
    expect((await post(server, {}, { cookie, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post(server, {}, { cookie, origin: server.url })).status).toBe(422);
    expect((await post(server, {}, { authorization: staff.authorization })).status).toBe(422);
  });

  test('waits for a one-time password to be changed, as everything does', async ({ sending }) => {
    const { server, staff } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    const { member } = await newMember(server, staff, { changed: false });
    const body = { customer_id: customer.id, to_phone: number, message: 'Too early' };
    expect((await post(server, body, { authorization: member.authorization })).status).toBe(403);
    expect(await sentTo(staff, customer.id)).toEqual([]);
  });
});

describe('what is refused', () => {
  test.for<[string, Partial<SendInput>, string, string?]>([
    ['no customer named', { customerId: ' ' }, 'BAD_USER_INPUT', 'customerId'],
    ['no number', { toPhone: '12' }, 'BAD_USER_INPUT', 'toPhone'],
    ['words for a number', { toPhone: 'the usual one' }, 'BAD_USER_INPUT', 'toPhone'],
    ['an empty message', { message: '' }, 'BAD_USER_INPUT', 'message'],
    ['blanks', { message: ' \n\t ' }, 'BAD_USER_INPUT', 'message'],
    ['4,097 characters', { message: 'x'.repeat(4_097) }, 'BAD_USER_INPUT', 'message'],
    ['an empty key', { idempotencyKey: '' }, 'BAD_USER_INPUT', 'idempotencyKey'],
    ['a key of 201 characters', { idempotencyKey: 'k'.repeat(201) }, 'BAD_USER_INPUT', 'idempotencyKey'],
    ['a customer whom nobody knows', { customerId: crypto.randomUUID() }, 'NOT_FOUND', 'customerId'],
    ['an unknown sender who never wrote', { customerId: 'unknown:306900000000' }, 'NOT_FOUND', 'customerId'],
    ['NUL for a customer', { customerId: '\0' }, 'BAD_USER_INPUT', 'customerId'],
    // The shape is judged before it is asked whether there is such a customer.
    ['a blank message to nobody', { customerId: 'nobody', message: '' }, 'BAD_USER_INPUT', 'message'],
  ])('%s', async ([, wrong, code, field], { sending }) => {
    const { customer, input } = await customerOnWhatsApp(sending);
    const { errors } = await trySend(sending.staff, { ...input('Hello'), ...wrong });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({ code, ...(field !== undefined && { field }) });
    expect(await sentTo(sending.staff, customer.id)).toEqual([]);
  });

  test('another customer’s number, also one that nobody wrote down, and their user id', async ({ sending }) => {
    const { server, staff, whatsapp } = sending;
    const mine = await customerOnWhatsApp(sending);
    const theirs = await customerOnWhatsApp(sending);
    const userId = `GR.${freshNumber()}`;
    const newNumber = freshNumber();
    whatsapp.addPerson({ name: 'Of theirs', userId });
    // WhatsApp tells who they are besides the number that was written down, and that it has changed.
    const { message, contact } = text(theirs.number, 'Hello');
    await deliver(server, { message: { ...message, from_user_id: userId }, contact: { ...contact, user_id: userId } });
    const moved = said(theirs.number, 'system', { type: 'user_changed_number', wa_id: newNumber });
    await postWebhook(server, webhook(moved));
    const calls = whatsapp.calls.length;
    for (const toPhone of [theirs.number, userId, `+${newNumber}`]) {
      const { errors } = await trySend(staff, { ...mine.input('Not for you'), toPhone });
      expect(errors?.[0]?.extensions, toPhone).toEqual({ code: 'BAD_USER_INPUT', field: 'toPhone' });
      const rest = { customer_id: mine.customer.id, to_phone: toPhone, message: 'Not for you' };
      expect(await post(server, rest, { authorization: staff.authorization })).toMatchObject({
        status: 422,
        json: { field: 'to_phone' },
      });
    }
    expect(await sentTo(staff, mine.customer.id)).toEqual([]);
    expect(whatsapp.calls).toHaveLength(calls);
    expect((await send(staff, { ...theirs.input('For you'), toPhone: userId })).extMessageId).not.toBeNull();
  });

  test('not a number that two customers share, nor one that nobody has', async ({ sending }) => {
    const { staff, whatsapp } = sending;
    const shared = freshNumber();
    const contacts = [{ type: 'PHONE' as const, value: `+${shared}` }];
    const office = await createCustomer(staff, { name: 'Office', contacts });
    const colleague = await createCustomer(staff, { name: 'Colleague', contacts });
    whatsapp.person(shared);
    for (const { id } of [office, colleague]) {
      const entry = await send(staff, { customerId: id, toPhone: shared, message: 'To both' });
      expect(entry).toMatchObject({ customerId: id, failure: null });
    }
    const nobodys = freshNumber();
    whatsapp.person(nobodys);
    const entry = await send(staff, { customerId: office.id, toPhone: nobodys, message: 'New number' });
    expect(entry).toMatchObject({ customerId: office.id, phone: nobodys, failure: null });
  });
});

describe('an idempotency key', () => {
  test('from ten concurrent calls over two programs sends once', async ({ sending }) => {
    const { databaseUrl, server, staff, whatsapp } = sending;
    await using other = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: whatsapp.url } });
    const byOther = await signIn(other);
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const key = crypto.randomUUID();
    const entries = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const [program, asked] = index % 2 === 0 ? [server, staff] : [other, byOther];
        if (index % 3 > 0) return (await send(asked, { ...input('Only once'), idempotencyKey: key })).id;
        const body = { customer_id: customer.id, to_phone: number, message: 'Only once' };
        const headers = { authorization: asked.authorization, 'idempotency-key': key };
        return (await post(program, body, headers)).json.id;
      }),
    );
    expect(new Set(entries).size).toBe(1);
    expect(callsTo(sending, number)).toHaveLength(1);
    expect(await sentTo(staff, customer.id)).toHaveLength(1);
  });

  test('answers with the entry as it now is, whichever way the number is written', async ({ sending }) => {
    const { staff, server, whatsapp } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    await using steps = await followSends(server, staff, customer.id);
    const first = await send(staff, { ...input('Key'), idempotencyKey: 'κλειδί 🔑' });
    await steps.until(({ status }) => status === 'DELIVERED');
    await whatsapp.person(number).reads();
    await steps.until(({ status }) => status === 'READ');
    const again = await send(staff, { ...input('Key'), toPhone: number.slice(2), idempotencyKey: 'κλειδί 🔑' });
    expect(again).toMatchObject({ id: first.id, status: 'READ', idempotencyKey: 'κλειδί 🔑' });
    expect(callsTo(sending, number)).toHaveLength(1);
  });

  test('for another message, number or customer is a conflict', async ({ sending }) => {
    const { staff } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const other = await customerOnWhatsApp(sending);
    const idempotencyKey = crypto.randomUUID();
    await send(staff, { ...input('First'), idempotencyKey });
    const conflicts = [input('Second'), { ...input('First'), toPhone: freshNumber() }, other.input('First')];
    for (const conflict of conflicts) {
      const { errors } = await trySend(staff, { ...conflict, idempotencyKey });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    }
    expect(await sentTo(staff, customer.id)).toHaveLength(1);
    expect(callsTo(sending, number)).toHaveLength(1);
  });

  test('says what was sent, also where the number has become another customer’s', async ({ sending }) => {
    const { staff, whatsapp } = sending;
    const customer = await createCustomer(staff, { name: 'Without it', contacts: [] });
    const number = freshNumber();
    await whatsapp.person(number).says('text', { body: 'Hello' });
    const idempotencyKey = crypto.randomUUID();
    const unknown = `unknown:${number}`;
    const input = { customerId: customer.id, toPhone: `+${number}`, message: 'Once' };
    await link(staff, unknown, customer.id);
    const first = await send(staff, { ...input, idempotencyKey });
    await unlink(staff, unknown);
    expect(await send(staff, { ...input, idempotencyKey })).toMatchObject({ id: first.id, customerId: unknown });

    await customerWith(staff, 'Has it', `+${number}`);
    expect(await send(staff, { ...input, customerId: unknown, idempotencyKey })).toMatchObject({ id: first.id });
    expect(callsTo(sending, number)).toHaveLength(1);
  });

  test('says what was sent, also where somebody else was given the number', async ({ sending }) => {
    const { staff } = sending;
    const customer = await createCustomer(staff, { name: 'Wrote there', contacts: [] });
    const input = { customerId: customer.id, toPhone: `+${freshNumber()}`, message: 'Once' };
    const idempotencyKey = crypto.randomUUID();
    const first = await send(staff, { ...input, idempotencyKey });
    await customerWith(staff, 'Has it', input.toPhone);
    expect(await send(staff, { ...input, idempotencyKey })).toMatchObject({ id: first.id });
    expect((await trySend(staff, input)).errors?.[0]?.extensions).toMatchObject({ field: 'toPhone' });
  });

  test('belongs to the account: a colleague’s is another one', async ({ sending }) => {
    const { staff, server } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const { member } = await newMember(server, staff, { changed: true });
    const idempotencyKey = crypto.randomUUID();
    await send(staff, { ...input('Mine'), idempotencyKey });
    const theirs = await send(member, { ...input('Theirs'), idempotencyKey });
    expect(theirs).toMatchObject({ body: 'Theirs', idempotencyKey });
    expect(await sentTo(staff, customer.id)).toHaveLength(2);
    expect(callsTo(sending, number)).toHaveLength(2);
  });
});

describe('a program that isn’t configured', () => {
  test.for([
    ['WHATSAPP_PHONE_NUMBER_ID', { WHATSAPP_PHONE_NUMBER_ID: undefined }],
    ['WHATSAPP_ACCESS_TOKEN', { WHATSAPP_ACCESS_TOKEN: '' }],
  ] as const)(
    'for want of %s says so at both doors before it looks at the input, and still receives',
    async ([name, env], { sending }) => {
      const failed = await failedEntry(sending);
      await using server = await startServer({ databaseUrl: sending.databaseUrl, env });
      const staff = await signIn(server);
      const number = freshNumber();
      await deliver(server, text(number, 'Hello?'));
      const inputs = [
        { customerId: `unknown:${number}`, toPhone: number, message: 'Hello!' },
        { customerId: 'nobody', toPhone: '', message: '' },
      ];
      for (const input of inputs) {
        const answer = await trySend(staff, input);
        expect(answer).toMatchObject({
          status: 503,
          errors: [{ extensions: { code: 'WHATSAPP_NOT_CONFIGURED' } }],
        });
      }
      expect(await tryRetry(staff, failed.id)).toMatchObject({
        status: 503,
        errors: [{ extensions: { code: 'WHATSAPP_NOT_CONFIGURED' } }],
      });
      for (const body of ['not JSON', {}, { customer_id: `unknown:${number}`, to_phone: number, message: 'Hello!' }]) {
        const { status, json } = await post(server, body, { authorization: staff.authorization });
        expect({ status, json }).toMatchObject({
          status: 503,
          json: { status: 503, detail: expect.stringContaining(name) },
        });
      }
      expect((await post(server, {})).status).toBe(401);
      expect(await channelNow(staff)).toMatchObject({
        sending: 'NOT_CONFIGURED',
        reason: expect.stringContaining(name),
      });
      expect(await sentTo(staff, `unknown:${number}`)).toEqual([]);
    },
  );
});

test('no line of the log holds the token, what was written, or a number', async ({ sending }) => {
  const { databaseUrl, whatsapp } = sending;
  await using server = await startServer({
    databaseUrl,
    env: { WHATSAPP_API_URL: whatsapp.url, LOG_LEVEL: 'trace', WHATSAPP_ACCESS_TOKEN: `${ACCESS_TOKEN}` },
  });
  const staff = await signIn(server);
  const { customer, number, input } = await customerOnWhatsApp({ staff, whatsapp });
  const secret = 'a very private matter';
  for (const answer of ['accept', 131026, 'html', 'drop'] as const) {
    whatsapp.nextAnswers({ answer, to: number, statuses: [] });
    await trySend(staff, { ...input(secret), idempotencyKey: `key of ${secret}` });
  }
  await trySend(staff, { ...input(secret), idempotencyKey: `other key of ${secret}`, toPhone: `${number}x` });
  await post(
    server,
    { customer_id: customer.id, to_phone: number, message: secret },
    { authorization: staff.authorization },
  );
  await post(server, `{"message": "${secret}", "to_phone": "${number}"`, { authorization: staff.authorization });
  const output = [...server.output, ...sending.server.output].join('\n');
  for (const hidden of [ACCESS_TOKEN, secret, number, number.slice(2)]) expect(output).not.toContain(hidden);
});

/** The calls that WhatsApp got for a number. */
function callsTo({ whatsapp }: { whatsapp: { calls: Call[] } }, number: string): Call[] {
  return whatsapp.calls.filter(({ to }) => to === `+${number}`);
}

async function failedEntry(sending: Parameters<typeof customerOnWhatsApp>[0]): Promise<SentEntry> {
  const { number, input } = await customerOnWhatsApp(sending);
  sending.whatsapp.nextAnswers({ answer: 131026, to: number });
  const entry = await send(sending.staff, input('In vain'));
  expect(entry.status).toBe('FAILED');
  return entry;
}

async function cookieOf(server: TestServer): Promise<string> {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'admin@example.com', password: 'correct-horse-battery' }),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function newMember(
  server: TestServer,
  staff: TestStaff,
  { changed }: { changed: boolean },
): Promise<{ member: TestStaff }> {
  const email = `${crypto.randomUUID()}@example.com`;
  const { addStaff } = await staff.ask<{ addStaff: { oneTimePassword: string } }>(
    'mutation Add($input: AddStaffInput!) { addStaff(input: $input) { oneTimePassword } }',
    { input: { email, name: 'Colleague' } },
  );
  const member = await signIn(server, { email, password: addStaff.oneTimePassword });
  if (changed) {
    await member.ask(
      'mutation Change($current: String!, $new: String!) { changePassword(current: $current, new: $new) { account { mustChangePassword } } }',
      { current: addStaff.oneTimePassword, new: 'a-password-of-their-own' },
    );
  }
  return { member };
}
