import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { followInbox, link, markRead, newestId, officeTest as test, unlink } from './harness/day-work.ts';
import { feedPosition, follow } from './harness/feed.ts';
import { deliver, freshNumber, said, text } from './harness/meta.ts';
import { openRawSocket } from './harness/raw-socket.ts';
import { retry, send } from './harness/sending.ts';
import type { TestServer } from './harness/server.ts';
import type { TestStaff } from './harness/staff.ts';
import { subscribe } from './harness/subscriber.ts';
import { signInMember } from './harness/team.ts';

test('what commsLogged tells depends on nobody: the same bytes for an admin and a member', async ({ office }) => {
  const { server, other, ana, maria } = office;
  const after = await feedPosition(ana);
  // Of one group, and of another; `maria` has not read what `ana` has.
  using anas = await listen(server, ana, 'log', after);
  using marias = await listen(server, maria, 'log', after);
  using apart = await listen(server, maria, 'the log', after);
  const live = [anas, marias, apart];
  const from = freshNumber();
  await deliver(server, text(from, 'the beginning', { name: 'Eleni' }));
  const began = await Promise.all(live.map((socket) => socket.until('the beginning')));

  const unknown = `unknown:${from}`;
  const customer = await customerWith(ana, 'Eleni Known', `+${freshNumber()}`);
  const inbound = text(from, 'inbound');
  const { id: wamid } = inbound.message;
  await deliver(server, inbound, said(from, 'reaction', { message_id: wamid, emoji: '👍' }));
  const changed = { original_message_id: wamid, message: { type: 'text', text: { body: 'inbound, edited' } } };
  await deliver(server, said(from, 'edit', changed), said(from, 'revoke', { original_message_id: wamid }));
  await markRead(ana, unknown, await newestId(ana, unknown));
  const sent = { customerId: unknown, toPhone: `+${from}` };
  await send(maria, { ...sent, message: 'sent', idempotencyKey: 'a key of hers' });
  const { id } = await send(ana, { ...sent, message: 'refuse this' });
  await retry(maria, id);
  const unwanted = await send(maria, { ...sent, message: 'refuse this as well' });
  await ana.ask('mutation Discard($id: ID!) { discardSend(entryId: $id) { entry { id } } }', { id: unwanted.id });
  await link(maria, unknown, customer.id);
  await note(ana, customer.id, 'noted');
  await unlink(ana, unknown);
  await deliver(server, text(from, 'the end'));
  const told = await Promise.all(live.map((socket) => socket.until('the end')));
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);

  const entries = (told[0] ?? []).map((payload): Record<string, unknown> => JSON.parse(payload).data.commsLogged.entry);
  expect(entries.map(({ status }) => status)).toEqual(expect.arrayContaining(['RECEIVED', 'QUEUED', 'SENT', 'FAILED']));
  const fields = Object.keys(entries[0] ?? {});
  // Only what WhatsApp wants later is tried again, and only who writes without a number has a user id.
  const neverSaid = fields.filter((field) => entries.every((entry) => entry[field] === null));
  expect(neverSaid).toEqual(['nextTryAt', 'recipientUserId']);

  // All of it again, as it is by now, from the program that told it and from another.
  const again = await Promise.all(
    (
      [
        [server, ana],
        [server, maria],
        [other, ana],
        [other, maria],
      ] as const
    ).map(async ([program, staff]) => {
      using socket = await listen(program, staff, 'again', after);
      return await socket.until('the end');
    }),
  );
  expect(again[0]).toHaveLength([...(began[0] ?? []), ...(told[0] ?? [])].length);
  for (const one of again) expect(one).toEqual(again[0]);
});

test('read marks reach every screen of their owner, and nobody else', async ({ office }) => {
  const { server, other, ana, maria } = office;
  const from = freshNumber();
  const unknown = `unknown:${from}`;
  await deliver(server, text(from, 'one'));
  const newest = await newestId(ana, unknown);
  await using anas = await followInbox(server, ana);
  const screens = await Promise.all([
    followInbox(server, maria),
    followInbox(server, maria),
    followInbox(other, maria),
  ]);
  await markRead(maria, unknown, newest);
  for (const screen of screens) {
    await using _ = screen;
    const steps = await screen.until(({ inboxChanged }) => inboxChanged.readMark !== null);
    expect(steps.at(-1)?.inboxChanged.readMark).toMatchObject({ conversationId: unknown, upToEntryId: newest });
  }
  await deliver(server, text(from, 'two'));
  const steps = await anas.until(({ inboxChanged }) => inboxChanged.conversation?.lastEntry?.body === 'two');
  expect(steps.filter(({ inboxChanged }) => inboxChanged.readMark !== null)).toEqual([]);
});

test('a session that ended is told nothing more, whatever its client does', async ({ office }) => {
  const { server, other, ana } = office;
  const leaver = await signInMember(server, ana);
  await using bystander = await follow(server, ana);
  using deaf = await readOnForEver(server, leaver, bystander.start);
  const from = freshNumber();
  await deliver(server, text(from, 'before'));
  await bystander.next();
  await deaf.until('before');

  const ended = performance.now();
  const { authorization } = leaver;
  // At another program than the one that tells.
  await fetch(`${other.url}/api/auth/sign-out`, { method: 'POST', headers: { authorization } });
  for (let index = 0; !deaf.wasClosed(); index += 1) {
    await deliver(server, text(from, `meanwhile ${index}`));
    await bystander.next();
  }
  expect(performance.now() - ended).toBeLessThan(5_000);
  for (const body of ['after', 'long after']) {
    await deliver(server, text(from, body));
    await bystander.next();
  }
  expect(deaf.received()).toContain('before');
  expect(deaf.received()).not.toContain(JSON.stringify('after'));
  using late = await openRawSocket(server);
  late.send({ type: 'connection_init', payload: { authorization } });
  expect((await late.closed).code).toBe(4403);
});

test('one document, followed with other variables: each is shown what it asked for, of what it asked for', async ({
  office,
}) => {
  const { server, ana } = office;
  const [here, there] = [freshNumber(), freshNumber()];
  const document = `subscription Logged($after: String, $customerId: ID, $saying: Boolean!) {
    commsLogged(after: $after, customerId: $customerId) { entry { phone body @include(if: $saying) } }
  }`;
  const after = await feedPosition(ana);
  const followed = [
    { saying: true },
    { saying: false },
    { saying: true, customerId: `unknown:${here}` },
    { saying: true, customerId: `unknown:${there}` },
    { saying: false, customerId: `unknown:${there}` },
  ].map((variables) => subscribe<{ commsLogged: unknown }>(server, ana, document, { after, ...variables }));
  const next = (index: number) => followed[index]?.next().then(({ commsLogged }) => commsLogged);
  await deliver(server, text(here, 'here'), text(there, 'there'));

  for (const index of [0, 2]) expect(await next(index)).toEqual({ entry: { phone: here, body: 'here' } });
  for (const index of [0, 3]) expect(await next(index)).toEqual({ entry: { phone: there, body: 'there' } });
  for (const phone of [here, there]) expect(await next(1)).toEqual({ entry: { phone } });
  expect(await next(4)).toEqual({ entry: { phone: there } });
  for (const subscriber of followed) await subscriber[Symbol.asyncDispose]();
});

/** A socket with one subscription to everything that there is to know of the log. */
async function listen(server: TestServer, staff: TestStaff, id: string, after: string) {
  const socket = await openRawSocket(server);
  const [init, subscribe] = beginning(staff, id, after);
  socket.send(init);
  expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
  socket.send(subscribe);
  return {
    [Symbol.dispose]: () => socket[Symbol.dispose](),
    /** What it is told up to and with this text, as JSON. */
    async until(body: string): Promise<string[]> {
      const payloads: string[] = [];
      do {
        const { type, payload } = await socket.next();
        expect(type).toBe('next');
        payloads.push(JSON.stringify(payload));
      } while (!payloads.at(-1)?.includes(JSON.stringify(body)));
      return payloads;
    },
  };
}

/** A client that takes no goodbye: it leaves the connection open and keeps whatever comes. */
async function readOnForEver(server: TestServer, staff: TestStaff, after: string) {
  const upgrade = request(`${server.url}/graphql`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-protocol': 'graphql-transport-ws',
    },
  }).end();
  const [, stream] = (await once(upgrade, 'upgrade')) as [unknown, Socket];
  let received = '';
  stream.setEncoding('latin1').on('data', (bytes: string) => {
    received += bytes;
  });
  const until = async (words: string) => {
    while (!received.includes(words)) await once(stream, 'data');
  };
  const [init, subscribe] = beginning(staff, 'deaf', after);
  stream.write(frameOf(init));
  await until('connection_ack');
  stream.write(frameOf(subscribe));
  return {
    until,
    received: () => received,
    /** By 4403. */
    wasClosed: () => received.includes('\x11\x33Forbidden'),
    [Symbol.dispose]: () => stream.destroy(),
  };
}

function beginning({ authorization }: TestStaff, id: string, after: string) {
  const query = `subscription All($after: String) { commsLogged(after: $after) ${everyField('CommsLogged')} }`;
  return [
    { type: 'connection_init', payload: { authorization } },
    { type: 'subscribe', id, payload: { query, variables: { after } } },
  ] as const;
}

/** Whatever may be asked of a type, but for what it is itself a part of. */
function everyField(typeName: string, within: readonly string[] = []): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return '';
  const inner = [...within, typeName];
  const fields = Object.values(type.getFields()).filter((field) => !inner.includes(getNamedType(field.type).name));
  return `{ ${fields.map((field) => `${field.name} ${everyField(getNamedType(field.type).name, inner)}`).join(' ')} }`;
}

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));

/** A text as a client sends it: with a mask, of zeros, which leaves it as it is. */
function frameOf(message: object): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  const head = Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

async function note(staff: TestStaff, customerId: string, body: string): Promise<void> {
  await staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', {
    input: { customerId, type: 'NOTE', direction: 'INTERNAL', body },
  });
}
