import { describe, expect } from 'vitest';
import { deliver, text } from '../harness/meta.ts';
import { send } from '../harness/sending.ts';
import {
  customerWhoWrote,
  entry,
  expectNoBarrier,
  mark,
  sent,
  sendingPageTest as test,
  write,
} from '../harness/sending-page.ts';
import { signInMember } from '../harness/team.ts';

describe('what came while one wrote', () => {
  test('is told above the box and shown at a click; sending asks once', async ({ sending, screen }) => {
    const { server, staff } = sending;
    const { customer, number } = await customerWhoWrote(sending, 'Quick Writer', 'One');
    const colleague = await signInMember(server, staff);
    const page = await screen.open(`/customers/${customer.id}/comms`);
    const bar = page.getByRole('button', { name: /newer messages? – show/ });
    for (let line = 0; line < 30; line += 1) await deliver(server, text(number, `Line ${line}`));
    await entry(page, 'Line 29').waitFor();
    await page.getByLabel('Message').fill('My answer');
    await page.getByRole('region', { name: 'Comms, scrolls' }).hover();
    await page.mouse.wheel(0, -3_000);

    // One's own from elsewhere isn't news.
    await send(staff, { customerId: customer.id, toPhone: number, message: 'By myself' });
    await deliver(server, text(number, 'Never mind'));
    await page.getByText('1 newer message – show').waitFor();
    await send(colleague, { customerId: customer.id, toPhone: number, message: 'By a colleague' });
    await page.getByText('2 newer messages – show').waitFor();
    await expectNoBarrier(page);
    await page.getByLabel('Message').press('Enter');
    await page.getByText('2 newer messages came while you wrote').waitFor();
    await expectNoBarrier(page);
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await page.getByLabel('Message').inputValue()).toBe('My answer');

    await bar.click();
    await bar.waitFor({ state: 'detached' });
    await page.waitForFunction(
      "document.querySelector('[role=log] > :last-child').getBoundingClientRect().bottom <= innerHeight",
    );
    await page.getByLabel('Message').press('Enter');
    await mark(page, 'My answer', 'Delivered').waitFor();
    expect(sent(sending, 'My answer')).toHaveLength(1);
  });

  test('is told of a draft from before a reload, and in the dialog; one may send anyway', async ({
    sending,
    screen,
  }) => {
    const { customer, number } = await customerWhoWrote(sending, 'Much Later', 'One');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    await page.getByLabel('Message').fill('Begun');
    await page.goto('/customers');
    await deliver(sending.server, text(number, 'Two'));
    await page.goto(`/customers/${customer.id}/comms`);
    await page.getByText('1 newer message – show').waitFor();
    await page.getByRole('button', { name: 'Send WhatsApp' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send WhatsApp to Much Later' });
    await dialog.getByText('1 newer message – show').waitFor();
    await dialog.getByLabel('Message').press('Enter');
    await dialog.getByText('A newer message came while you wrote').waitFor();
    await expectNoBarrier(page);
    await dialog.getByRole('button', { name: 'Send anyway' }).click();
    await dialog.waitFor({ state: 'detached' });
    await mark(page, 'Begun', 'Delivered').waitFor();
    expect(await page.getByText('newer message').count()).toBe(0);
    await write(page, 'And more');
    await mark(page, 'And more', 'Delivered').waitFor();
  });
});
