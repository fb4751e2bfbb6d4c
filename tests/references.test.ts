import { describe, expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { link, unlink } from './harness/day-work.ts';
import { feedPosition } from './harness/feed.ts';
import { deliver, freshNumber, freshWamid, quoting, type Said, said, text } from './harness/meta.ts';
import { customerOnWhatsApp, post, type Sending, send, sendingTest as test } from './harness/sending.ts';
import type { TestServer } from './harness/server.ts';
import type { GraphQLAnswer, TestStaff } from './harness/staff.ts';
import { subscribe } from './harness/subscriber.ts';

describe('what a customer does with a message', () => {
  test('a reply names the message that it quotes', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const first = text(from, 'Is it red or blue?');
    await deliver(server, first, quoting(first.message.id, text(from, 'I mean this one')));
    const [reply, quoted] = await entriesOf(staff, `unknown:${from}`);
    expect(reply).toMatchObject({
      body: 'I mean this one',
      refersTo: { kind: 'REPLY', extMessageId: first.message.id, emoji: null, entry: { id: quoted?.id } },
    });
    expect(quoted).toMatchObject({ revision: 1, refersTo: null, reactions: [] });
    // Forwarded, so without an id; and a quote of something that was never here.
    const forwarded = text(from, 'forwarded');
    forwarded.message.context = { forwarded: true };
    await deliver(server, forwarded, quoting('wamid.never', text(from, 'what was that?')));
    expect((await entriesOf(staff, `unknown:${from}`)).slice(0, 2).map(({ refersTo }) => refersTo)).toEqual([
      { kind: 'REPLY', extMessageId: 'wamid.never', emoji: null, entry: null },
      null,
    ]);
  });

  test('a reaction is logged, and stands with its target until it is another or taken back', async ({ sending }) => {
    const { server, staff } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const sent = await send(staff, input('It is on its way'));
    const wamid = sent.extMessageId ?? '';
    await using told = await followEntries(server, staff, customer.id);
    for (const [emoji, shown] of [
      ['👍', ['👍']],
      ['❤️', ['❤️']],
      [undefined, []],
    ] as const) {
      await deliver(server, reaction(number, wamid, emoji));
      const target = await told.until(({ id, reactions }) => id === sent.id && emojis(reactions) === shown.join());
      expect(target.revision).toBeGreaterThan(sent.revision);
      expect(target.reactions).toEqual(
        shown.map((one) => ({ emoji: one, by: null, reactedAt: expect.stringMatching(/^2/) })),
      );
    }
    const entries = await entriesOf(staff, customer.id);
    expect(entries.slice(0, 3).map(({ body, refersTo }) => [body, refersTo?.emoji, refersTo?.entry?.id])).toEqual([
      ['Removed a reaction', null, sent.id],
      ['Reacted with ❤️', '❤️', sent.id],
      ['Reacted with 👍', '👍', sent.id],
    ]);
  });

  test('told twice, it is there once, and its target is told once', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const first = text(from, 'hello');
    const liked = reaction(from, first.message.id, '😂');
    await deliver(server, first, liked);
    await deliver(server, liked);
    const entries = await entriesOf(staff, `unknown:${from}`);
    expect(entries.map(({ revision, reactions }) => [revision, emojis(reactions)])).toEqual([
      [1, ''],
      [2, '😂'],
    ]);
  });

  test('what comes before its target waits for it', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const late = text(from, 'late');
    await deliver(server, reaction(from, late.message.id, '🙏'), edit(from, late.message.id, 'later'));
    await deliver(server, late);
    const [, , target] = await entriesOf(staff, `unknown:${from}`, 'body');
    expect(target).toMatchObject({ body: 'late', edited: { body: 'later' }, reactions: [{ emoji: '🙏' }] });
  });

  test('an edit and a deletion keep what was said first', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const first = text(from, 'at 5', { at: new Date(Date.now() - 60_000) });
    await deliver(server, first);
    await deliver(server, edit(from, first.message.id, 'at 6', new Date(Date.now() - 40_000)));
    await deliver(server, edit(from, first.message.id, 'at 7', new Date(Date.now() - 20_000)));
    const changed = (await entriesOf(staff, `unknown:${from}`)).at(-1);
    expect(changed).toMatchObject({ body: 'at 5', edited: { body: 'at 7' }, deletedAt: null, revision: 3 });
    await deliver(server, said(from, 'revoke', { original_message_id: first.message.id }));
    const entries = await entriesOf(staff, `unknown:${from}`);
    expect(entries.at(-1)).toMatchObject({ body: 'at 5', edited: { body: 'at 7' }, deletedAt: expect.any(String) });
    expect(entries.map(({ refersTo }) => refersTo?.kind)).toEqual(['DELETION', 'EDIT', 'EDIT', undefined]);
  });

  test('none of it touches a message of somebody else, or of the company', async ({ sending }) => {
    const { server, staff } = sending;
    const { customer, input } = await customerOnWhatsApp(sending);
    const sent = await send(staff, input('Ours'));
    const [other, stranger] = [freshNumber(), freshNumber()];
    const theirs = text(other, 'Theirs');
    await deliver(server, theirs);
    const wamids = [sent.extMessageId ?? '', theirs.message.id];
    for (const wamid of wamids) {
      await deliver(
        server,
        reaction(stranger, wamid, '👎'),
        edit(stranger, wamid, 'not theirs'),
        said(stranger, 'revoke', { original_message_id: wamid }),
        quoting(wamid, text(stranger, 'reading along')),
      );
    }
    const { number } = await customerOnWhatsApp(sending);
    expect(number).not.toBe(stranger);
    for (const [id, body] of [
      [customer.id, 'Ours'],
      [`unknown:${other}`, 'Theirs'],
    ] as const) {
      const [entry] = await entriesOf(staff, id);
      expect(entry).toMatchObject({ body, reactions: [], edited: null, deletedAt: null });
    }
    const referring = await entriesOf(staff, `unknown:${stranger}`);
    expect(referring.map(({ refersTo }) => refersTo?.entry)).toEqual(Array.from({ length: 8 }, () => null));
    // A customer changes their own messages only.
    const to = sent.phone ?? '';
    await deliver(
      server,
      edit(to, wamids[0] ?? '', 'put into our mouth'),
      said(to, 'revoke', { original_message_id: wamids[0] }),
    );
    expect((await entriesOf(staff, customer.id)).at(-1)).toMatchObject({ edited: null, deletedAt: null });
  });

  test('counts as soon as both are in one conversation, and no longer than that', async ({ sending }) => {
    const { server, staff } = sending;
    const { customer, input } = await customerOnWhatsApp(sending);
    const sent = await send(staff, input('Do you like it?'));
    // Who hides the number is somebody else until it is said who that is.
    const userId = `GR.${freshNumber()}`;
    const liked = reaction('', sent.extMessageId ?? '', '😮');
    await deliver(server, { message: { ...liked.message, from: undefined, from_user_id: userId } });
    const reactions = async () => (await entriesOf(staff, customer.id)).find(({ id }) => id === sent.id)?.reactions;
    expect(await reactions()).toEqual([]);
    await link(staff, `unknown:${userId}`, customer.id);
    expect(await reactions()).toMatchObject([{ emoji: '😮', by: null }]);
    await unlink(staff, `unknown:${userId}`);
    expect(await reactions()).toEqual([]);
  });

  test('goes along when an unknown sender becomes a customer', async ({ sending }) => {
    const { server, staff } = sending;
    const from = freshNumber();
    const first = text(from, 'who am I?');
    await deliver(
      server,
      first,
      reaction(from, first.message.id, '😮'),
      quoting(first.message.id, text(from, 'well?')),
    );
    const customer = await customerWith(staff, 'Now known', `+${from}`);
    const entries = await entriesOf(staff, customer.id, 'body');
    expect(entries).toMatchObject([
      { body: 'Reacted with 😮', refersTo: { entry: { body: 'who am I?' } } },
      { body: 'well?', refersTo: { entry: { body: 'who am I?' } } },
      { body: 'who am I?', reactions: [{ emoji: '😮' }] },
    ]);
  });
});

describe('what staff do with a message', () => {
  test('a reply quotes it, by either door, and is its own when the key comes again', async ({ sending }) => {
    const { server, staff } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const asked = text(number, 'Which one?');
    await deliver(server, asked);
    const [question] = await entriesOf(staff, customer.id);
    const replyTo = question?.id ?? '';
    const sent = await send(staff, { ...input('The red one'), replyTo, idempotencyKey: `reply-${number}` });
    expect(lastCall(sending, number)).toMatchObject({
      type: 'text',
      text: { body: 'The red one' },
      context: { message_id: asked.message.id },
    });
    const { authorization } = staff;
    const { json } = await post(
      server,
      { customer_id: customer.id, to_phone: `+${number}`, message: 'By REST', reply_to: replyTo },
      { authorization },
    );
    expect(lastCall(sending, number)).toMatchObject({ context: { message_id: asked.message.id } });
    const entries = await entriesOf(staff, customer.id);
    for (const id of [json.id, sent.id]) {
      expect(entries.find((entry) => entry.id === id)?.refersTo).toMatchObject({
        kind: 'REPLY',
        entry: { id: replyTo },
      });
    }
    const again = await send(staff, { ...input('The red one'), replyTo, idempotencyKey: `reply-${number}` });
    expect(again.id).toBe(sent.id);
    const unquoted = await staff.post(SEND, { input: { ...input('The red one'), idempotencyKey: `reply-${number}` } });
    expect(problemOf(unquoted)).toEqual(['IDEMPOTENCY_CONFLICT', 'idempotencyKey']);
  });

  test('a reaction is sent, stands with the message at once, and can be taken back', async ({ sending }) => {
    const { server, staff, whatsapp } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    const { wamid, said: delivered } = whatsapp.person(number).writes('text', { body: 'Thank you!' });
    await delivered;
    const [entry] = await entriesOf(staff, customer.id);
    const entryId = entry?.id ?? '';
    // As some keyboards write it, without the mark that makes it an emoji.
    const reacted = await react(staff, { entryId, emoji: '❤' });
    expect(reacted).toMatchObject({ body: 'Reacted with ❤️', status: 'SENT', refersTo: { entry: { id: entryId } } });
    expect(lastCall(sending, number)).toMatchObject({
      to: `+${number}`,
      type: 'reaction',
      reaction: { message_id: wamid, emoji: '❤️' },
    });
    const [mine] = (await entriesOf(staff, customer.id)).filter(({ id }) => id === entryId);
    expect(mine?.reactions).toMatchObject([{ emoji: '❤️', by: { email: 'admin@example.com' } }]);
    // The customer's stands beside it, and only the company's goes.
    await deliver(server, reaction(number, wamid, '😂'));
    await react(staff, { entryId, emoji: '' });
    expect(lastCall(sending, number)).toMatchObject({ reaction: { message_id: wamid, emoji: '' } });
    const [after] = (await entriesOf(staff, customer.id)).filter(({ id }) => id === entryId);
    expect(after?.reactions).toMatchObject([{ emoji: '😂', by: null }]);
    // It neither answers the customer nor leaves them waiting.
    const { conversation } = await staff.ask<{ conversation: { unanswered: boolean } }>(
      'query X($id: ID!) { conversation(id: $id) { unanswered } }',
      { id: customer.id },
    );
    expect(conversation.unanswered).toBe(true);
  });

  test('a reaction that WhatsApp refuses leaves its target, until it goes out after all', async ({ sending }) => {
    const { staff, whatsapp } = sending;
    const { customer, number } = await customerOnWhatsApp(sending);
    await whatsapp.person(number).says('text', { body: 'Good news' });
    const [entry] = await entriesOf(staff, customer.id);
    const entryId = entry?.id ?? '';
    whatsapp.nextAnswers({ answer: 131009, to: number });
    const failed = await react(staff, { entryId, emoji: '👍' });
    expect(failed.status).toBe('FAILED');
    const target = async () => (await entriesOf(staff, customer.id)).find(({ id }) => id === entryId);
    expect((await target())?.reactions).toEqual([]);
    await staff.ask('mutation X($id: ID!) { retrySend(entryId: $id) { entry { id } } }', { id: failed.id });
    expect((await target())?.reactions).toMatchObject([{ emoji: '👍' }]);
  });

  test('what can’t be quoted or reacted to is refused, with the field and what helps', async ({ sending }) => {
    const { server, staff } = sending;
    const { customer, number, input } = await customerOnWhatsApp(sending);
    const stranger = freshNumber();
    const old = text(number, 'long ago', { at: new Date(Date.now() - 31 * 24 * 60 * 60 * 1_000) });
    await deliver(server, old, text(number, 'new'), text(stranger, 'elsewhere'));
    const entries = await entriesOf(staff, customer.id);
    const idOf = (body: string) => entries.find((entry) => entry.body === body)?.id ?? '';
    const [elsewhere] = await entriesOf(staff, `unknown:${stranger}`);
    const { id: noteId } = await logNote(staff, customer.id);
    const reacted = await react(staff, { entryId: idOf('new'), emoji: '👍' });
    for (const replyTo of [elsewhere?.id, noteId, reacted.id, '999999999', 'x']) {
      expect(problemOf(await staff.post(SEND, { input: { ...input('?'), replyTo } }))).toEqual([
        'BAD_USER_INPUT',
        'replyTo',
      ]);
    }
    for (const [entryId, emoji, field] of [
      [noteId, '👍', 'entryId'],
      ['999999999', '👍', 'entryId'],
      [reacted.id, '👍', 'entryId'],
      [idOf('long ago'), '👍', 'entryId'],
      [idOf('new'), '👍👍', 'emoji'],
      [idOf('new'), 'ok', 'emoji'],
    ] as const) {
      expect(problemOf(await staff.post(REACT, { input: { entryId, emoji } })), `${field} ${emoji}`).toEqual([
        'BAD_USER_INPUT',
        field,
      ]);
    }
  });
});

interface Entry {
  id: string;
  revision: number;
  body: string;
  status: string;
  refersTo: {
    kind: string;
    extMessageId: string;
    emoji: string | null;
    entry: { id: string; body: string } | null;
  } | null;
  reactions: { emoji: string; by: { email: string } | null; reactedAt: string }[];
  edited: { body: string; editedAt: string } | null;
  deletedAt: string | null;
}

const FIELDS = `id revision body status refersTo { kind extMessageId emoji entry { id body } }
  reactions { emoji by { email } reactedAt } edited { body editedAt } deletedAt`;
const SEND = 'mutation Send($input: SendWhatsAppInput!) { sendWhatsApp(input: $input) { entry { id } } }';
const REACT = `mutation React($input: ReactWhatsAppInput!) { reactWhatsApp(input: $input) { entry { ${FIELDS} } } }`;

/** Newest first as logged, or by what they say. */
async function entriesOf(staff: TestStaff, customerId: string, by: 'id' | 'body' = 'id'): Promise<Entry[]> {
  const { customerComms } = await staff.ask<{ customerComms: { nodes: Entry[] } }>(
    `query Comms($id: ID!) { customerComms(customerId: $id) { nodes { ${FIELDS} } } }`,
    { id: customerId },
  );
  return customerComms.nodes.toSorted((a, b) => (by === 'id' ? Number(b.id) - Number(a.id) : a.body < b.body ? -1 : 1));
}

async function react(staff: TestStaff, input: { entryId: string; emoji: string }): Promise<Entry> {
  return (await staff.ask<{ reactWhatsApp: { entry: Entry } }>(REACT, { input })).reactWhatsApp.entry;
}

async function logNote(staff: TestStaff, customerId: string): Promise<{ id: string }> {
  const { logComms } = await staff.ask<{ logComms: { entry: { id: string } } }>(
    'mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }',
    { input: { customerId, type: 'NOTE', direction: 'INTERNAL', body: 'a note' } },
  );
  return logComms.entry;
}

async function followEntries(server: TestServer, staff: TestStaff, customerId: string) {
  const after = await feedPosition(staff);
  const query = `subscription Entries($after: String, $customerId: ID) {
    commsLogged(after: $after, customerId: $customerId) { entry { ${FIELDS} } }
  }`;
  const subscriber = subscribe<{ commsLogged: { entry: Entry } }>(server, staff, query, { after, customerId });
  return {
    async until(matches: (entry: Entry) => boolean): Promise<Entry> {
      const steps = await subscriber.until(({ commsLogged }) => matches(commsLogged.entry));
      const last = steps.at(-1);
      if (!last) throw new Error('nothing was told');
      return last.commsLogged.entry;
    },
    [Symbol.asyncDispose]: () => subscriber[Symbol.asyncDispose](),
  };
}

function reaction(from: string, wamid: string, emoji: string | undefined): Said {
  return said(from, 'reaction', { message_id: wamid, ...(emoji && { emoji }) });
}

function edit(from: string, wamid: string, body: string, at = new Date()): Said {
  const content = { original_message_id: wamid, message: { type: 'text', text: { body } } };
  return said(from, 'edit', content, { at, id: freshWamid() });
}

function emojis(reactions: { emoji: string }[]): string {
  return reactions.map(({ emoji }) => emoji).join();
}

function lastCall({ whatsapp }: Sending, number: string): Record<string, unknown> | undefined {
  return whatsapp.calls.filter(({ to, kind }) => kind === 'message' && to === `+${number}`).at(-1)?.body;
}

function problemOf({ errors }: GraphQLAnswer): unknown[] {
  return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.field];
}
