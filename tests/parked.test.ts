import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { query } from './harness/database.ts';
import { commsOf, follow } from './harness/feed.ts';
import { changeOf, deliver, envelope, freshNumber, postWebhook, text, webhook } from './harness/meta.ts';
import type { TestStaff } from './harness/staff.ts';
import { signInMember } from './harness/team.ts';
import { test } from './harness/test.ts';

const PARKED = `
  query Parked($first: Int, $after: String) {
    parkedDeliveries(first: $first, after: $after) {
      nodes { id receivedAt problems { path reason } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const RERUN = `
  mutation Rerun($id: ID!) { rerunParked(id: $id) { logged delivery { id receivedAt problems { path reason } } } }
`;

interface Parked {
  id: string;
  receivedAt: string;
  problems: { path: string; reason: string }[];
}

test('what the database refuses is parked with its reason, and its neighbours are logged', async ({
  server,
  staff,
}) => {
  const from = freshNumber();
  const [before, refused, after] = [text(from, 'before'), unstorable(from), text(from, 'after')];
  await deliver(server, before, refused, after);

  expect((await commsOf(staff, `unknown:${from}`)).map(({ body }) => body)).toEqual(['after', 'before']);
  const [parked] = await parkedOf(staff);
  expect(parked).toEqual({
    id: expect.any(String),
    receivedAt: expect.any(String),
    problems: [
      { path: `message ${refused.message.id.slice(0, 200)}`, reason: 'the database can’t hold it (SQLSTATE 54000)' },
    ],
  });

  await using feed = await follow(server, staff);
  const again = await rerun(staff, parked);
  expect(again).toEqual({ logged: 0, delivery: parked });
  expect((await parkedOf(staff))[0]).toEqual(parked);
  await deliver(server, text(from, 'the next'));
  expect((await feed.next()).entry.body).toBe('the next');
});

test('what is not understood is parked, and kept so when it still is not', async ({ server, staff }) => {
  for (const [body, problems] of [
    ['{"entry":', [{ path: '', reason: 'it can’t be read: it is no JSON' }]],
    [{ hello: 1 }, [{ path: '', reason: 'it is nothing that WhatsApp is known to send: "entry" is missing' }]],
    [
      envelope(changeOf({ messages: [7, { id: 'no sender' }], statuses: [{ id: 'no status' }] })),
      [
        { path: 'entry.0.changes.0.value.messages.0', reason: 'a message that is no object' },
        { path: 'entry.0.changes.0.value.messages.1', reason: 'a message that names no sender' },
        { path: 'entry.0.changes.0.value.statuses.0', reason: 'a status without id or status' },
      ],
    ],
  ] as const) {
    expect((await postWebhook(server, body)).status).toBe(200);
    const [parked] = await parkedOf(staff);
    expect(parked?.problems).toEqual(problems);
    expect(await rerun(staff, parked)).toEqual({ logged: 0, delivery: parked });
    expect((await parkedOf(staff))[0]).toEqual(parked);
  }
});

test('run again once it can be read, it is logged once, and is parked no more', async ({
  server,
  staff,
  databaseUrl,
}) => {
  const from = freshNumber();
  const known = text(from, 'understood at the time');
  await deliver(server, known);
  const id = await parkAsOlderReader(databaseUrl, webhook(known, text(from, 'understood today')));
  const parked = (await parkedOf(staff)).find((delivery) => delivery.id === id);
  expect(parked?.problems).toEqual([{ path: 'entry.0', reason: 'of another age' }]);

  await using feed = await follow(server, staff);
  const runs = await Promise.all(Array.from({ length: 4 }, () => rerun(staff, parked)));
  expect(runs.map(({ logged }) => logged).sort()).toEqual([0, 0, 0, 1]);
  for (const { delivery } of runs) expect(delivery).toEqual({ ...parked, problems: [] });
  expect((await feed.next()).entry.body).toBe('understood today');
  expect((await commsOf(staff, `unknown:${from}`)).map(({ body }) => body)).toEqual([
    'understood today',
    'understood at the time',
  ]);
  expect((await parkedOf(staff)).map((delivery) => delivery.id)).not.toContain(id);
  expect(await rerun(staff, parked)).toEqual({ logged: 0, delivery: { ...parked, problems: [] } });
});

test('run again, what remains takes the place of what was wrong before', async ({ staff, databaseUrl }) => {
  const from = freshNumber();
  const refused = unstorable(from);
  const id = await parkAsOlderReader(databaseUrl, webhook(text(from, 'one'), refused, text(from, 'two')));
  const parked = (await parkedOf(staff)).find((delivery) => delivery.id === id);
  expect(await rerun(staff, parked)).toMatchObject({
    logged: 2,
    delivery: { id, problems: [{ path: `message ${refused.message.id.slice(0, 200)}` }] },
  });
  expect((await parkedOf(staff)).find((delivery) => delivery.id === id)?.problems).toHaveLength(1);
});

test('the list is read page by page, newest first', async ({ staff, databaseUrl }) => {
  const ids = [];
  for (const hello of [1, 2, 3]) ids.unshift(await parkAsOlderReader(databaseUrl, { hello, at: randomBytes(8) }));
  const { parkedDeliveries: first } = await ask(staff, { first: 2 });
  expect(first.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.pageInfo.hasNextPage).toBe(true);
  const { parkedDeliveries: second } = await ask(staff, { first: 1, after: first.pageInfo.endCursor });
  expect(second.nodes.map(({ id }) => id)).toEqual(ids.slice(2));

  for (const [variables, field] of [
    [{ first: 0 }, 'first'],
    [{ first: 201 }, 'first'],
    [{ after: 'garbage' }, 'after'],
  ] as const) {
    const { errors } = await staff.post(PARKED, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  }
});

test('is for admins alone, and what is not there can’t be run', async ({ server, staff, databaseUrl }) => {
  const member = await signInMember(server, staff);
  const from = freshNumber();
  const id = await parkAsOlderReader(databaseUrl, webhook(text(from, 'not by a member')));
  for (const answer of [await member.post(PARKED), await member.post(RERUN, { id })]) {
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(answer.data ?? null).toBeNull();
  }
  expect(await commsOf(staff, `unknown:${from}`)).toEqual([]);

  for (const nothing of ['0', '999999999999999', 'nothing', '1 or 1=1', '\u0000', '9'.repeat(40)]) {
    const { errors } = await staff.post(RERUN, { id: nothing });
    expect(errors?.[0]?.extensions, nothing).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
  }
});

/** Its id is longer than an index of PostgreSQL can hold, and doesn't shrink. */
function unstorable(from: string) {
  return text(from, 'too much', { id: `wamid.${randomBytes(4_000).toString('base64url')}` });
}

/** As if a version of the program had taken it that did not know what to make of it. */
async function parkAsOlderReader(databaseUrl: string, body: unknown): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(body));
  const [row] = await query<{ id: string }>(
    databaseUrl,
    `insert into webhook_body (sha256, bytes, problems)
      values ($1, $2, '[{ "path": "entry.0", "reason": "of another age" }]') returning id::text`,
    [createHash('sha256').update(bytes).digest(), bytes],
  );
  return row?.id ?? '';
}

async function parkedOf(staff: TestStaff): Promise<Parked[]> {
  return (await ask(staff, { first: 200 })).parkedDeliveries.nodes;
}

async function ask(staff: TestStaff, variables: Record<string, unknown>) {
  return await staff.ask<{
    parkedDeliveries: { nodes: Parked[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }>(PARKED, variables);
}

async function rerun(staff: TestStaff, parked: Parked | undefined) {
  const answer = await staff.ask<{ rerunParked: { logged: number; delivery: Parked } }>(RERUN, { id: parked?.id });
  return answer.rerunParked;
}
