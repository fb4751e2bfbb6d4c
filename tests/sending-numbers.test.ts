import { describe, expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { createDatabase } from './harness/database.ts';
import { freshNumber, freshWamid, postWebhook, statusWebhook } from './harness/meta.ts';
import {
  customerOnWhatsApp,
  followSends,
  onlySentTo,
  retry,
  send,
  sentTo,
  simulateGraphApi,
  sendingTest as test,
  webhookOf,
} from './harness/sending.ts';
import { PHONE_NUMBER_ID, startServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { subscribe } from './harness/subscriber.ts';

const NUMBER = 'query Number { channel { number } }';

describe('the number that is sent from', () => {
  test('is told as WhatsApp writes it, live where it comes later, and by whichever program asks', async () => {
    const databaseUrl = await createDatabase();
    await using before = await startServer({ databaseUrl });
    const staff = await signIn(before);
    expect(await staff.ask(NUMBER)).toEqual({ channel: { number: null } });
    await using steps = subscribe<{ inboxChanged: { channel: { number: string } | null } }>(
      before,
      staff,
      'subscription Channel { inboxChanged { channel { number } } }',
    );
    await using whatsapp = await simulateGraphApi();
    await using _ = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: whatsapp.url } });
    const told = await steps.until(({ inboxChanged }) => inboxChanged.channel !== null);
    expect(told.at(-1)?.inboxChanged.channel).toEqual({ number: '302100000000' });
    expect(await staff.ask(NUMBER)).toEqual({ channel: { number: '302100000000' } });
  });

  test('is nobody’s but its own: of another one that is configured nothing is told', async ({ sending }) => {
    await expect.poll(() => numberOf(sending.staff)).toBe('302100000000');
    const env = { WHATSAPP_PHONE_NUMBER_ID: '999999999999' };
    await using other = await startServer({ databaseUrl: sending.databaseUrl, env });
    expect(await numberOf(await signIn(other))).toBeNull();
  });

  test('is that which a message was written for: by another it fails, and says so, until somebody tries again', async () => {
    const databaseUrl = await createDatabase();
    await using whatsapp = await simulateGraphApi();
    let waiting: Awaited<ReturnType<typeof customerOnWhatsApp>>;
    {
      await using server = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: whatsapp.url } });
      const staff = await signIn(server);
      waiting = await customerOnWhatsApp({ staff, whatsapp });
      whatsapp.nextAnswers(131016);
      expect(await send(staff, waiting.input('From the old number'))).toMatchObject({ status: 'QUEUED' });
    }
    whatsapp.business.phoneNumberId = '106540352249999';
    await using server = await startServer({
      databaseUrl,
      env: { WHATSAPP_API_URL: whatsapp.url, WHATSAPP_PHONE_NUMBER_ID: '106540352249999' },
    });
    whatsapp.webhookUrl = webhookOf(server);
    const staff = await signIn(server);
    await expect
      .poll(() => onlySentTo(staff, waiting.customer.id))
      .toMatchObject({
        status: 'FAILED',
        businessNumberId: PHONE_NUMBER_ID,
        failure: { code: 'OTHER_NUMBER', retryable: true },
      });
    const next = await send(staff, waiting.input('From the new one'));
    expect(next).toMatchObject({ businessNumberId: '106540352249999', failure: null });
    expect(whatsapp.calls).toHaveLength(2);

    const failed = (await sentTo(staff, waiting.customer.id)).find(({ id }) => id !== next.id);
    expect(await retry(staff, failed?.id ?? '')).toMatchObject({ businessNumberId: '106540352249999', failure: null });
    expect(whatsapp.received(waiting.number).map(({ text }) => text)).toEqual([
      'From the new one',
      'From the old number',
    ]);
  });
});

test('a status with what another database sent along settles nothing here', async ({ own }) => {
  const { api, server, staff } = own;
  const number = freshNumber();
  const { id: customerId } = await customerWith(staff, 'In Doubt', `+${number}`);
  await using steps = await followSends(server, staff, customerId);
  const asked = send(staff, { customerId, toPhone: number, message: 'Whose?' });
  const call = await api.next();
  call.answer(200, '');
  expect(await asked).toMatchObject({ status: 'UNKNOWN' });
  const [entryId, attempt, mark] = call.callbackData.split('.');
  const tell = (data: string) =>
    postWebhook(server, statusWebhook({ id: freshWamid(), status: 'delivered', biz_opaque_callback_data: data }));
  await tell(`${entryId}.${attempt}.${mark === 'aaaaaa' ? 'bbbbbb' : 'aaaaaa'}`);
  expect(await onlySentTo(staff, customerId)).toMatchObject({ status: 'UNKNOWN', extMessageId: null });
  await tell(call.callbackData);
  await steps.until(({ status }) => status === 'DELIVERED');
});

async function numberOf(staff: TestStaff): Promise<string | null> {
  return (await staff.ask<{ channel: { number: string | null } }>(NUMBER)).channel.number;
}
