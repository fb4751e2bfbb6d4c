import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { query } from './harness/database.ts';
import { commsOf, inbox } from './harness/feed.ts';
import {
  changeOf,
  deliver,
  envelope,
  freshNumber,
  freshWamid,
  postWebhook,
  type Said,
  said,
  sign,
  statusWebhook,
  text,
  webhook,
} from './harness/meta.ts';
import { ACCESS_TOKEN, ADMIN, APP_SECRET, startServer, type TestServer, VERIFY_TOKEN } from './harness/server.ts';
import type { TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

const WEBHOOK = '/api/crm/whatsapp/webhook';
const PROBLEM = 'application/problem+json; charset=utf-8';

describe("Meta's verification", () => {
  const ask = (server: TestServer, parameters: Record<string, string>) =>
    fetch(`${server.url}${WEBHOOK}?${new URLSearchParams(parameters)}`);

  test('the challenge comes back as plain text, and nothing else', async ({ server }) => {
    const response = await ask(server, {
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': VERIFY_TOKEN,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toBe('1158201444');
  });

  test('a challenge that looks like markup or JSON is still only text', async ({ server }) => {
    const challenge = '<script>{"a":1}</script>';
    const response = await ask(server, {
      'hub.mode': 'subscribe',
      'hub.challenge': challenge,
      'hub.verify_token': VERIFY_TOKEN,
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toBe(challenge);
  });

  test.for([
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'another' },
    { 'hub.mode': 'unsubscribe', 'hub.challenge': '1', 'hub.verify_token': VERIFY_TOKEN },
    { 'hub.challenge': '1', 'hub.verify_token': VERIFY_TOKEN },
    { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
    { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN },
    {},
  ])('refused with 403: %j', async (parameters, { server }) => {
    const response = await ask(server, parameters as unknown as Record<string, string>);
    expect(response.status).toBe(403);
  });
});

describe('the signature', () => {
  test('a genuine message is in the log when the answer comes', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'Is the blue one still there?', { name: 'Ana Silva' }));
    expect(await commsOf(staff, `unknown:${from}`)).toMatchObject([
      {
        revision: 1,
        customerId: `unknown:${from}`,
        customer: null,
        type: 'WHATSAPP',
        direction: 'INBOUND',
        status: 'RECEIVED',
        body: 'Is the blue one still there?',
        phone: from,
        senderName: 'Ana Silva',
      },
    ]);
  });

  test('missing, malformed or wrong: 401, and nothing is kept', async ({ server, staff, databaseUrl }) => {
    const from = freshNumber();
    const body = webhook(text(from, 'forged'));
    const genuine = sign(Buffer.from(JSON.stringify(body)), APP_SECRET);
    const before = await keptBodies(databaseUrl);
    const forgeries = [
      '',
      'sha256=',
      genuine.slice(0, -1),
      `${genuine}0`,
      genuine.replace('sha256=', 'sha1='),
      genuine.slice('sha256='.length),
      `sha256=${'0'.repeat(64)}`,
    ];
    for (const signature of forgeries) {
      const headers = { 'x-hub-signature-256': signature };
      expect((await postWebhook(server, body, { secret: null, headers })).status, signature).toBe(401);
    }
    expect((await postWebhook(server, body, { secret: null })).status).toBe(401);
    expect((await postWebhook(server, body, { secret: 'another' })).status).toBe(401);
    expect(await keptBodies(databaseUrl)).toBe(before);
    expect(await inbox(staff, { search: from })).toEqual([]);
  });

  test('is over the bytes as they came, with their escapes', async ({ server, staff }) => {
    const from = freshNumber();
    const literal = JSON.stringify(webhook(text(from, 'Crème brûlée / 🍮')));
    const escaped = literal
      .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .replaceAll('/', '\\/');
    const signature = sign(Buffer.from(escaped), APP_SECRET);
    const headers = { 'x-hub-signature-256': signature };
    expect((await postWebhook(server, literal, { secret: null, headers })).status).toBe(401);
    expect((await postWebhook(server, escaped, { secret: null, headers })).status).toBe(200);
    expect(await bodiesOf(staff, from)).toEqual(['Crème brûlée / 🍮']);
  });

  test('is good by either secret while one is being replaced', async ({ databaseUrl }) => {
    await using replacing = await startServer({
      databaseUrl,
      env: { WHATSAPP_APP_SECRET: 'the-new-one, the-old-one' },
    });
    for (const [secret, status] of [
      ['the-new-one', 200],
      ['the-old-one', 200],
      [APP_SECRET, 401],
    ] as const) {
      expect((await postWebhook(replacing, webhook(text(freshNumber(), 'hello')), { secret })).status).toBe(status);
    }
  });
});

describe('the body', () => {
  test.for(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-8', 'nonsense'])(
    'is taken as Content-Type %s',
    async (contentType, { server, staff }) => {
      const from = freshNumber();
      const headers = { 'content-type': contentType };
      expect((await postWebhook(server, webhook(text(from, 'hello')), { headers })).status).toBe(200);
      expect(await bodiesOf(staff, from)).toEqual(['hello']);
    },
  );

  test('is taken without a Content-Type, in chunks without a length', async ({ server, staff }) => {
    const from = freshNumber();
    const bytes = Buffer.from(JSON.stringify(webhook(text(from, 'in pieces'))));
    const status = await postInChunks(server, [bytes.subarray(0, 20), bytes.subarray(20)], sign(bytes, APP_SECRET));
    expect(status).toBe(200);
    expect(await bodiesOf(staff, from)).toEqual(['in pieces']);
  });

  test.for([
    ['nothing', ''],
    ['text', 'hello'],
    ['truncated JSON', '{"object":"whatsapp_business_account","entry":[{'],
    ['null', 'null'],
    ['a number', '12'],
    ['an empty object', '{}'],
    ['no entries', '{"object":"whatsapp_business_account","entry":{}}'],
    ['a field nobody knows', JSON.stringify(envelope({ field: 'a_field_of_next_year', value: { some: 'thing' } }))],
    ['a value of an odd type', JSON.stringify(envelope({ field: 'messages', value: 7 }))],
    ['messages of an odd type', JSON.stringify(envelope(changeOf({ messages: 'none' })))],
    ['a mark of the byte order', '\uFEFF{"object":"whatsapp_business_account","entry":[]}'],
    ['200,000 levels', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['a prototype', '{"__proto__":{"entry":[]},"constructor":{"prototype":7},"entry":[{"__proto__":{"changes":7}}]}'],
  ] as const)('genuine but not understood, %s: kept, and 200', async ([, body], { server, databaseUrl }) => {
    expect((await postWebhook(server, body)).status).toBe(200);
    expect(await keptBodies(databaseUrl, Buffer.from(body))).toBe(1);
  });

  test('an item that makes no sense takes nothing from its neighbours', async ({ server, staff }) => {
    const from = freshNumber();
    const first = text(from, 'before');
    const last = text(from, 'after');
    const odd = [null, 7, 'text', [], {}, { id: 5, from: {}, timestamp: [], type: 3 }, { type: 'text', text: null }];
    const body = envelope(
      null,
      { field: 3 },
      changeOf({ contacts: 'none', messages: [first.message, ...odd, last.message] }),
    );
    expect((await postWebhook(server, body)).status).toBe(200);
    expect(await bodiesOf(staff, from)).toEqual(['before', 'after']);
  });

  test('may hold what PostgreSQL refuses in text', async ({ server, staff }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'nul \u0000 and half a pair \ud83d.', { name: 'Nul \u0000' }));
    const [entry] = await commsOf(staff, `unknown:${from}`);
    expect(entry?.body).toMatch(/^nul .+ and half a pair .+\.$/u);
  });

  test('may hold a text of 65,000 characters among 200,000 levels, and neighbours', async ({ server, staff }) => {
    const from = freshNumber();
    const long = 'ξ'.repeat(65_000);
    const all = [text(from, 'before'), text(from, long), text(from, 'after')].map(({ message }) => message);
    const deep = `${'[{"a":'.repeat(100_000)}7${'}]'.repeat(100_000)}`;
    const body = JSON.stringify(envelope(changeOf({ messages: all }))).replace('"metadata":{', `$&"deep":${deep},`);
    expect((await postWebhook(server, body)).status).toBe(200);
    expect(await bodiesOf(staff, from)).toEqual(['before', long, 'after']);
  });

  test('of 3 MB with 1,000 messages is taken whole and in order', async ({ server, staff }) => {
    const from = freshNumber();
    const all = Array.from({ length: 1000 }, (_, index) => text(from, `${index} ${'x'.repeat(2900)}`));
    expect(JSON.stringify(webhook(...all)).length).toBeGreaterThan(3_000_000);
    const began = performance.now();
    await deliver(server, ...all);
    // Within a second, and as much again on a machine that runs tests.
    expect(performance.now() - began).toBeLessThan(2_000);
    const newest = await inbox(staff, { search: '' }, 200);
    expect(newest.map(({ body }) => Number.parseInt(body, 10))).toEqual(
      Array.from({ length: 200 }, (_, index) => 999 - index),
    );
  });

  test('over 4 MiB: 413, with a length and without', async ({ server }) => {
    const bytes = Buffer.alloc(4 * 1024 * 1024 + 1, ' ');
    const signature = sign(bytes, APP_SECRET);
    expect((await postWebhook(server, bytes)).status).toBe(413);
    expect(await postInChunks(server, [bytes.subarray(0, 1000), bytes.subarray(1000)], signature)).toBe(413);
  });

  test('that takes over 15 seconds: 408, and 200 such at once hold nobody up', async ({ server }) => {
    const slow = Promise.all(Array.from({ length: 200 }, () => postSlowly(server)));
    let over = false;
    void slow.finally(() => {
      over = true;
    });
    while (!over) {
      const began = performance.now();
      await deliver(server, text(freshNumber(), 'meanwhile'));
      expect(performance.now() - began).toBeLessThan(2_000);
    }
    for (const { status, type, seconds } of await slow) {
      expect({ status, type }).toEqual({ status: 408, type: PROBLEM });
      expect(seconds).toBeGreaterThan(14);
      expect(seconds).toBeLessThan(20);
    }
  });

  test.for([
    ['not HTTP at all', 'hello?\r\n\r\n', 400],
    [
      'behind headers of over 16 kB',
      `POST ${WEBHOOK} HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`,
      431,
    ],
  ] as const)('%s: a problem like any other', async ([, sent, status], { server }) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(sent);
    const [head = '', body = ''] = (await textOf(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toContain(`content-type: ${PROBLEM}`);
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });
});

describe('what a body says', () => {
  test('every entry, change and message is walked, on any business number', async ({ server, staff }) => {
    const from = freshNumber();
    const [first, second, third, fourth] = ['1', '2', '3', '4'].map((body) => text(from, body)) as [
      Said,
      Said,
      Said,
      Said,
    ];
    const change = (phoneNumberId: string, ...all: Said[]) =>
      changeOf(
        { contacts: all.map(({ contact }) => contact), messages: all.map(({ message }) => message) },
        phoneNumberId,
      );
    const body = {
      object: 'whatsapp_business_account',
      entry: [
        { id: '1', changes: [change('111', first, second), change('222', third)] },
        { id: '2', changes: [change('333', fourth)] },
      ],
    };
    expect((await postWebhook(server, body)).status).toBe(200);
    const entries = await inbox(staff, {}, 4);
    expect(entries.map(({ body, businessNumberId }) => [body, businessNumberId])).toEqual([
      ['4', '333'],
      ['3', '222'],
      ['2', '111'],
      ['1', '111'],
    ]);
  });

  test('the same message is logged once, however often and in whatever company it comes', async ({ server, staff }) => {
    const from = freshNumber();
    const message = text(from, 'once');
    await deliver(server, message);
    await deliver(server, message);
    await deliver(server, message, text(from, 'and another'), message);
    expect(await bodiesOf(staff, from)).toEqual(['once', 'and another']);
  });

  test("occurredAt is Meta's timestamp; loggedAt where that is missing, impossible or later", async ({
    server,
    staff,
  }) => {
    const from = freshNumber();
    const at = (timestamp: unknown): Said => {
      const { message, contact } = text(from, String(timestamp));
      return { message: { ...message, timestamp }, ...(contact ? { contact } : {}) };
    };
    const nextYear = String(Math.floor(Date.now() / 1000) + 365 * 86_400);
    await deliver(
      server,
      at('1763800000'),
      at(1763800001),
      at(undefined),
      at('soon'),
      at('99999999999999'),
      at(nextYear),
      at('-5'),
    );
    const entries = await commsOf(staff, `unknown:${from}`);
    const occurredAt = (body: string) => entries.find((entry) => entry.body === body);
    expect(occurredAt('1763800000')?.occurredAt).toBe('2025-11-22T08:26:40.000Z');
    expect(occurredAt('1763800001')?.occurredAt).toBe('2025-11-22T08:26:41.000Z');
    for (const odd of ['undefined', 'soon', '99999999999999', nextYear, '-5']) {
      expect(occurredAt(odd)?.occurredAt, odd).toBe(occurredAt(odd)?.loggedAt);
    }
  });

  test.for(['image', 'video', 'audio', 'document', 'sticker'])(
    '%s: media is named, with its caption',
    async (type, { server, staff }) => {
      const from = freshNumber();
      const media = { id: '1003383421387256', mime_type: 'image/jpeg', sha256: 'abc=' };
      await deliver(server, said(from, type, media), said(from, type, { ...media, caption: 'The broken handle' }));
      expect(await bodiesOf(staff, from)).toEqual([
        'Media message received',
        'Media message received: The broken handle',
      ]);
    },
  );

  test.for([
    [
      'location',
      { latitude: 40.6, longitude: 22.9, name: 'White Tower', address: 'Thessaloniki' },
      /location.*White Tower/is,
    ],
    ['location', { latitude: 40.6, longitude: 22.9 }, /location/i],
    [
      'contacts',
      [{ name: { formatted_name: 'Nikos Pappas' }, phones: [{ phone: '+30 697 000 0000' }] }],
      /contact.*Nikos Pappas/is,
    ],
    ['contacts', [{ phones: [] }], /contact/i],
    ['button', { payload: 'YES', text: 'Yes, please' }, /Yes, please/],
    ['interactive', { type: 'button_reply', button_reply: { id: '1', title: 'Tomorrow' } }, /Tomorrow/],
    ['interactive', { type: 'list_reply', list_reply: { id: '2', title: 'Large', description: '40 cm' } }, /Large/],
    [
      'order',
      {
        catalog_id: '9',
        text: 'Fast, please',
        product_items: [{ product_retailer_id: 'sku-1', quantity: 2, item_price: 3.5, currency: 'EUR' }],
      },
      /order/i,
    ],
    ['reaction', { message_id: 'wamid.x', emoji: '❤️' }, /❤️/],
    ['reaction', { message_id: 'wamid.x' }, /reaction/i],
    ['system', { body: 'A changed number', type: 'user_changed_number', wa_id: '306979999999' }, /number/i],
  ] as const)('%s %j: a sentence that staff understand', async ([type, content, words], { server, staff }) => {
    const from = freshNumber();
    await deliver(server, said(from, type, content));
    const [body] = await bodiesOf(staff, from);
    expect(body).toMatch(words);
    expect(body).not.toMatch(/undefined|null|\[object|NaN/);
  });

  test.for([
    ['unsupported', { type: 'poll_creation' }],
    ['hologram', { depth: 3 }],
    ['interactive', undefined],
    ['text', undefined],
  ] as const)("%s %j: what can't be shown is still seen", async ([type, content], { server, staff }) => {
    const from = freshNumber();
    await deliver(server, said(from, type, content));
    const [body] = await bodiesOf(staff, from);
    expect(body).toMatch(/^WhatsApp sent something this program can't show \(.+\)$/);
    if (type === 'hologram') expect(body).toContain('(hologram)');
  });

  test('statuses are taken and are no entries', async ({ server, staff }) => {
    const before = await inbox(staff, {}, 1);
    const status = { id: freshWamid(), status: 'delivered', timestamp: '1763800000', recipient_id: freshNumber() };
    expect((await postWebhook(server, statusWebhook(status))).status).toBe(200);
    expect((await postWebhook(server, statusWebhook({ ...status, status: 'of next year' }))).status).toBe(200);
    expect(await inbox(staff, {}, 1)).toEqual(before);
  });
});

describe('who it is from', () => {
  test('a number among the contacts is the customer, whose name staff gave', async ({ server, staff }) => {
    const from = freshNumber();
    const customer = await customerWith(staff, 'Eleni Papadaki', `+${from}`);
    await deliver(server, text(from, 'hello', { name: 'leni 🌸' }));
    expect(await commsOf(staff, customer.id)).toMatchObject([
      { customerId: customer.id, customer: { name: 'Eleni Papadaki' }, senderName: 'leni 🌸', phone: from },
    ]);
  });

  test("a sender without a phone is known by Meta's user id", async ({ server, staff }) => {
    const userId = `GR.${Date.now()}A`;
    await deliver(server, hidden(userId, 'no number', 'Hidden Person'));
    expect(await commsOf(staff, `unknown:${userId}`)).toMatchObject([
      { customerId: `unknown:${userId}`, phone: null, senderName: 'Hidden Person', body: 'no number' },
    ]);
  });

  test('a sender keeps one id when the number comes and goes', async ({ server, staff }) => {
    const from = freshNumber();
    const userId = `GR.${from}B`;
    await deliver(server, both(from, userId, 'with both'));
    await deliver(server, hidden(userId, 'without the number'));
    await deliver(server, text(from, 'without the user id'));
    expect(await bodiesOf(staff, from)).toEqual(['with both', 'without the number', 'without the user id']);
  });

  test('a sender first met by user id keeps that when a number comes to light', async ({ server, staff }) => {
    const from = freshNumber();
    const userId = `GR.${from}C`;
    await deliver(server, hidden(userId, 'hidden'));
    await deliver(server, both(from, userId, 'shown'));
    await deliver(server, text(from, 'by number alone'));
    const entries = await commsOf(staff, `unknown:${userId}`);
    expect(entries.map(({ body }) => body).reverse()).toEqual(['hidden', 'shown', 'by number alone']);
  });

  test('a changed number teaches the new one', async ({ server, staff }) => {
    const [old, fresh] = [freshNumber(), freshNumber()];
    const customer = await customerWith(staff, 'Maria Moved', `+${old}`);
    await deliver(server, text(old, 'from the old number'));
    const changed = said(old, 'system', { body: 'changed', type: 'user_changed_number', wa_id: fresh });
    await deliver(server, { message: changed.message });
    await deliver(server, text(fresh, 'from the new number'));
    const entries = await commsOf(staff, customer.id);
    expect(entries.map(({ body }) => body)).toEqual([
      'from the new number',
      expect.stringMatching(/number/i),
      'from the old number',
    ]);
  });

  test('empty strings are no identity: strangers are not taken for one another', async ({ server, staff }) => {
    const [first, second] = [`GR.${freshNumber()}D`, `GR.${freshNumber()}E`];
    const withEmpty = (userId: string, body: string): Said => {
      const { message, contact } = hidden(userId, body);
      return { message: { ...message, from: '' }, contact: { ...contact, wa_id: '' } };
    };
    await deliver(server, withEmpty(first, 'one'), withEmpty(second, 'two'));
    expect((await commsOf(staff, `unknown:${first}`)).map(({ body }) => body)).toEqual(['one']);
    expect((await commsOf(staff, `unknown:${second}`)).map(({ body }) => body)).toEqual(['two']);
  });

  test('names are paired with their senders whatever the order', async ({ server, staff }) => {
    const [first, second] = [text(freshNumber(), 'A', { name: 'Ana' }), text(freshNumber(), 'B', { name: 'Babis' })];
    const body = envelope(
      changeOf({ contacts: [second.contact, first.contact], messages: [first.message, second.message] }),
    );
    expect((await postWebhook(server, body)).status).toBe(200);
    const entries = await inbox(staff, {}, 2);
    expect(entries.map(({ body, senderName }) => [body, senderName])).toEqual([
      ['B', 'Babis'],
      ['A', 'Ana'],
    ]);
  });
});

test('the log lines hold no body, number, name or secret', async ({ server, staff }) => {
  const from = freshNumber();
  await deliver(server, text(from, 'a very private matter', { name: 'Private Person' }));
  await postWebhook(server, webhook(text(from, 'a very private matter')), { secret: 'another' });
  await fetch(`${server.url}${WEBHOOK}?hub.mode=subscribe&hub.challenge=5&hub.verify_token=${VERIFY_TOKEN}`);
  await commsOf(staff, `unknown:${from}`);
  const output = server.output.join('\n');
  const secrets = [APP_SECRET, VERIFY_TOKEN, ACCESS_TOKEN, ADMIN.password, staff.authorization.slice('Bearer '.length)];
  for (const secret of [...secrets, from, 'very private', 'Private Person']) expect(output).not.toContain(secret);
});

/** What a sender wrote, oldest first. */
async function bodiesOf(staff: TestStaff, from: string): Promise<string[]> {
  return (await commsOf(staff, `unknown:${from}`)).map(({ body }) => body).reverse();
}

/** A message of somebody who shows a user id alone. */
function hidden(userId: string, body: string, name?: string): Said {
  const { message } = text('', body);
  const { from: _, ...rest } = message;
  return {
    message: { ...rest, id: message.id, from_user_id: userId },
    contact: { user_id: userId, profile: name === undefined ? {} : { name } },
  };
}

function both(from: string, userId: string, body: string): Said {
  const { message, contact } = text(from, body);
  return { message: { ...message, from_user_id: userId }, contact: { ...contact, user_id: userId } };
}

async function keptBodies(databaseUrl: string, bytes?: Buffer): Promise<number> {
  const rows = await query<{ count: string }>(
    databaseUrl,
    'select count(*) from webhook_body where $1::bytea is null or bytes = $1',
    [bytes ?? null],
  );
  return Number(rows[0]?.count);
}

function postInChunks(server: TestServer, chunks: Buffer[], signature: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const post = request(`${server.url}${WEBHOOK}`, { method: 'POST', headers: { 'x-hub-signature-256': signature } });
  post.on('response', (response) => resolve(response.resume().statusCode ?? 0));
  post.on('error', reject);
  for (const chunk of chunks) post.write(chunk);
  post.end();
  return promise;
}

/** Begins a body and never ends it. */
async function postSlowly(
  server: TestServer,
): Promise<{ status: number | undefined; type: string | undefined; seconds: number }> {
  const began = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const post = request(`${server.url}${WEBHOOK}`, { method: 'POST', headers: { 'content-length': '1000' } });
  post.on('response', (response) => resolve(response.resume()));
  post.on('error', reject);
  post.write('{');
  const { statusCode, headers } = await promise;
  post.destroy();
  return { status: statusCode, type: headers['content-type'], seconds: (performance.now() - began) / 1000 };
}
