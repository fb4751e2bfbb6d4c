import { createHmac } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CustomerContents, CustomerMessageType } from '../simulator/customer-message.ts';
import { readPeople } from '../simulator/people.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { type Post, startReceiver } from './harness/webhook-receiver.ts';

const business = {
  wabaId: '102290129340398',
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '+30 21 0000 0000',
  appSecret: 'app-secret',
  accessToken: 'access-token',
  verifyToken: 'verify-token',
};
const ELENI = '306974015758';
const eleni = {
  name: 'Ελένη',
  phone: ELENI,
  userId: 'GR.1349120865530274',
  history: [{ minutesAgo: 5, from: 'customer' as const, type: 'WHATSAPP' as const, text: 'Hello' }],
};

describe('webhooks', () => {
  test('a text comes in the envelope of Meta, signed over bytes that are all ASCII', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    const { wamid, answer } = await simulator.person(ELENI).says('text', { body: 'Γειά σου 👋' });

    expect(answer).toBe(200);
    const [post] = product.posts as [Post];
    expect(post.headers['content-type']).toBe('application/json');
    expect(post.headers['x-hub-signature-256']).toBe(signatureOf(post.raw, business.appSecret));
    expect(post.raw).toMatch(/^[\x20-\x7e]+$/);
    expect(post.raw).toContain('\\u0393\\u03b5\\u03b9\\u03ac \\u03c3\\u03bf\\u03c5 \\ud83d\\udc4b');
    expect(JSON.parse(post.raw)).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: business.wabaId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '302100000000', phone_number_id: business.phoneNumberId },
                contacts: [{ profile: { name: 'Ελένη' }, wa_id: ELENI, user_id: eleni.userId }],
                messages: [
                  {
                    from: ELENI,
                    from_user_id: eleni.userId,
                    id: wamid,
                    timestamp: expect.stringMatching(/^\d{10}$/),
                    type: 'text',
                    text: { body: 'Γειά σου 👋' },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  const contents: { [Type in CustomerMessageType]: [CustomerContents[Type], unknown] } = {
    text: [{ body: 'Hi' }, { body: 'Hi' }],
    image: [{ caption: 'Look' }, expect.objectContaining({ mime_type: 'image/jpeg', caption: 'Look' })],
    video: [{}, expect.objectContaining({ mime_type: 'video/mp4', sha256: expect.any(String) })],
    document: [{ filename: 'ά.pdf' }, expect.objectContaining({ filename: 'ά.pdf' })],
    audio: [{}, expect.objectContaining({ voice: true, mime_type: 'audio/ogg; codecs=opus' })],
    sticker: [{}, expect.objectContaining({ animated: false })],
    location: [{ name: 'Here' }, { latitude: expect.any(Number), longitude: expect.any(Number), name: 'Here' }],
    contacts: [{ name: 'Ada' }, [expect.objectContaining({ origin: 'other', vcard: expect.any(String) })]],
    interactive: [
      { reply: 'list', title: 'Friday' },
      { type: 'list_reply', list_reply: { id: 'choice-1', title: 'Friday' } },
    ],
    button: [{ text: 'Yes' }, { payload: 'Yes', text: 'Yes' }],
    order: [{ items: 1 }, expect.objectContaining({ product_items: [expect.objectContaining({ currency: 'EUR' })] })],
    reaction: [{ messageId: 'wamid.x' }, { message_id: 'wamid.x' }],
    unsupported: [{ kind: 'pin' }, { type: 'pin' }],
  };
  for (const [type, [content, expected]] of Object.entries(contents) as [CustomerMessageType, [never, unknown]][]) {
    test(`a message of type ${type} has its content under its type`, async () => {
      const { simulator, product } = await start();
      await simulator.person(ELENI).says(type, content);
      const [message] = product.messages();
      expect(message?.type).toBe(type);
      expect(message?.[type]).toEqual(expected);
    });
  }

  test('what WhatsApp can not show comes with its error', async () => {
    const { simulator, product } = await start();
    await simulator.person(ELENI).says('unsupported', { code: 131060 });
    expect(product.messages()[0]?.errors).toEqual([expect.objectContaining({ code: 131060 })]);
  });

  test('a person without a number is known by user id alone', async () => {
    const { simulator, product } = await start({
      people: [{ name: 'Christos', userId: 'GR.42', username: 'christos' }],
    });
    await simulator.person('GR.42').says('text', { body: 'Who am I?' });
    expect(product.values()[0]).toMatchObject({
      contacts: [{ profile: { name: 'Christos', username: 'christos' }, user_id: 'GR.42' }],
    });
    const [message] = product.messages();
    expect(message).toMatchObject({ from_user_id: 'GR.42' });
    expect(message).not.toHaveProperty('from');
    expect(product.posts[0]?.raw).not.toContain('wa_id');
  });

  test('a number that changes is told by a system message without contacts, with both user ids', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    const person = simulator.person(ELENI);
    await person.changesNumber('306900000001');
    expect(product.values()[0]).not.toHaveProperty('contacts');
    expect(product.messages()[0]).toMatchObject({
      from: ELENI,
      type: 'system',
      system: {
        type: 'user_changed_number',
        wa_id: '306900000001',
        previous_user_id: eleni.userId,
        user_id: person.userId,
      },
    });
    expect(person.userId).not.toBe(eleni.userId);
    await person.says('text', { body: 'New number' });
    expect(product.messages()[1]).toMatchObject({ from: '306900000001', from_user_id: person.userId });
  });

  test('a reply names what it quotes, and by whom; a forwarded message only that it is', async () => {
    const { simulator, product } = await start();
    const person = simulator.person(ELENI);
    const { wamid } = await person.says('text', { body: 'First' });
    await person.says('text', { body: 'Second' }, { replyTo: wamid });
    await person.says('text', { body: 'Third' }, { forwarded: true });
    expect(product.messages().map(({ context }) => context)).toEqual([
      undefined,
      { from: ELENI, id: wamid },
      { forwarded: true },
    ]);
  });

  test('everything but 200 is tried again, with the same bytes, until it is 200', async () => {
    const { simulator, product } = await start();
    product.answers.push(503, 204, 301, 401, 'cut');
    const { answer, deliveries } = await simulator.person(ELENI).says('text', { body: 'Stubborn' });
    expect(answer).toBe(200);
    expect(deliveries[0]?.attempts.map((attempt) => attempt.answer)).toEqual([503, 204, 301, 401, undefined, 200]);
    expect(deliveries[0]?.attempts[4]?.problem).toBeTruthy();
    expect(new Set(product.posts.map(({ raw }) => raw)).size).toBe(1);
  });

  test('the waits get longer, and the next attempt is announced', async () => {
    const asked: number[] = [];
    const { simulator, product } = await start({
      retryDelay: (attempts) => {
        asked.push(attempts);
        return attempts === 2 ? 3_600_000 : 1;
      },
    });
    product.answers.push(500, 500);
    simulator.person(ELENI).writes('text', { body: 'Later' });
    await simulator.until(() => simulator.deliveries[0]?.attempts.length === 2);
    expect(asked).toEqual([1, 2]);
    const next = new Date(simulator.deliveries[0]?.nextAttemptAt ?? 0).getTime();
    expect(next - Date.now()).toBeGreaterThan(3_500_000);
  });

  test('without an address deliveries wait, and go when there is one', async () => {
    const { simulator, product } = await start({ retryDelay: () => 3_600_000 });
    const url = simulator.webhookUrl;
    simulator.webhookUrl = undefined;
    const { said } = simulator.person(ELENI).writes('text', { body: 'Patience' });
    await simulator.until(() => simulator.deliveries[0]?.state === 'waiting');
    simulator.webhookUrl = url;
    expect((await said).answer).toBe(200);
    expect(product.messages()).toHaveLength(1);
  });

  test('a wrong signature comes first where asked for, then the right one over the same bytes', async () => {
    const { simulator, product } = await start();
    product.answers.push(401);
    await simulator.person(ELENI).says('text', { body: 'Once more' }, { wrongSignatureFirst: true });
    const [wrong, right] = product.posts as [Post, Post];
    expect(wrong.raw).toBe(right.raw);
    expect(wrong.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(wrong.headers['x-hub-signature-256']).not.toBe(signatureOf(wrong.raw, business.appSecret));
    expect(right.headers['x-hub-signature-256']).toBe(signatureOf(right.raw, business.appSecret));
  });

  test('copies, other bodies, batches, late and overtaken messages', async () => {
    const { simulator, product } = await start();
    const person = simulator.person(ELENI);

    const { wamid } = await person.says('text', { body: 'Thrice' }, { copies: 3 });
    expect(product.posts).toHaveLength(3);
    expect(new Set(product.posts.map(({ raw }) => raw)).size).toBe(1);

    product.posts.length = 0;
    await person.says('text', { body: 'Again' }, { inAnotherBody: true });
    expect(product.messages()).toHaveLength(3);
    expect(new Set(product.messages().map(({ id }) => id)).size).toBe(1);
    expect(product.messages()[0]?.id).not.toBe(wamid);

    product.posts.length = 0;
    const batch = await person.saysAtOnce(['One', 'Two', 'Three']);
    expect(product.posts).toHaveLength(1);
    expect(product.messages().map(({ id }) => id)).toEqual(batch.map((said) => said.wamid));
    expect(product.values()[0]?.contacts).toHaveLength(1);

    product.posts.length = 0;
    await person.says('text', { body: 'Late' }, { hoursAgo: 5 });
    const age = Date.now() / 1000 - Number(product.messages()[0]?.timestamp);
    expect(age).toBeGreaterThan(5 * 3600 - 5);

    product.posts.length = 0;
    const first = person.writes('text', { body: 'Overtaken' }, { afterNext: true });
    await person.says('text', { body: 'Overtaking' });
    await first.said;
    expect(product.texts()).toEqual(['Overtaking', 'Overtaken']);
  });

  test('any body can be posted, and any delivery repeated', async () => {
    const { simulator, product } = await start();
    const delivery = await simulator.deliver({ object: 'whatsapp_business_account', entry: [] });
    await simulator.deliverAgain(delivery);
    expect(product.posts.map(({ raw }) => raw)).toEqual([delivery.body, delivery.body]);
  });

  test('the address is verified by its challenge', async () => {
    const { simulator, product } = await start();
    expect(await simulator.verifyWebhook()).toEqual({ verified: true, answer: '200' });
    expect(product.challenges).toEqual([expect.objectContaining({ 'hub.verify_token': 'verify-token' })]);
    product.answers.push(403);
    expect(await simulator.verifyWebhook()).toEqual({ verified: false, answer: '403' });
  });
});

describe('the messages endpoint', () => {
  test('accepts a text as Meta does, and the phone has it', async () => {
    const { simulator } = await start({ people: [eleni] });
    const { status, body } = await send(simulator, { to: '+30 697-401 5758' });
    expect(status).toBe(200);
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+30 697-401 5758', wa_id: ELENI }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    expect(simulator.received(ELENI)).toMatchObject([{ text: 'Hello?', wamid: wamidOf(body) }]);
    expect(simulator.calls).toMatchObject([
      { kind: 'message', to: '+30 697-401 5758', readAs: ELENI, answer: 200, wamid: wamidOf(body) },
    ]);
  });

  test('tells how the number is written, to who has the token', async () => {
    const { simulator } = await start();
    const ask = async (query: string, authorization = `Bearer ${simulator.accessToken}`) => {
      const { phoneNumberId } = simulator.business;
      const response = await fetch(`${simulator.url}/v26.0/${phoneNumberId}${query}`, { headers: { authorization } });
      return { status: response.status, body: await response.json() };
    };
    const { phoneNumberId: id, displayPhoneNumber: display_phone_number } = simulator.business;
    expect(await ask('')).toEqual({ status: 200, body: { id, display_phone_number } });
    expect(await ask('?fields=display_phone_number')).toMatchObject({ status: 200, body: { display_phone_number } });
    expect(await ask('?fields=colour')).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    expect(await ask('', 'Bearer wrong')).toMatchObject({ status: 401, body: { error: { code: 190 } } });
    expect(simulator.calls).toEqual([]);
  });

  test('takes a user id in recipient, and answers with it; to wins over it', async () => {
    const { simulator } = await start({ people: [eleni, { name: 'Other', userId: 'GR.7', phone: '306900000007' }] });
    const byId = await send(simulator, { recipient: eleni.userId });
    expect(byId.body).toMatchObject({ contacts: [{ input: eleni.userId, user_id: eleni.userId }] });
    const byBoth = await send(simulator, { to: `+${ELENI}`, recipient: 'GR.7' });
    expect(byBoth.body).toMatchObject({ contacts: [{ input: `+${ELENI}`, wa_id: ELENI }] });
  });

  test('reads a number without a plus as local, so that a stranger gets the message', async () => {
    const { simulator } = await start({ people: [eleni] });
    const local = await send(simulator, { to: '6974015758' });
    expect(local.body).toMatchObject({ contacts: [{ wa_id: ELENI }] });
    const wrong = await send(simulator, { to: ELENI });
    expect(wrong.body).toMatchObject({ contacts: [{ input: ELENI, wa_id: `30${ELENI}` }] });
    expect(simulator.received(ELENI)).toHaveLength(1);
    expect(simulator.person(`30${ELENI}`).stranger).toBe(true);
    expect(simulator.received(`30${ELENI}`)).toHaveLength(1);
  });

  test.each([
    ['Brazil', '5511987654321', '551187654321'],
    ['Mexico', '525512345678', '5215512345678'],
    ['Argentina', '541123456789', '5491123456789'],
  ])('may write a number of %s otherwise than it was dialled', async (_country, phone, waId) => {
    const { simulator } = await start({ people: [{ ...eleni, phone, waId, userId: undefined }] });
    const { body } = await send(simulator, { to: `+${phone}` });
    expect(body).toMatchObject({ contacts: [{ input: `+${phone}`, wa_id: waId }] });
  });

  test.each([
    ['no token', {}, { authorization: undefined }, 401, 190],
    ['a wrong token', {}, { authorization: 'Bearer other' }, 401, 190],
    ['an expired version', {}, { version: 'v19.0' }, 400, 2635],
    ['a version that is not there yet', {}, { version: 'v27.0' }, 400, 2500],
    ['another phone number id', {}, { phoneNumberId: '1' }, 400, 100],
    ['no messaging_product', { messaging_product: undefined }, {}, 400, 100],
    ['nobody to send to', { to: undefined }, {}, 400, 100],
    ['an empty text', { text: { body: ' ' } }, {}, 400, 131008],
    ['no text', { text: undefined }, {}, 400, 131008],
    ['a text too long', { text: { body: 'x'.repeat(4097) } }, {}, 400, 100],
    ['an unknown type', { type: 'poll' }, {}, 400, 131051],
    ['callback data too long', { biz_opaque_callback_data: 'x'.repeat(513) }, {}, 400, 100],
    ['somebody not on WhatsApp', { to: '+306900000099' }, {}, 400, 131026],
    ['itself', { to: '+302100000000' }, {}, 400, 131021],
  ])('refuses %s', async (_what, changes, call, status, code) => {
    const { simulator } = await start({ people: [eleni] });
    const answer = await send(simulator, changes, call);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: { code, message: expect.any(String), type: expect.any(String), fbtrace_id: expect.any(String) },
    });
    expect(simulator.received(ELENI)).toEqual([]);
  });

  test('a refusal has the shape of Meta, with details', async () => {
    const { simulator } = await start({ people: [eleni] });
    simulator.nextAnswers(130429);
    const { body } = await send(simulator);
    expect(body).toEqual({
      error: {
        message: '(#130429) Rate limit hit',
        type: 'OAuthException',
        code: 130429,
        error_data: { messaging_product: 'whatsapp', details: expect.any(String) },
        fbtrace_id: expect.any(String),
      },
    });
  });

  test('a text of 4096 characters passes', async () => {
    const { simulator } = await start({ people: [eleni] });
    expect((await send(simulator, { text: { body: '😀'.repeat(4096) } })).status).toBe(200);
  });

  test('a new token is good at once', async () => {
    const { simulator } = await start({ people: [eleni] });
    simulator.accessToken = 'replaced';
    expect((await send(simulator)).status).toBe(401);
    expect((await send(simulator, {}, { authorization: 'Bearer replaced' })).status).toBe(200);
  });

  test('outside 24 hours only templates pass: told later, or at once where asked', async () => {
    const silent = { ...eleni, history: [{ ...eleni.history[0], minutesAgo: 24 * 60 + 1 }] };
    const { simulator, product } = await start({ people: [silent as typeof eleni] });
    const late = await send(simulator, { biz_opaque_callback_data: '7.1' });
    expect(late.status).toBe(200);
    await simulator.idle();
    expect(product.statuses()).toEqual([
      expect.objectContaining({
        id: wamidOf(late.body),
        status: 'failed',
        biz_opaque_callback_data: '7.1',
        errors: [expect.objectContaining({ code: 131047 })],
      }),
    ]);

    simulator.rules.window = 'answer';
    expect((await send(simulator)).body).toMatchObject({ error: { code: 131047 } });
    const template = { type: 'template', template: { name: 'hello', language: { code: 'el' } } };
    expect((await send(simulator, template)).status).toBe(200);
    await simulator.person(ELENI).says('text', { body: 'I am back' });
    expect((await send(simulator)).status).toBe(200);
  });

  test('somebody not on WhatsApp can also be told later', async () => {
    const { simulator, product } = await start({ rules: { unknownNumbers: 'status' } });
    expect((await send(simulator, { to: '+306900000099' })).status).toBe(200);
    await simulator.idle();
    expect((await send(simulator, { to: '+306900000099' })).status).toBe(200);
    await simulator.idle();
    const failed = { status: 'failed', errors: [{ code: 131026 }] };
    expect(product.statuses()).toMatchObject([failed, failed]);
  });

  test('a burst of 45 to one person is the most, and others are not held up', async () => {
    const { simulator } = await start({ people: [eleni, { ...eleni, phone: '306900000002', userId: undefined }] });
    const answers = await Promise.all(Array.from({ length: 46 }, () => send(simulator)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(45);
    expect(answers.filter(({ body }) => codeOf(body) === 131056)).toHaveLength(1);
    expect((await send(simulator, { to: '+306900000002' })).status).toBe(200);
  });

  test('more than the number may send in a second is refused', async () => {
    const { simulator } = await start({ people: [eleni], rules: { sendsPerSecond: 1, pairLimit: false } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(simulator)));
    expect(answers.map(({ body }) => codeOf(body)).filter(Boolean)).toContain(130429);
    expect(answers.map(({ status }) => status)).toContain(200);
  });

  test('a message can be marked as read, with those before it', async () => {
    const { simulator } = await start();
    const person = simulator.person(ELENI);
    await person.says('text', { body: 'One' });
    const { wamid } = await person.says('text', { body: 'Two' });
    const read = { status: 'read', message_id: wamid, typing_indicator: { type: 'text' }, to: undefined };
    expect(await send(simulator, read)).toMatchObject({ status: 200, body: { success: true } });
    expect(person.chat.map(({ state }) => state)).toEqual(['read', 'read']);
    expect(person.typingUntil).toBeDefined();
    expect(simulator.calls.at(-1)).toMatchObject({ kind: 'read', answer: 200 });
    expect((await send(simulator, { status: 'read', message_id: 'wamid.unknown' })).body).toMatchObject({
      error: { code: 131009 },
    });
  });

  test('a reaction needs a message, and is only ever sent', async () => {
    const { simulator, product } = await start();
    const { wamid } = await simulator.person(ELENI).says('text', { body: 'Done!' });
    const reaction = (id: string) => ({ type: 'reaction', reaction: { message_id: id, emoji: '👍' } });
    expect((await send(simulator, reaction(wamid))).status).toBe(200);
    expect(simulator.person(ELENI).chat[0]?.reaction).toBe('👍');
    await simulator.idle();
    expect(product.statuses().map(({ status }) => status)).toEqual(['sent']);
    expect((await send(simulator, reaction('wamid.other'))).body).toMatchObject({ error: { code: 131009 } });
  });
});

describe('statuses', () => {
  test('sent and delivered follow in order, read when the person reads', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    const { body } = await send(simulator, { biz_opaque_callback_data: '12.1' });
    await simulator.idle();
    await simulator.person(ELENI).reads();
    const common = {
      id: wamidOf(body),
      recipient_id: ELENI,
      recipient_user_id: eleni.userId,
      biz_opaque_callback_data: '12.1',
      timestamp: expect.stringMatching(/^\d{10}$/),
    };
    const pricing = { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' };
    expect(product.statuses()).toEqual([
      { ...common, status: 'sent', pricing },
      { ...common, status: 'delivered', pricing },
      { ...common, status: 'read' },
    ]);
    expect(product.values()[0]?.contacts).toEqual([
      { profile: { name: 'Ελένη' }, wa_id: ELENI, user_id: eleni.userId },
    ]);
  });

  test('a failed one has neither contacts nor, for a number, a user id', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    simulator.nextAnswers({ statuses: ['sent', 'failed:131026'] });
    await send(simulator);
    await simulator.idle();
    expect(product.values()[1]).not.toHaveProperty('contacts');
    expect(product.statuses()[1]).not.toHaveProperty('recipient_user_id');
    expect(product.statuses()[1]).toMatchObject({
      status: 'failed',
      errors: [{ code: 131026, title: expect.any(String), error_data: { details: expect.any(String) } }],
    });
  });

  test('a phone off the net has only sent, until it is back', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    const person = simulator.person(ELENI);
    await person.goesOnline(false);
    await send(simulator);
    await simulator.idle();
    expect(product.statusNames()).toEqual(['sent']);
    await person.goesOnline();
    expect(product.statusNames()).toEqual(['sent', 'delivered']);
  });

  test('an open chat reads without delivered; without read receipts nothing is read', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    const person = simulator.person(ELENI);
    person.is({ reading: true });
    await send(simulator);
    await simulator.idle();
    expect(product.statusNames()).toEqual(['sent', 'read']);
    person.is({ readReceipts: false });
    await send(simulator);
    await simulator.idle();
    await person.reads();
    expect(product.statusNames().slice(2)).toEqual(['sent', 'delivered']);
  });

  test('who blocks the business gets nothing, and the business is not told', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    const person = simulator.person(ELENI);
    person.is({ blocked: true });
    await send(simulator);
    await simulator.idle();
    person.is({ blocked: false });
    await person.goesOnline();
    expect(product.statusNames()).toEqual(['sent']);
    expect(simulator.received(ELENI)).toMatchObject([{ blocked: true }]);
  });

  test('awkward orders and repetitions come as planned, also before the answer', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    simulator.nextAnswers({ statuses: ['read', 'delivered', 'sent', 'sent'], statusesFirst: true });
    const { body } = await send(simulator);
    expect(product.statusNames()).toEqual(['read', 'delivered', 'sent', 'sent']);
    expect(simulator.received(ELENI)).toMatchObject([{ state: 'read' }]);
    await simulator.sendStatus(wamidOf(body), 'failed:131026');
    expect(product.statusNames().at(-1)).toBe('failed');
  });
});

describe('answers on order', () => {
  test.each([190, 131026, 131047, 131056, 130429, 131000])(
    '%i is refused once, with nothing on the phone',
    async (code) => {
      const { simulator } = await start({ people: [eleni] });
      simulator.nextAnswers(code);
      expect(codeOf((await send(simulator)).body)).toBe(code);
      expect(simulator.received(ELENI)).toEqual([]);
      expect((await send(simulator)).status).toBe(200);
    },
  );

  test('come in order, and only for whom they are meant', async () => {
    const { simulator } = await start({ people: [eleni, { ...eleni, phone: '306900000002', userId: undefined }] });
    simulator.nextAnswers({ answer: 131056, to: ELENI }, { answer: 130429, to: ELENI });
    expect((await send(simulator, { to: '+306900000002' })).status).toBe(200);
    expect(codeOf((await send(simulator)).body)).toBe(131056);
    expect(codeOf((await send(simulator)).body)).toBe(130429);
    expect((await send(simulator)).status).toBe(200);
  });

  test.each(['html', 'empty'] as const)(
    '%s has status 200 though it says nothing, and the message goes out',
    async (answer) => {
      const { simulator, product } = await start({ people: [eleni] });
      simulator.nextAnswers(answer);
      const { status, body } = await send(simulator);
      expect(status).toBe(200);
      expect(body).toBeUndefined();
      await simulator.idle();
      expect(product.statusNames()).toEqual(['sent', 'delivered']);
    },
  );

  test('drop cuts the connection after acceptance', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    simulator.nextAnswers('drop');
    await expect(send(simulator)).rejects.toThrow();
    await simulator.idle();
    expect(product.statusNames()).toEqual(['sent', 'delivered']);
    expect(simulator.calls).toMatchObject([{ answer: 'drop', wamid: expect.any(String) }]);
  });

  test('hang never answers, and lets go when the simulator ends', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    simulator.nextAnswers({ answer: 'hang', statuses: [] });
    const hanging = expect(send(simulator)).rejects.toThrow();
    await simulator.until(() => simulator.calls.length === 1);
    await simulator.sendStatus(simulator.received(ELENI)[0]?.wamid ?? '', 'sent');
    expect(product.statusNames()).toEqual(['sent']);
    await simulator[Symbol.asyncDispose]();
    await hanging;
  });

  test('server-error is a 500 that is no JSON', async () => {
    const { simulator } = await start({ people: [eleni] });
    simulator.nextAnswers('server-error');
    expect(await send(simulator)).toEqual({ status: 500, body: undefined });
    expect(simulator.received(ELENI)).toEqual([]);
  });
});

describe('the control API', () => {
  test('makes up people, writes as them, and tells what their phones got', async () => {
    const { simulator, product } = await start();
    const person = (await control(simulator, '/people', {})).body as { id: string };
    const message = { type: 'text', content: { body: 'From outside' }, travel: { copies: 2 } };
    const { body } = await control(simulator, `/people/${person.id}/messages`, message);
    await simulator.idle();
    expect(product.texts()).toEqual(['From outside', 'From outside']);
    expect(product.messages()[0]?.id).toBe((body as { wamid: string }).wamid);
    await send(simulator, { to: `+${person.id}` });
    const received = await fetch(`${simulator.url}/simulator/people/${person.id}/received`);
    expect(await received.json()).toMatchObject([{ text: 'Hello?' }]);
  });

  test('plans answers, changes habits, tells statuses', async () => {
    const { simulator, product } = await start({ people: [eleni] });
    await control(simulator, `/people/${ELENI}/habits`, { online: false, readReceipts: false });
    expect(simulator.person(ELENI)).toMatchObject({ online: false, readReceipts: false });
    await control(simulator, '/answers', [{ answer: 131056 }]);
    expect(codeOf((await send(simulator)).body)).toBe(131056);
    const { body } = await send(simulator);
    await control(simulator, '/statuses', { wamid: wamidOf(body), status: 'delivered' });
    await simulator.idle();
    expect(product.statusNames()).toEqual(['sent', 'delivered']);
  });

  test.each([
    ['/people/nobody/messages', { type: 'text', content: { body: 'x' } }, 404],
    [`/people/${ELENI}/messages`, { type: 'fax', content: {} }, 400],
    [`/people/${ELENI}/messages`, { type: 'text', content: {} }, 400],
    ['/answers', [{ statuses: ['lost'] }], 400],
    ['/people', { name: 'Nobody' }, 400],
  ])('%s with %j is refused', async (path, body, status) => {
    const { simulator } = await start({ people: [eleni] });
    expect((await control(simulator, path, body)).status).toBe(status);
  });

  test('another site is kept out', async () => {
    const { simulator } = await start();
    const foreign = await control(simulator, '/people', {}, { Origin: 'https://example.com' });
    expect(foreign.status).toBe(403);
    expect((await control(simulator, '/people', {}, { Origin: simulator.url })).status).toBe(200);
    expect(simulator.people).toHaveLength(1);
  });

  test('the stream begins with everything and goes on with each change', async () => {
    const { simulator } = await start({ people: [eleni] });
    const stream = await fetch(`${simulator.url}/simulator/events`);
    const text = stream.body?.pipeThrough(new TextDecoderStream()) ?? new ReadableStream<string>();
    simulator.person(ELENI).writes('text', { body: 'Live' });
    let told = '';
    for await (const part of text) {
      told += part;
      if (told.includes('"state":"taken"')) break;
    }
    expect(told).toMatch(/^event: state\ndata: {"business":/);
    expect(told).toContain('event: change\ndata: {"message":');
    expect(told).not.toContain('app-secret');
    expect(told).not.toContain('access-token');
  });

  test('the page comes under a strict policy, and nothing but its files', async () => {
    const { simulator } = await start();
    const page = await fetch(simulator.url);
    expect(await page.text()).toContain('Simulated WhatsApp');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect((await fetch(`${simulator.url}/main.js`)).status).toBe(200);
    expect((await fetch(`${simulator.url}/people.json`)).status).toBe(400);
    expect((await fetch(`${simulator.url}/..%2fpeople.json`)).status).toBe(400);
  });
});

test('the cast of the demo is a dozen customers and more, three others, and nobody twice', async () => {
  const people = await readPeople();
  expect(people.filter(({ customer }) => customer).length).toBeGreaterThanOrEqual(12);
  expect(people.filter(({ customer }) => !customer)).toHaveLength(3);
  for (const key of ['name', 'phone', 'userId', 'email'] as const) {
    const values = people.flatMap((person) => person[key] ?? []);
    expect(new Set(values).size).toBe(values.length);
  }
});

/** A simulator, and a product that takes everything unless `answers` holds another answer. */
async function start(options: Partial<SimulatorOptions> = {}) {
  const product = await startReceiver();
  const simulator = await startSimulator({
    ...business,
    port: 0,
    webhookUrl: product.url,
    retryDelay: () => 1,
    ...options,
  });
  onTestFinished(() => simulator[Symbol.asyncDispose]());
  return { simulator, product };
}

/** Sends a text to Eleni as the product would; `changes` alter the body, and undefined takes a member away. */
async function send(
  simulator: Simulator,
  changes: Record<string, unknown> = {},
  call: { version?: string; phoneNumberId?: string; authorization?: string | undefined } = {},
): Promise<{ status: number; body: unknown }> {
  const { version = 'v26.0', phoneNumberId = business.phoneNumberId } = call;
  const authorization = 'authorization' in call ? call.authorization : `Bearer ${business.accessToken}`;
  const to = 'recipient' in changes ? undefined : `+${ELENI}`;
  const answer = await fetch(`${simulator.url}/${version}/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Hello?' }, ...changes }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

async function control(simulator: Simulator, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${simulator.url}/simulator${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

function wamidOf(body: unknown): string {
  return (body as { messages: [{ id: string }] }).messages[0].id;
}

function codeOf(body: unknown): number | undefined {
  return (body as { error?: { code: number } } | undefined)?.error?.code;
}

function signatureOf(raw: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw, 'latin1').digest('hex')}`;
}
