import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import type { Kysely } from 'kysely';
import { test as base, describe, expect, onTestFinished } from 'vitest';
import { createAuth } from '../server/auth/auth.ts';
import { headersOf, registerAuth } from '../server/auth/auth-routes.ts';
import { refuseForeignOrigins } from '../server/auth/origin.ts';
import {
  createStaff,
  ensureFirstAdmin,
  resetPassword,
  setActive,
  staffByEmail,
} from '../server/auth/staff-accounts.ts';
import { readConfig } from '../server/config.ts';
import { connectDatabase } from '../server/db/database.ts';
import type { DB } from '../server/db/schema.generated.ts';
import { createLogger } from '../server/ops/logging.ts';
import { answerProblem, registerProblems } from '../server/ops/problem-details.ts';
import { createDatabase, query } from './harness/database.ts';

const PASSWORD = 'correct-horse-battery';
const log = createLogger({ level: 'silent', pretty: false });

const test = base
  .extend('databaseUrl', { scope: 'file' }, () => createDatabase())
  .extend('db', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
    const database = connectDatabase(databaseUrl, { log });
    onCleanup(() => database[Symbol.asyncDispose]());
    return database.kysely;
  })
  .extend('app', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => startApp(databaseUrl, {}, onCleanup))
  /** Somebody nobody else in this file signs in as. */
  .extend('email', async ({ db }) => {
    const email = `${crypto.randomUUID()}@example.com`;
    await createStaff(db, { email, name: 'Maria', role: 'MEMBER', password: PASSWORD });
    return email;
  });

describe('sign-in', () => {
  test('sets a cookie and gives a token, and either says who asks', async ({ app, email }) => {
    const answer = await app.signIn({ email: email.toUpperCase(), password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ redirect: false, user: { email, name: 'Maria', role: 'MEMBER' } });

    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^crm-comms-[0-9a-f]{6}\.session_token=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await app.who({ cookie: nameAndValue(cookie) })).toMatchObject({ email, role: 'MEMBER' });
    const token = answer.headers.get('set-auth-token');
    expect(await app.who({ authorization: `Bearer ${token}` })).toMatchObject({ email });
    expect(await app.who({ authorization: `bearer ${token}` })).toMatchObject({ email });
  });

  test('takes no token without its signature, or with another', async ({ app, email }) => {
    const { token, cookie } = await app.signedIn(email);
    const [id] = token.split('.');
    expect(await app.who({ authorization: `Bearer ${id}` })).toBe(401);
    expect(await app.who({ authorization: `Bearer ${id}.${'A'.repeat(43)}=` })).toBe(401);
    expect(await app.who({ authorization: token })).toBe(401);
    expect(await app.who({ cookie: cookie.replace(/.{3}$/, 'AAA') })).toBe(401);
    expect(await app.who({})).toBe(401);
  });

  test('begins a new session each time, and ends the one that it replaces', async ({ app, email }) => {
    const first = await app.signedIn(email);
    const again = await app.signIn({ email, password: PASSWORD }, { cookie: first.cookie });
    expect(again.headers.get('set-auth-token')).not.toBe(first.token);
    expect(await app.who({ cookie: first.cookie })).toBe(401);
  });

  test('takes over no session id that somebody brings along', async ({ app, email, databaseUrl }) => {
    const name = (await app.signedIn(email)).cookie.split('=')[0];
    const brought = 'an-id-that-a-stranger-knows';
    const answer = await app.signIn({ email, password: PASSWORD }, { cookie: `${name}=${brought}` });
    expect(answer.status).toBe(200);
    expect(await query(databaseUrl, 'select from staff_session where token = $1', [brought])).toEqual([]);
  });

  test('answers an unknown account as it does a wrong password, and as slowly', async ({ app, email }) => {
    const wrong = await timed(() => app.signIn({ email, password: 'wrong-password' }));
    const unknown = await timed(() => app.signIn({ email: `no-${email}`, password: 'wrong-password' }));
    expect(unknown.status).toBe(401);
    expect(unknown.type).toBe('application/problem+json; charset=utf-8');
    expect({ ...unknown, ms: 0 }).toEqual({ ...wrong, ms: 0 });
    expect(unknown.ms).toBeGreaterThan(wrong.ms / 4);
    expect(wrong.ms).toBeGreaterThan(unknown.ms / 4);
  });

  test.for([
    [400, 'half a JSON', '{'],
    [400, 'a list', '[]'],
    [400, 'nothing', ''],
    [422, 'an empty object', '{}'],
    [422, 'no password', '{"email":"a@example.com"}'],
    [422, 'an object for the address', '{"email":{"$ne":""},"password":"x"}'],
    [401, 'a very long password', JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(900) })],
    [413, 'a huge password', JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(20_000) })],
  ] as const)('answers %i to %s', async ([status, , body], { app }) => {
    const answer = await app.post('/api/auth/sign-in/email', body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });

  test('is refused to who is deactivated, and their sessions end', async ({ app, db, email }) => {
    const { cookie, sessionId } = await app.signedIn(email);
    await setActive(db, await idOf(db, email), false);
    expect(await app.who({ cookie })).toBe(401);
    expect(await app.auth.activeSessions([sessionId])).toEqual(new Set());
    expect((await app.signIn({ email, password: PASSWORD })).status).toBe(403);
    expect((await app.signIn({ email, password: 'wrong-password' })).status).toBe(401);
  });

  test('takes the new password after a reset, which ends every session', async ({ app, db, email }) => {
    const { cookie } = await app.signedIn(email);
    await resetPassword(db, await idOf(db, email), 'a-new-password');
    expect(await app.who({ cookie })).toBe(401);
    expect((await app.signIn({ email, password: PASSWORD })).status).toBe(401);
    expect((await app.signIn({ email, password: 'a-new-password' })).status).toBe(200);
  });
});

describe('guessing', () => {
  test('is stopped for an account from one address, not for its owner elsewhere', async ({ app, email }) => {
    const stranger = { 'x-forwarded-for': '203.0.113.5' };
    for (let guess = 0; guess < 10; guess++) {
      expect((await app.signIn({ email, password: `guess-${guess}` }, stranger)).status).toBe(401);
    }
    const stopped = await app.signIn({ email, password: PASSWORD }, stranger);
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(stopped.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await app.signIn({ email, password: PASSWORD }, { 'x-forwarded-for': '203.0.113.6' })).status).toBe(200);
  });

  test('is counted when it comes all at once, and over several processes', async ({ app, databaseUrl, email }) => {
    const other = await startApp(databaseUrl, {}, onTestFinished);
    const stranger = { 'x-forwarded-for': '203.0.113.7' };
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, guess) =>
        (guess % 2 ? app : other).signIn({ email, password: `guess-${guess}` }, stranger),
      ),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(14);
  });

  test('starts anew after a sign-in that succeeds', async ({ app, email }) => {
    const person = { 'x-forwarded-for': '203.0.113.8' };
    for (let round = 0; round < 2; round++) {
      for (let slip = 0; slip < 8; slip++) await app.signIn({ email, password: 'wrong-password' }, person);
      expect((await app.signIn({ email, password: PASSWORD }, person)).status).toBe(200);
    }
  });

  test('is stopped for an address that tries many accounts, whatever of its network it uses', async ({
    app,
    email,
  }) => {
    const statuses = new Set<number>();
    for (let guess = 0; guess < 51; guess++) {
      const address = `2001:db8:0:1::${guess.toString(16)}`;
      const { status } = await app.signIn(
        { email: `${guess}@example.com`, password: 'x' },
        { 'x-forwarded-for': address },
      );
      statuses.add(status);
    }
    expect([...statuses]).toEqual([401, 429]);
    const elsewhere = { 'x-forwarded-for': '2001:db8:0:2::1' };
    expect((await app.signIn({ email, password: PASSWORD }, elsewhere)).status).toBe(200);
  });

  test('believes no address that a stranger claims', async ({ databaseUrl, email }) => {
    const open = await startApp(databaseUrl, { TRUSTED_PROXIES: '' }, onTestFinished);
    const statuses = new Set<number>();
    for (let guess = 0; guess < 11; guess++) {
      const headers = { 'x-forwarded-for': `198.51.100.${guess}`, 'x-real-ip': `198.51.100.${guess}` };
      statuses.add((await open.signIn({ email, password: 'wrong-password' }, headers)).status);
    }
    expect([...statuses]).toEqual([401, 429]);
  });
});

describe('sign-out', () => {
  test('ends the session and takes the cookie back', async ({ app, email }) => {
    const { cookie, token, sessionId } = await app.signedIn(email);
    expect(await app.auth.activeSessions([sessionId, 'another'])).toEqual(new Set([sessionId]));
    const answer = await app.post('/api/auth/sign-out', '', { cookie });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()).toContainEqual(expect.stringMatching(/session_token=; Max-Age=0/));
    expect(await app.who({ cookie })).toBe(401);
    expect(await app.who({ authorization: `Bearer ${token}` })).toBe(401);
    expect(await app.auth.activeSessions([sessionId])).toEqual(new Set());
  });

  test('works by token, and where nobody is signed in', async ({ app, email }) => {
    const { token } = await app.signedIn(email);
    expect((await app.post('/api/auth/sign-out', '{}', { authorization: `Bearer ${token}` })).status).toBe(200);
    expect(await app.who({ authorization: `Bearer ${token}` })).toBe(401);
    expect((await app.post('/api/auth/sign-out', '')).status).toBe(200);
  });
});

describe('a session', () => {
  test('ends when it expires', async ({ app, email, databaseUrl }) => {
    const { cookie, sessionId } = await app.signedIn(email);
    await query(databaseUrl, `update staff_session set expires_at = now() where id = $1`, [sessionId]);
    expect(await app.who({ cookie })).toBe(401);
    expect(await app.auth.activeSessions([sessionId])).toEqual(new Set());
  });

  test('that is in use is prolonged, with its cookie, and only where one can be sent', async ({
    app,
    email,
    databaseUrl,
  }) => {
    const { cookie, sessionId } = await app.signedIn(email);
    await query(databaseUrl, `update staff_session set expires_at = now() + interval '1 day' where id = $1`, [
      sessionId,
    ]);
    const daysLeft = async () => {
      const sql = `select extract(day from expires_at - now())::int as days from staff_session where id = $1`;
      return (await query<{ days: number }>(databaseUrl, sql, [sessionId]))[0]?.days;
    };

    await app.auth.sessionOf(headersOf({ cookie }));
    expect(await daysLeft()).toBe(0);
    const sent: string[] = [];
    await app.auth.sessionOf(headersOf({ cookie }), (cookies) => sent.push(...cookies));
    expect(await daysLeft()).toBe(29);
    expect(sent).toContainEqual(expect.stringContaining('Max-Age=2592000'));
    sent.length = 0;
    await app.auth.sessionOf(headersOf({ cookie }), (cookies) => sent.push(...cookies));
    expect(sent).toEqual([]);
  });

  test('is not taken for over because the database does not answer', async ({ email, databaseUrl, app }) => {
    const { cookie } = await app.signedIn(email);
    const gone = await startApp(databaseUrl.replace(/:\d+\//, ':9/'), {}, onTestFinished);
    expect(await gone.who({ cookie })).toBe(503);
    expect((await gone.post('/api/auth/sign-out', '', { cookie })).status).toBe(503);
    const signIn = await gone.signIn({ email, password: PASSWORD });
    expect(signIn.status).toBe(503);
    expect(signIn.headers.get('retry-after')).toBe('2');
  });
});

describe('another page', () => {
  test.for(['https://evil.example', 'null', 'http://localhost:1'])(
    '%s can change nothing with the cookie',
    async (origin, { app, email }) => {
      const { cookie } = await app.signedIn(email);
      expect((await app.post('/api/auth/sign-out', '', { cookie, origin })).status).toBe(403);
      expect((await app.signIn({ email, password: PASSWORD }, { origin })).status).toBe(403);
      expect(await app.who({ cookie })).toMatchObject({ email });
    },
  );

  test('of our own can, at any of its addresses', async ({ app, email }) => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const { cookie } = await app.signedIn(email);
      const origin = `http://${host}:${app.port}`;
      expect((await app.post('/api/auth/sign-out', '', { cookie, origin })).status).toBe(200);
    }
  });

  test('is every one but PUBLIC_URL where that is set, and the cookie is secure there', async ({
    databaseUrl,
    email,
  }) => {
    const app = await startApp(databaseUrl, { PUBLIC_URL: 'https://inbox.example.com' }, onTestFinished);
    const answer = await app.signIn({ email, password: PASSWORD }, { origin: 'https://inbox.example.com' });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-crm-comms-.+; HttpOnly; Secure; SameSite=Lax$/);
    const own = { origin: `http://localhost:${app.port}` };
    expect((await app.signIn({ email, password: PASSWORD }, own)).status).toBe(403);
  });
});

test('nobody signs up, and nothing else of the library is open', async ({ app }) => {
  for (const path of [
    'sign-up/email',
    'admin/create-user',
    'update-user',
    'change-password',
    'request-password-reset',
  ]) {
    expect((await app.post(`/api/auth/${path}`, '{}')).status).toBe(404);
  }
  for (const path of ['get-session', 'list-sessions', 'admin/list-users', 'ok', 'error']) {
    expect((await fetch(`${app.url}/api/auth/${path}`)).status).toBe(404);
  }
});

test('the first admin is made once, by whichever program is first', async () => {
  const url = await createDatabase();
  await using one = connectDatabase(url, { log });
  await using two = connectDatabase(url, { log });
  const admin = { email: 'Boss@Example.com', password: PASSWORD };
  const made = await Promise.all([one, two, one, two].map(({ kysely }) => ensureFirstAdmin(kysely, admin)));
  expect(made.filter((staff) => staff !== undefined)).toMatchObject([{ email: 'boss@example.com', role: 'ADMIN' }]);
  expect(await ensureFirstAdmin(one.kysely, { email: 'other@example.com', password: PASSWORD })).toBeUndefined();
});

test('the secret is made once and kept where others of the machine cannot read it', async ({ databaseUrl, email }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'crm-comms-secret-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const env = { DATA_DIR: dataDir, SESSION_SECRET: undefined };
  const [one, two] = await Promise.all([
    startApp(databaseUrl, env, onTestFinished),
    startApp(databaseUrl, env, onTestFinished),
  ]);
  expect((await stat(join(dataDir, 'session-secret'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(dataDir, 'session-secret'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  const { cookie } = await one.signedIn(email);
  expect(await two.who({ cookie })).toMatchObject({ email });
});

/** The routes of this room on a socket, and one that says who asks. */
async function startApp(
  databaseUrl: string,
  env: Record<string, string | undefined>,
  onEnd: (clean: () => Promise<void>) => void,
) {
  const config = readConfig({ SESSION_SECRET: 'secret-of-the-tests-of-sign-in', TRUSTED_PROXIES: '127.0.0.1', ...env });
  const database = connectDatabase(databaseUrl, { log });
  const auth = await createAuth({ config, database, log });
  const app = fastify({ trustProxy: config.trustedProxies });
  registerProblems(app);
  refuseForeignOrigins(app, config);
  await registerAuth(app, auth, config);
  app.get('/who', async (request, reply) => {
    const session = await auth.sessionOf(headersOf(request.headers));
    return session ?? answerProblem(reply, { status: 401, detail: 'Sign in first.' });
  });
  const url = await app.listen({ port: 0 });
  onEnd(async () => {
    await app.close();
    await database[Symbol.asyncDispose]();
  });

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const signIn = (credentials: { email: string; password: string }, headers?: Record<string, string>) =>
    post('/api/auth/sign-in/email', JSON.stringify(credentials), headers);
  const whole = async (headers: Record<string, string>) => {
    const answer = await fetch(`${url}/who`, { headers });
    return answer.status === 200 ? ((await answer.json()) as { staff: object; sessionId: string }) : answer.status;
  };
  return {
    url,
    port: new URL(url).port,
    auth,
    post,
    signIn,
    /** The person, or the status of the refusal. */
    async who(headers: Record<string, string>) {
      const answer = await whole(headers);
      return typeof answer === 'number' ? answer : answer.staff;
    },
    async signedIn(email: string) {
      const answer = await signIn({ email, password: PASSWORD });
      expect(answer.status).toBe(200);
      const cookie = nameAndValue(answer.headers.getSetCookie()[0] ?? '');
      const session = await whole({ cookie });
      if (typeof session === 'number') throw new Error(`Not signed in: ${session}`);
      return { cookie, token: answer.headers.get('set-auth-token') ?? '', sessionId: session.sessionId };
    },
  };
}

async function idOf(db: Kysely<DB>, email: string): Promise<string> {
  const person = await staffByEmail(db, email);
  if (!person) throw new Error(`Nobody has the address ${email}`);
  return person.id;
}

async function timed(ask: () => Promise<Response>) {
  const since = performance.now();
  const answer = await ask();
  const body = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), body, ms: performance.now() - since };
}

function nameAndValue(cookie: string): string {
  return cookie.split(';')[0] ?? '';
}
