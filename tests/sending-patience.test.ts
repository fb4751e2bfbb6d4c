import { expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { query } from './harness/database.ts';
import { freshNumber } from './harness/meta.ts';
import { metric } from './harness/metrics.ts';
import { channelNow, onlySentTo, post, send, sentTo, sendingTest as test, trySend } from './harness/sending.ts';

test('a message that WhatsApp puts off is given up after a day, with the last reason, and the next goes out', async ({
  own,
}) => {
  const { api, databaseUrl, staff } = own;
  const number = freshNumber();
  const { id } = await customerWith(staff, 'Patient', `+${number}`);
  const asked = send(staff, { customerId: id, toPhone: number, message: 'Later' });
  (await api.next()).refuse(131016);
  expect(await asked).toMatchObject({ status: 'QUEUED', failure: { code: '131016' } });
  const waiting = (hours: number) =>
    query(
      databaseUrl,
      `update outbox set not_before = now(), waiting_since = now() - interval '${hours} hours'
      where entry_id = (select max(entry_id) from outbox)`,
    );
  await waiting(23.9);
  (await api.next()).refuse(131016);
  await waiting(24.1);
  (await api.next()).refuse(131016);
  await expect
    .poll(() => onlySentTo(staff, id))
    .toMatchObject({ status: 'FAILED', failure: { code: '131016', retryable: true } });
  expect(await channelNow(staff)).toMatchObject({ sending: 'READY', queued: 0 });

  const next = send(staff, { customerId: id, toPhone: number, message: 'Next' });
  (await api.next()).accept();
  expect((await next).status).toBe('SENT');
});

test('where 20,000 wait already no more are taken, at either door, and nothing is logged', async ({ own }) => {
  const { databaseUrl, server, staff } = own;
  const number = freshNumber();
  const { id } = await customerWith(staff, 'One Too Many', `+${number}`);
  await query(
    databaseUrl,
    `with waiting as (
      insert into comms_entry (id, conversation_id, type, direction, body, status, phone, occurred_at, logged_at)
      select 1000000000 + n, '${id}', 'WHATSAPP', 'OUTBOUND', 'x', 'QUEUED', n::text, '2020-01-01', '2020-01-01'
      from generate_series(1, 20000) n returning id, phone
    )
    insert into outbox (entry_id, recipient, not_before) select id, 'phone:' || phone, now() + interval '1 day' from waiting`,
  );
  expect(await metric(server, 'outbox_messages{state="WAITING"}')).toBe(20_000);
  expect(await metric(server, 'outbox_messages{state="UNKNOWN"}')).toBe(0);
  const years = await metric(server, 'outbox_oldest_message_seconds{state="WAITING"}');
  expect(years).toBeGreaterThan((Date.now() - Date.parse('2020-01-02')) / 1000);
  const input = { customerId: id, toPhone: number, message: 'Too much' };
  const { status, headers, errors } = await trySend(staff, input);
  expect({ status, code: errors?.[0]?.extensions.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
  expect(headers.get('retry-after')).toBe('30');
  const rest = { customer_id: id, to_phone: number, message: 'Too much' };
  const answer = await post(server, rest, { authorization: staff.authorization });
  expect(answer).toMatchObject({ status: 429, json: { status: 429, detail: expect.any(String) } });
  expect(answer.headers.get('retry-after')).toBe('30');
  expect((await sentTo(staff, id)).every(({ body }) => body === 'x')).toBe(true);

  await query(databaseUrl, 'delete from outbox where entry_id = 1000000001');
  const asked = send(staff, input);
  (await own.api.next()).accept();
  expect((await asked).status).toBe('SENT');
});
