import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { createDatabase, gapsInFeed, query } from './harness/database.ts';
import { freshNumber, freshWamid, postWebhook, statusWebhook } from './harness/meta.ts';
import { type OwnCall, startGraphApi } from './harness/own-graph-api.ts';
import { followSends, onlySentTo, post, type SendInput, send, sentTo, startAnsweredByTest } from './harness/sending.ts';
import { startServer, type TestServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';

describe('two programs on one database', () => {
  test('1,000 messages while the one that sends is killed: each called once, at the rate, in order per recipient', async () => {
    const rate = 200;
    await using api = await startGraphApi();
    const databaseUrl = await createDatabase();
    const env = { WHATSAPP_API_URL: api.url, WHATSAPP_SENDS_PER_SECOND: String(rate) };
    await using sender = await startServer({ databaseUrl, env });
    await isSending(sender);
    await using other = await startServer({ databaseUrl, env });
    const byOther = await signIn(other);
    const customer = await customerWith(byOther, 'Everybody', `+${freshNumber()}`);
    const numbers = Array.from({ length: 20 }, freshNumber);

    // The last ones that it calls are never answered.
    const held: OwnCall[] = [];
    api.respond((call) => {
      if (api.calls.length < 400 || held.length === 5) call.accept();
      else if (held.push(call) === 5) sender.kill('SIGKILL');
    });
    const posting = inParallel(100, 1_000, async (index) => {
      const body = { customer_id: customer.id, to_phone: numbers[index % 20], message: `message ${index}` };
      const { authorization } = byOther;
      const headers = { authorization, 'idempotency-key': `key ${index}` };
      expect(await statusOfEither(index % 2 === 0 ? sender : other, other, body, headers)).toBe(200);
    });
    await sender.stopped;
    await isSending(other);
    // Among them may be one that it was about to call.
    const lost = () => sentAs(databaseUrl, 'UNKNOWN');
    const bodies = held.map(({ text }) => text);
    await expect.poll(async () => (await lost()).map(({ body }) => body)).toEqual(expect.arrayContaining(bodies));
    const unknown = await lost();
    expect(unknown.length).toBeLessThan(10);
    for (const { id } of unknown) {
      const status = { id: freshWamid(), status: 'sent', biz_opaque_callback_data: `${id}.1` };
      await postWebhook(other, statusWebhook(status));
    }
    await posting;
    await expect.poll(async () => (await sentAs(databaseUrl, 'SENT')).length, { timeout: 30_000 }).toBe(1_000);

    const called = new Set(api.calls.map(({ text }) => text));
    expect(api.calls).toHaveLength(called.size);
    const maybe = new Set(unknown.map(({ body }) => body));
    for (const { body } of await sentAs(databaseUrl, 'SENT'))
      expect(called.has(body) || maybe.has(body), body).toBe(true);
    const logged = (await sentAs(databaseUrl, 'SENT')).filter(({ body }) => called.has(body));
    for (const number of numbers) {
      const calls = api.calls.filter(({ to }) => to === `+${number}`).map(({ text }) => text);
      expect(calls).toEqual(logged.filter(({ phone }) => phone === number).map(({ body }) => body));
    }
    expect(await gapsInFeed(databaseUrl)).toEqual([]);
    expect(await mostWithinOneSecond(databaseUrl)).toBeLessThanOrEqual(rate + 2);
  });

  test('one that is frozen is replaced; what it was calling is UNKNOWN until it says more, and never called again', async () => {
    await using own = await startAnsweredByTest();
    const { api, databaseUrl, server: frozen, staff } = own;
    await isSending(frozen);
    await using server = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: api.url } });
    const byOther = await signIn(server);
    const { id, input } = await somebody(byOther);
    const another = await somebody(byOther);
    await using steps = await followSends(server, byOther, id);

    const asked = send(staff, input('called by the frozen one'));
    const call = await api.next();
    frozen.kill('SIGSTOP');
    const next = send(byOther, another.input('by the other'));
    (await api.next()).accept();
    expect(await next).toMatchObject({ body: 'by the other' });
    await steps.until(({ status }) => status === 'UNKNOWN');

    const wamid = call.accept();
    frozen.kill('SIGCONT');
    await asked;
    const [told] = await steps.until(({ status }) => status === 'SENT');
    expect(told?.entry).toMatchObject({ extMessageId: wamid, failure: null });
    api.respond((each) => each.accept());
    await Promise.all([staff, byOther, staff, byOther].map((by, index) => send(by, another.input(`${index}`))));
    expect(api.calls).toHaveLength(6);
    expect(frozen.output.join('\n')).toContain('sends');
  });

  test('one that is told to stop finishes its calls first: nobody takes them for lost', async () => {
    await using api = await startGraphApi();
    const databaseUrl = await createDatabase();
    const env = { WHATSAPP_API_URL: api.url };
    const stopping = await startServer({ databaseUrl, env });
    await isSending(stopping);
    await using server = await startServer({ databaseUrl, env });
    const staff = await signIn(server);
    const { id, input } = await somebody(staff);
    await using steps = await followSends(server, staff, id);
    const asked = send(staff, input('under way'));
    const call = await api.next();
    stopping.kill('SIGTERM');
    await logs(stopping, '"stopping"');
    const behind = send(staff, input('behind it'));
    call.accept();
    (await api.next()).accept();
    expect((await asked).status).toBe('SENT');
    expect((await behind).status).toBe('SENT');
    expect(await stopping.stopped).toBe(0);
    const told = await steps.until(({ body, status }) => body === 'behind it' && status === 'SENT');
    expect(new Set(told.map(({ entry: { status } }) => status))).toEqual(new Set(['QUEUED', 'SENT']));
    expect(api.calls).toHaveLength(2);
  });
});

describe('one program', () => {
  test('killed between WhatsApp’s answer and its own commit: UNKNOWN after the restart, and no second call', async () => {
    await using api = await startGraphApi();
    const databaseUrl = await createDatabase();
    const env = { WHATSAPP_API_URL: api.url };
    const killed = await startServer({ databaseUrl, env });
    const staff = await signIn(killed);
    const { id, input } = await somebody(staff);
    const asked = send(staff, input('answered, not noted')).catch(() => 'cut off');
    const call = await api.next();
    let wamid: string;
    {
      await using block = await holdFeed(databaseUrl);
      wamid = call.accept();
      await block.isAwaited();
      killed.kill('SIGKILL');
      await killed.stopped;
      await block.cutOthers();
    }
    expect(await asked).toBe('cut off');

    await using server = await startServer({ databaseUrl, env });
    const after = await signIn(server);
    await isSending(server);
    await expect.poll(async () => (await onlySentTo(after, id)).status).toBe('UNKNOWN');
    expect(await onlySentTo(after, id)).toMatchObject({ extMessageId: null, failure: { code: 'NO_ANSWER' } });
    const status = { id: wamid, status: 'delivered', biz_opaque_callback_data: call.callbackData };
    await postWebhook(server, statusWebhook(status));
    expect(await onlySentTo(after, id)).toMatchObject({ status: 'DELIVERED', extMessageId: wamid });
    const next = send(after, input('next'));
    (await api.next()).accept();
    expect((await next).status).toBe('SENT');
    expect(api.calls.map(({ text }) => text)).toEqual(['answered, not noted', 'next']);
  });

  test('told to stop while WhatsApp says nothing stops in time, and says that it does not know', async () => {
    await using api = await startGraphApi();
    const databaseUrl = await createDatabase();
    const server = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: api.url } });
    const staff = await signIn(server);
    const { id, input } = await somebody(staff);
    const asked = send(staff, input('no answer')).catch(() => undefined);
    await api.next();
    server.kill('SIGTERM');
    expect(await server.stopped).toBe(0);
    await asked;
    const rows = await query(databaseUrl, 'select status from comms_entry where conversation_id = $1', [id]);
    expect(rows).toEqual([{ status: 'UNKNOWN' }]);
  });

  test('whose connection is cut while it calls goes on, and knows what became of the call', async () => {
    await using own = await startAnsweredByTest();
    const { api, databaseUrl, server, staff } = own;
    await isSending(server);
    const { id, input } = await somebody(staff);
    await using steps = await followSends(server, staff, id);
    const asked = send(staff, input('under way'));
    const call = await api.next();
    await query(
      databaseUrl,
      `select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where locktype = 'advisory' and datname = current_database()`,
    );
    call.accept();
    expect((await asked).status).toBe('SENT');
    const next = send(staff, input('next'));
    (await api.next()).accept();
    expect((await next).status).toBe('SENT');
    const told = await steps.until(({ body, status }) => body === 'next' && status === 'SENT');
    expect(told.map(({ entry: { status } }) => status)).not.toContain('UNKNOWN');
    expect(api.calls).toHaveLength(2);
  });

  test('that can’t note an answer notes it once the database takes it', async () => {
    await using own = await startAnsweredByTest();
    const { api, databaseUrl, staff } = own;
    const { id, input } = await somebody(staff);
    const asked = send(staff, input('noted late'));
    const call = await api.next();
    {
      await using block = await holdFeed(databaseUrl);
      call.accept('wamid.late');
      await block.isAwaited();
      await block.cutOthers();
      await block.isAwaited();
    }
    expect(await asked).toMatchObject({ status: 'SENT', extMessageId: 'wamid.late' });
    expect(await sentTo(staff, id)).toHaveLength(1);
    expect(api.calls).toHaveLength(1);
  });
});

/** A customer, and what one writes to them. */
async function somebody(staff: TestStaff): Promise<{ id: string; input(message: string): SendInput }> {
  const number = freshNumber();
  const { id } = await customerWith(staff, `Customer ${number}`, `+${number}`);
  return { id, input: (message) => ({ customerId: id, toPhone: `+${number}`, message }) };
}

/** As a careful program does: where the first server is gone, asks the second with the same key. */
async function statusOfEither(
  first: TestServer,
  second: TestServer,
  ...request: [body: unknown, headers: Record<string, string>]
): Promise<number> {
  const answer = await post(first, ...request).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
    return post(second, ...request);
  });
  return answer.status;
}

async function inParallel(workers: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

function isSending(server: TestServer): Promise<void> {
  return logs(server, 'this process sends');
}

async function logs(server: TestServer, words: string): Promise<void> {
  await expect.poll(() => server.output.join('\n'), { timeout: 20_000, interval: 20 }).toContain(words);
}

/** What has come to a status, in the order of logging. */
function sentAs(databaseUrl: string, status: string): Promise<{ id: string; body: string; phone: string }[]> {
  return query(databaseUrl, 'select id, body, phone from comms_entry where status = $1 order by id', [status]);
}

/** By when they were put on record, just before each call. */
async function mostWithinOneSecond(databaseUrl: string): Promise<number> {
  const [row] = await query<{ most: number }>(
    databaseUrl,
    `select max(count)::integer as most from (
      select count(*) over (order by claimed_at range between current row and interval '999 ms' following) from send_attempt
    ) each`,
  );
  return row?.most ?? 0;
}

interface Block extends AsyncDisposable {
  /** Resolves when somebody waits for it. */
  isAwaited(): Promise<void>;
  /** Ends every other connection to the database, and what it was about to do. */
  cutOthers(): Promise<void>;
}

/** Lets nobody commit anything, until it is disposed of. */
async function holdFeed(databaseUrl: string): Promise<Block> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select from feed_head for update');
  const others = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  return {
    async isAwaited() {
      await expect
        .poll(async () => (await client.query(`select pid ${others} and wait_event_type = 'Lock'`)).rows, {
          timeout: 10_000,
          interval: 20,
        })
        .not.toEqual([]);
    },
    async cutOthers() {
      await client.query(`select pg_terminate_backend(pid) ${others} and wait_event_type = 'Lock'`);
    },
    async [Symbol.asyncDispose]() {
      await client.query('rollback');
      await client.end();
    },
  };
}
