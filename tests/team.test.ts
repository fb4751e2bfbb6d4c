import { describe, expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { query } from './harness/database.ts';
import { COMMS_LOGGED, feedPosition, follow } from './harness/feed.ts';
import { logAs } from './harness/log-as.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import { openRawSocket } from './harness/raw-socket.ts';
import { ADMIN, startServer, type TestServer } from './harness/server.ts';
import { type GraphQLAnswer, signIn, type TestStaff } from './harness/staff.ts';
import { subscribe } from './harness/subscriber.ts';
import { test as base } from './harness/test.ts';

const ME = 'query Me { me { id name email role } }';
const MY_ACCOUNT = 'query Mine { myAccount { mustChangePassword staff { email } } }';
const MY_SESSIONS = 'query Sessions { mySessions { id current createdAt lastUsedAt address device } }';
const ACCOUNT = 'account { id name email role active mustChangePassword createdAt lastSeenAt }';
const STAFF = `query Team { staff { ${ACCOUNT.slice('account { '.length)} }`;
const ADD = `mutation Add($input: AddStaffInput!) { addStaff(input: $input) { oneTimePassword ${ACCOUNT} } }`;
const RESET = `mutation Reset($id: ID!) { resetStaff(id: $id) { oneTimePassword ${ACCOUNT} } }`;
const DEACTIVATE = `mutation Deactivate($id: ID!) { deactivateStaff(id: $id) { ${ACCOUNT} } }`;
const REACTIVATE = `mutation Reactivate($id: ID!) { reactivateStaff(id: $id) { ${ACCOUNT} } }`;
const SET_ROLE = `mutation Role($id: ID!, $role: StaffRole!) { setStaffRole(id: $id, role: $role) { ${ACCOUNT} } }`;
const CHANGE_PASSWORD = `
  mutation Change($current: String!, $new: String!) {
    changePassword(current: $current, new: $new) { account { mustChangePassword } }
  }
`;
const END_SESSION = 'mutation End($id: ID!) { endMySession(id: $id) { sessions { id current } } }';
const END_OTHERS = 'mutation EndOthers { endMyOtherSessions { sessions { id current } } }';

const PASSWORD = 'a-password-of-their-own';

interface Account {
  id: string;
  name: string;
  email: string;
  role: 'ADMIN' | 'MEMBER';
  active: boolean;
  mustChangePassword: boolean;
  createdAt: string;
  lastSeenAt: string | null;
}

interface OwnSession {
  id: string;
  current: boolean;
  createdAt: string;
  lastUsedAt: string;
  address: string | null;
  device: string;
}

/** `somebody`: a member whose account no test changes. */
const test = base.extend('somebody', { scope: 'file' }, ({ server, staff }) => memberOf(server, staff));

describe('an admin', () => {
  test('adds somebody with a one-time password, which has to be changed at the first sign-in', async ({
    server,
    staff,
  }) => {
    const email = `${crypto.randomUUID()}@Example.com`;
    const { account, oneTimePassword } = await add(staff, { email, name: '  Maria Papadopoulou ' });
    expect(account).toEqual({
      id: expect.any(String),
      name: 'Maria Papadopoulou',
      email: email.toLowerCase(),
      role: 'MEMBER',
      active: true,
      mustChangePassword: true,
      createdAt: expect.any(String),
      lastSeenAt: null,
    });
    expect(oneTimePassword).toMatch(/^(\w{4}-){3}\w{4}$/);

    const maria = await signIn(server, { email, password: oneTimePassword });
    expect(await maria.ask(MY_ACCOUNT)).toEqual({
      myAccount: { mustChangePassword: true, staff: { email: email.toLowerCase() } },
    });
    await maria.ask(CHANGE_PASSWORD, { current: oneTimePassword, new: PASSWORD });
    expect(await maria.ask(MY_ACCOUNT)).toMatchObject({ myAccount: { mustChangePassword: false } });
    expect(await signInStatus(server, email, oneTimePassword)).toBe(401);
    expect(await signInStatus(server, email, PASSWORD)).toBe(200);
    expect(await accountOf(staff, account.id)).toMatchObject({
      mustChangePassword: false,
      lastSeenAt: expect.any(String),
    });
  });

  test('adds another admin', async ({ server, staff }) => {
    const { account, oneTimePassword } = await add(staff, { role: 'ADMIN' });
    expect(account.role).toBe('ADMIN');
    const admin = await signedInAs(server, account.email, oneTimePassword);
    expect((await admin.ask<{ staff: Account[] }>(STAFF)).staff).toContainEqual(
      expect.objectContaining({ id: account.id, role: 'ADMIN' }),
    );
  });

  test.for([
    ['email', 'no address', { email: 'maria' }],
    ['email', 'an empty address', { email: ' ' }],
    ['email', 'an address with a NUL', { email: 'a\u0000@example.com' }],
    ['email', 'a very long address', { email: `${'a'.repeat(250)}@example.com` }],
    ['email', "somebody's address", { email: ADMIN.email.toUpperCase() }],
    ['name', 'no name', { name: ' ' }],
    ['name', 'a very long name', { name: 'a'.repeat(101) }],
  ] as const)('%s: %s is refused', async ([field, , input], { staff }) => {
    const { errors } = await staff.post(ADD, { input: { email: freshEmail(), name: 'Maria', ...input } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  test('of two who add one address at once one succeeds', async ({ staff }) => {
    const input = { email: freshEmail(), name: 'Maria' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => staff.post(ADD, { input })));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(answers.filter(({ errors }) => errors?.[0]?.extensions.field === 'email')).toHaveLength(3);
  });

  test('resets a password: the old one is void, sessions end, the new one has to be changed', async ({
    server,
    staff,
  }) => {
    const { member, account } = await memberOf(server, staff);
    const { resetStaff } = await staff.ask<{ resetStaff: Added }>(RESET, { id: account.id });
    expect(resetStaff.account).toMatchObject({ active: true, mustChangePassword: true, lastSeenAt: null });
    expect((await member.post(ME)).status).toBe(401);
    expect(await signInStatus(server, account.email, PASSWORD)).toBe(401);
    const back = await signIn(server, { email: account.email, password: resetStaff.oneTimePassword });
    expectRefused(await back.post('query Position { feedPosition }'), 'PASSWORD_CHANGE_REQUIRED');
  });

  test('deactivates: no sign-in, no session, and the way back', async ({ server, staff }) => {
    const { member, account } = await memberOf(server, staff);
    const { deactivateStaff } = await staff.ask<{ deactivateStaff: { account: Account } }>(DEACTIVATE, {
      id: account.id,
    });
    expect(deactivateStaff.account).toMatchObject({ id: account.id, active: false, lastSeenAt: null });
    expect((await member.post(ME)).status).toBe(401);
    expect(await signInStatus(server, account.email, PASSWORD)).toBe(403);

    await staff.ask(REACTIVATE, { id: account.id });
    expect((await member.post(ME)).status).toBe(401);
    expect(await signInStatus(server, account.email, PASSWORD)).toBe(200);
  });

  test('who deactivates closes the sockets within 5 seconds, on another process too', async ({
    server,
    staff,
    databaseUrl,
  }) => {
    await using other = await startServer({ databaseUrl });
    const { member, account } = await memberOf(server, staff);
    await using here = await follow(server, member);
    await using there = subscribe(other, member, COMMS_LOGGED, { after: here.start });
    await using bystander = await follow(other, staff);
    await deliver(server, text(freshNumber(), 'before'));
    await Promise.all([here.next(), there.next(), bystander.next()]);

    const began = performance.now();
    await staff.ask(DEACTIVATE, { id: account.id });
    expect((await here.closed).code).toBe(4403);
    expect((await there.closed).code).toBe(4403);
    expect(performance.now() - began).toBeLessThan(5000);
    await deliver(server, text(freshNumber(), 'after'));
    expect((await bystander.next()).entry.body).toBe('after');
  });

  test('leaves the name on what somebody sent who is deactivated', async ({ server, staff, databaseUrl }) => {
    const { account } = await memberOf(server, staff, 'Nikos');
    const customer = await customerWith(staff, 'Eleni', freshNumber());
    await logAs(databaseUrl, account.id, customer.id, 'Called back');
    await staff.ask(DEACTIVATE, { id: account.id });
    const { customerComms } = await staff.ask<{ customerComms: { nodes: { author: { name: string } }[] } }>(
      'query Log($id: ID!) { customerComms(customerId: $id) { nodes { author { name } } } }',
      { id: customer.id },
    );
    expect(customerComms.nodes).toEqual([{ author: { name: 'Nikos' } }]);
  });

  test('makes an admin and takes it back, at once', async ({ server, staff }) => {
    const { member, account } = await memberOf(server, staff);
    expectRefused(await member.post(STAFF), 'FORBIDDEN');
    await staff.ask(SET_ROLE, { id: account.id, role: 'ADMIN' });
    await member.ask(STAFF);
    await staff.ask(SET_ROLE, { id: account.id, role: 'MEMBER' });
    expectRefused(await member.post(STAFF), 'FORBIDDEN');
  });

  test('is not deactivated by themself, nor reset', async ({ staff }) => {
    const id = await idOf(staff);
    expectRefused(await staff.post(DEACTIVATE, { id }), 'BAD_USER_INPUT', 'id');
    expectRefused(await staff.post(RESET, { id }), 'BAD_USER_INPUT', 'id');
  });

  test('gets NOT_FOUND for nobody', async ({ staff }) => {
    for (const id of ['nobody', '', '\u0000', '\ud800']) {
      for (const mutation of [RESET, DEACTIVATE, REACTIVATE]) {
        expectRefused(await staff.post(mutation, { id }), 'NOT_FOUND', 'id');
      }
      expectRefused(await staff.post(SET_ROLE, { id, role: 'ADMIN' }), 'NOT_FOUND', 'id');
    }
  });
});

describe('the last admin', () => {
  test('stays one, also when two take the role from each other at once', async ({ server, staff }) => {
    const everybody = (await staff.ask<{ staff: Account[] }>(STAFF)).staff;
    const id = await idOf(staff);
    for (const other of everybody.filter((one) => one.role === 'ADMIN' && one.id !== id)) {
      await staff.ask(SET_ROLE, { id: other.id, role: 'MEMBER' });
    }
    expectRefused(await staff.post(SET_ROLE, { id, role: 'MEMBER' }), 'BAD_USER_INPUT', 'role');

    const { member: second, account } = await memberOf(server, staff);
    for (let round = 0; round < 5; round++) {
      await staff.post(SET_ROLE, { id: account.id, role: 'ADMIN' });
      await second.post(SET_ROLE, { id, role: 'ADMIN' });
      const answers = await Promise.all([
        staff.post(SET_ROLE, { id: account.id, role: 'MEMBER' }),
        second.post(SET_ROLE, { id, role: 'MEMBER' }),
      ]);
      const [left] = (await staff.ask<{ admins: { id: string }[] }>('query Admins { admins { id } }')).admins;
      expect(left, JSON.stringify(answers)).toBeDefined();
      if (left?.id === account.id) await second.ask(SET_ROLE, { id, role: 'ADMIN' });
    }
  });
});

describe('a member', () => {
  test.for([
    ['staff', STAFF, {}],
    ['addStaff', ADD, { input: { email: 'eve@example.com', name: 'Eve', role: 'ADMIN' } }],
    ['resetStaff', RESET, {}],
    ['deactivateStaff', DEACTIVATE, {}],
    ['reactivateStaff', REACTIVATE, {}],
    ['setStaffRole', SET_ROLE, { role: 'MEMBER' }],
  ] as const)('is FORBIDDEN at %s', async ([, door, variables], { staff, somebody }) => {
    const before = await rolesOf(staff);
    for (const id of [await idOf(staff), somebody.account.id, 'nobody']) {
      expectRefused(await somebody.member.post(door, { id, ...variables }), 'FORBIDDEN');
    }
    expect(await rolesOf(staff)).toEqual(before);
  });

  test('makes no admin of themself', async ({ staff, somebody }) => {
    const { id } = somebody.account;
    expectRefused(await somebody.member.post(SET_ROLE, { id, role: 'ADMIN' }), 'FORBIDDEN');
    expect(await accountOf(staff, id)).toMatchObject({ role: 'MEMBER' });
  });

  test('sees who can let people in', async ({ somebody }) => {
    const { admins } = await somebody.member.ask<{ admins: object[] }>('query Admins { admins { email role } }');
    expect(admins).toContainEqual({ email: ADMIN.email, role: 'ADMIN' });
  });
});

describe('with a one-time password', () => {
  test('nothing works but to see who one is, to change it, and to sign out', async ({ server, staff }) => {
    const { account, oneTimePassword } = await add(staff, { role: 'ADMIN' });
    const newcomer = await signIn(server, { email: account.email, password: oneTimePassword });
    expect(await newcomer.ask(ME)).toMatchObject({ me: { id: account.id } });
    for (const closed of [
      'query X { inbox { nodes { id } } }',
      'query X { me { id } feedPosition }',
      'query X { alias: customers { nodes { id } } }',
      'query X { channel { queued } }',
      'query X { ... on Query { ...Y } } fragment Y on Query { conversations { nodes { id } } }',
      'mutation X { createCustomer(input: { name: "Eve", contacts: [] }) { customer { id } } }',
      MY_SESSIONS,
      END_OTHERS,
      STAFF,
    ]) {
      expectRefused(await newcomer.post(closed), 'PASSWORD_CHANGE_REQUIRED');
    }
    expectRefused(
      await newcomer.post(ADD, { input: { email: freshEmail(), name: 'Eve' } }),
      'PASSWORD_CHANGE_REQUIRED',
    );
    using socket = await openRawSocket(server);
    socket.send({ type: 'connection_init', payload: { authorization: newcomer.authorization } });
    expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
    socket.send({ id: 'before', type: 'subscribe', payload: { query: COMMS_LOGGED } });
    const refusal = { type: 'error', payload: [{ extensions: { code: 'PASSWORD_CHANGE_REQUIRED' } }] };
    expect(await socket.next()).toMatchObject({ id: 'before', ...refusal });

    await newcomer.ask(CHANGE_PASSWORD, { current: oneTimePassword, new: PASSWORD });
    await newcomer.ask(STAFF);
    const after = await feedPosition(newcomer);
    socket.send({ id: 'after', type: 'subscribe', payload: { query: COMMS_LOGGED, variables: { after } } });
    await deliver(server, text(freshNumber(), 'welcome'));
    expect(await socket.next()).toMatchObject({ id: 'after', type: 'next' });

    const again = (await staff.ask<{ resetStaff: Added }>(RESET, { id: account.id })).resetStaff;
    const leaving = await signIn(server, { email: account.email, password: again.oneTimePassword });
    const { authorization } = leaving;
    expect(
      (await fetch(`${server.url}/api/auth/sign-out`, { method: 'POST', headers: { authorization } })).status,
    ).toBe(200);
    expect((await leaving.post(ME)).status).toBe(401);
  });
});

describe('changing the password', () => {
  test('ends the other sessions, and not the one that does it', async ({ server, staff }) => {
    const { member, account } = await memberOf(server, staff);
    const other = await signIn(server, { email: account.email, password: PASSWORD });
    await member.ask(CHANGE_PASSWORD, { current: PASSWORD, new: 'another-password' });
    await member.ask(ME);
    expect((await other.post(ME)).status).toBe(401);
    expect(await signInStatus(server, account.email, PASSWORD)).toBe(401);
    expect(await signInStatus(server, account.email, 'another-password')).toBe(200);
  });

  test.for([
    ['current', 'a wrong one', 'not-the-password', 'long-enough-it-is'],
    ['new', 'one of 9 characters', PASSWORD, '😀'.repeat(9)],
    ['new', 'one of 201 characters', PASSWORD, 'a'.repeat(201)],
    ['new', 'the same again', PASSWORD, PASSWORD],
  ] as const)('%s: %s is refused', async ([field, , current, chosen], { server, somebody }) => {
    expectRefused(await somebody.member.post(CHANGE_PASSWORD, { current, new: chosen }), 'BAD_USER_INPUT', field);
    expect(await signInStatus(server, somebody.account.email, PASSWORD)).toBe(200);
  });

  test.for([
    ['10 characters', '0123456789'],
    ['200 characters', '😀'.repeat(200)],
    ['odd characters', '\u0000 and \ud800 in it'],
  ] as const)('takes %s, and signs in with it', async ([, chosen], { server, staff }) => {
    const { member, account } = await memberOf(server, staff);
    await member.ask(CHANGE_PASSWORD, { current: PASSWORD, new: chosen });
    expect(await signInStatus(server, account.email, chosen)).toBe(200);
  });

  test('is no way to guess it', async ({ server, staff }) => {
    const { member } = await memberOf(server, staff);
    for (let guess = 0; guess < 10; guess++) {
      const answer = await member.post(CHANGE_PASSWORD, { current: `guess-${guess}`, new: 'long-enough-it-is' });
      expectRefused(answer, 'BAD_USER_INPUT', 'current');
    }
    const stopped = await member.post(CHANGE_PASSWORD, { current: PASSWORD, new: 'long-enough-it-is' });
    expectRefused(stopped, 'RATE_LIMITED');
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe("one's own sessions", () => {
  test('are listed with where and when', async ({ server, staff }) => {
    const { member, account } = await memberOf(server, staff);
    await signInWith(server, account.email, FIREFOX);
    const sessions = await sessionsOf(member);
    expect(sessions.map(({ device, current }) => [device, current])).toEqual([
      ['Firefox on Windows', false],
      [expect.stringMatching(/^A program/), true],
    ]);
    for (const session of sessions) {
      expect(session.address).toBe('127.0.0.1');
      expect(Date.now() - Date.parse(session.lastUsedAt)).toBeLessThan(60_000);
    }
  });

  test('say when they were in use, over HTTP and by an open socket', async ({ server, staff, databaseUrl }) => {
    const { member } = await memberOf(server, staff);
    const [session] = await sessionsOf(member);
    const hourAgo = `update staff_session set updated_at = now() - interval '1 hour' where id = $1 returning updated_at`;
    const usedNow = async () => {
      const sql = `select updated_at > now() - interval '1 minute' as now from staff_session where id = $1`;
      return (await query<{ now: boolean }>(databaseUrl, sql, [session?.id]))[0]?.now;
    };
    await query(databaseUrl, hourAgo, [session?.id]);
    await member.ask(ME);
    expect(await usedNow()).toBe(true);

    await using _feed = await follow(server, member);
    await query(databaseUrl, hourAgo, [session?.id]);
    await expect.poll(usedNow, { timeout: 5_000 }).toBe(true);
  });

  test('end one by one, and all but this', async ({ server, staff }) => {
    const { member, account } = await memberOf(server, staff);
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map(() => signIn(server, { email: account.email, password: PASSWORD })),
    );
    if (!first || !second || !third) throw new Error('three signed in');
    const id = (await sessionsOf(first)).find(({ current }) => current)?.id;
    const { endMySession } = await member.ask<{ endMySession: { sessions: OwnSession[] } }>(END_SESSION, { id });
    expect(endMySession.sessions).toHaveLength(3);
    expect((await first.post(ME)).status).toBe(401);
    expectRefused(await member.post(END_SESSION, { id }), 'NOT_FOUND', 'id');

    await using feed = await follow(server, second);
    const { endMyOtherSessions } = await member.ask<{ endMyOtherSessions: { sessions: OwnSession[] } }>(END_OTHERS);
    expect(endMyOtherSessions.sessions).toEqual([{ id: expect.any(String), current: true }]);
    expect((await third.post(ME)).status).toBe(401);
    expect((await feed.closed).code).toBe(4403);
    await member.ask(ME);
  });

  test("are nobody else's to see or end", async ({ staff, somebody: { member } }) => {
    const admins = await sessionsOf(staff);
    const id = admins.find(({ current }) => current)?.id;
    expect((await sessionsOf(member)).map((session) => session.id)).not.toContain(id);
    for (const other of [id, 'nobody', '\u0000']) {
      expectRefused(await member.post(END_SESSION, { id: other }), 'NOT_FOUND', 'id');
    }
    await staff.ask(ME);
  });
});

type Added = { account: Account; oneTimePassword: string };

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';

async function add(staff: TestStaff, input: { email?: string; name?: string; role?: string } = {}): Promise<Added> {
  const whole = { email: freshEmail(), name: 'Maria', ...input };
  return (await staff.ask<{ addStaff: Added }>(ADD, { input: whole })).addStaff;
}

/** Somebody new, who has chosen their own PASSWORD and is signed in. */
async function memberOf(server: TestServer, staff: TestStaff, name = 'Maria') {
  const { account, oneTimePassword } = await add(staff, { name });
  return { account, member: await signedInAs(server, account.email, oneTimePassword) };
}

async function signedInAs(server: TestServer, email: string, oneTimePassword: string): Promise<TestStaff> {
  const person = await signIn(server, { email, password: oneTimePassword });
  await person.ask(CHANGE_PASSWORD, { current: oneTimePassword, new: PASSWORD });
  return person;
}

async function accountOf(staff: TestStaff, id: string): Promise<Account | undefined> {
  return (await staff.ask<{ staff: Account[] }>(STAFF)).staff.find((account) => account.id === id);
}

async function rolesOf(staff: TestStaff): Promise<unknown[]> {
  const everybody = (await staff.ask<{ staff: Account[] }>(STAFF)).staff;
  return everybody.map(({ id, role, active, mustChangePassword }) => [id, role, active, mustChangePassword]);
}

async function idOf(staff: TestStaff): Promise<string> {
  return (await staff.ask<{ me: { id: string } }>(ME)).me.id;
}

async function sessionsOf(staff: TestStaff): Promise<OwnSession[]> {
  return (await staff.ask<{ mySessions: OwnSession[] }>(MY_SESSIONS)).mySessions;
}

async function signInStatus(server: TestServer, email: string, password: string): Promise<number> {
  return (await signInAnswer(server, { email, password })).status;
}

async function signInWith(server: TestServer, email: string, userAgent: string): Promise<void> {
  expect((await signInAnswer(server, { email, password: PASSWORD }, { 'user-agent': userAgent })).status).toBe(200);
}

function signInAnswer(server: TestServer, credentials: object, headers: Record<string, string> = {}) {
  return fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(credentials),
  });
}

function expectRefused({ errors }: GraphQLAnswer, code: string, field?: string): void {
  expect(errors?.map(({ extensions }) => extensions)).toContainEqual({ code, ...(field && { field }) });
}

function freshEmail(): string {
  return `${crypto.randomUUID()}@example.com`;
}
