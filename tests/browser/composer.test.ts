import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { openScreen } from '../harness/browser.ts';
import { createCustomer, customerWith } from '../harness/customers.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { send } from '../harness/sending.ts';
import { customerWhoWrote, entry, mark, sent, sendingPageTest as test, write } from '../harness/sending-page.ts';
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
    // Also where only another kind is shown.
    await page.getByRole('button', { name: 'Calls' }).click();
    await entry(page, 'Two').waitFor({ state: 'detached' });
    await page.getByText('1 newer message – show').click();
    await entry(page, 'Two').waitFor();
    await deliver(sending.server, text(number, 'Three'));
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

test('on a small screen a long message leaves in reach all that is pressed, and asks in sight', async ({
  browser,
  sending,
}) => {
  const { customer, number } = await customerWhoWrote(sending, 'At Length', 'One');
  const screen = await openScreen(browser, sending.server, {
    hasTouch: true,
    isMobile: true,
    viewport: { width: 360, height: 640 },
  });
  const page = await screen.open(`/inbox/${customer.id}`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await entry(page, 'One').waitFor();
  await page.getByLabel('Message').fill(`${'A line\n'.repeat(8)}and the last`);
  await deliver(sending.server, text(number, 'Two'));
  await page.getByText('1 newer message – show').waitFor();
  await button('Send').tap();
  for (const name of ['Send', 'Not now', 'Send anyway']) {
    await expect.poll(() => isInSight(page, button(name)), { message: name }).toBe(true);
  }
  // So is a reader's small window at 200 %, or a phone that lies on its side.
  for (const [width, height] of [
    [320, 480],
    [640, 360],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const name of ['Back', 'Log a call…', 'Send', 'Not now', 'Send anyway']) {
      const isReached = async () => {
        await button(name).evaluate((each) => each.scrollIntoView({ block: 'nearest' }));
        return isInSight(page, button(name));
      };
      await expect.poll(isReached, { message: `${name} at ${width} × ${height}` }).toBe(true);
    }
    await expect.poll(() => page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
  }
  await button('Send anyway').tap();
  await mark(page, 'and the last', 'Delivered').waitFor();
  await screen.close();
});

test('to whom nobody has written yet leads to the box, and says what WhatsApp will make of it', async ({
  sending,
  screen,
}) => {
  const customer = await customerWith(sending.staff, 'Never Written', `+${freshNumber()}`);
  const page = await screen.open(`/inbox/${customer.id}`);
  await page.getByRole('button', { name: 'Send the first WhatsApp' }).click();
  await page.getByLabel('Message').and(page.locator(':focus')).waitFor();
  await page.getByText('templates can’t be sent from here yet').waitFor();
});

test('what is being written shows in the list of conversations at once, also in another tab', async ({
  sending,
  screen,
}) => {
  const { customer } = await customerWhoWrote(sending, 'In the List', 'Last words');
  const page = await screen.open(`/inbox/${customer.id}`);
  const other = await screen.open('/inbox');
  const row = (tab: typeof page) => tab.getByRole('link', { name: 'In the List' });
  await row(other).getByText('Last words').waitFor();
  await page.getByLabel('Message').fill('Half a thought');
  for (const tab of [page, other]) await row(tab).getByText('Draft: Half a thought').waitFor();
  await page.getByText('From 302100000000').waitFor();
  await page.getByLabel('Message').fill('');
  for (const tab of [page, other]) await row(tab).getByText('Last words').waitFor();
});

test('Enter sends, or breaks the line for who likes that better; Ctrl+Enter always sends', async ({
  sending,
  screen,
}) => {
  const { customer } = await customerWhoWrote(sending, 'Many Lines', 'Hello');
  const account = await screen.open('/account');
  await account.getByLabel('Enter sends').uncheck({ force: true });
  const page = await screen.open(`/customers/${customer.id}/comms`);
  const box = page.getByLabel('Message');
  await box.pressSequentially('One');
  await box.press('Enter');
  await box.pressSequentially('two');
  await expect.poll(() => box.inputValue()).toBe('One\ntwo');
  expect(await box.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThan(2);
  await box.press('Control+Enter');
  await mark(page, 'two', 'Delivered').waitFor();
  await account.getByLabel('Enter sends').check({ force: true });
  await page.reload();
  await box.fill('With Ctrl too');
  await box.press('Control+Enter');
  await mark(page, 'With Ctrl too', 'Delivered').waitFor();
  await write(page, 'And without');
  await mark(page, 'And without', 'Delivered').waitFor();
});

test('on a touch screen Enter breaks the line, and the button sends', async ({ browser, sending }) => {
  const { customer } = await customerWhoWrote(sending, 'On the Phone', 'Hello');
  const screen = await openScreen(browser, sending.server, {
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 780 },
  });
  const page = await screen.open(`/customers/${customer.id}/comms`);
  const box = page.getByLabel('Message');
  await box.tap();
  await page.keyboard.type('First line');
  await page.keyboard.press('Enter');
  await page.keyboard.type('second line');
  await expect.poll(() => box.inputValue()).toBe('First line\nsecond line');
  await expect.poll(() => box.getAttribute('enterkeyhint')).toBe('enter');
  await page.getByRole('button', { name: 'Send', exact: true }).tap();
  await mark(page, 'second line', 'Delivered').waitFor();
  expect(sent(sending, 'First line\\nsecond line')).toHaveLength(1);
  await screen.close();
});

test('somebody of whom WhatsApp tells no number is written to by user id, also once they are a customer', async ({
  sending,
  screen,
}) => {
  const { server, staff, whatsapp } = sending;
  const userId = `GR.${freshNumber()}`;
  whatsapp.addPerson({ name: 'Hidden', userId });
  const { message } = text('', 'You don’t know my number');
  const { from: _, ...hidden } = message;
  await deliver(server, {
    message: { ...hidden, id: message.id, from_user_id: userId },
    contact: { user_id: userId, profile: { name: 'Hidden' } },
  });
  const unknownId = `unknown:${userId}`;
  const page = await screen.open(`/customers/${encodeURIComponent(unknownId)}/comms`);
  await page.getByText(`WhatsApp user ${userId}`).waitFor();
  await write(page, 'From the composer');
  await mark(page, 'From the composer', 'Delivered').waitFor();

  await page.getByRole('button', { name: 'Send WhatsApp' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send WhatsApp to Hidden' });
  await expect.poll(() => dialog.getByLabel('To').inputValue()).toBe(userId);
  expect(await dialog.getByLabel('To').isEditable()).toBe(false);
  await expectNoBarrier(page);
  await dialog.getByLabel('Message').fill('From the dialog');
  await dialog.getByLabel('Message').press('Enter');
  await mark(page, 'From the dialog', 'Delivered').waitFor();

  const { id } = await createCustomer(staff, { name: 'Known Now', contacts: [] });
  await staff.ask(
    'mutation Link($from: ID!, $to: ID!) { linkConversation(conversationId: $from, customerId: $to) { conversation { id } } }',
    { from: unknownId, to: id },
  );
  await page.goto(`/customers/${id}/comms`);
  await page.getByText(`WhatsApp user ${userId}`).waitFor();
  await write(page, 'To a customer');
  await mark(page, 'To a customer', 'Delivered').waitFor();
  expect(sent(sending, userId)).toHaveLength(3);
});

test('when the window closes it is said by itself, and what is written stays', async ({ sending, screen }) => {
  const { server, staff, whatsapp } = sending;
  const number = freshNumber();
  whatsapp.person(number);
  const customer = await customerWith(staff, 'Just in Time', `+${number}`);
  const closesAt = Date.now() + 8_000;
  await deliver(server, text(number, 'First', { at: new Date(closesAt - 24 * 3_600_000) }));
  const page = await screen.open(`/customers/${customer.id}/comms`);
  const box = page.getByLabel('Message');
  await page.getByText(/Can reply freely – \d s left/).waitFor();
  await box.fill('Half a sent');
  await page.getByText('Free reply closed – template needed').first().waitFor();
  expect(Date.now()).toBeGreaterThanOrEqual(closesAt - 1_000);
  await page.getByText('The customer last wrote more than 24 hours ago').waitFor();
  expect(await box.inputValue()).toBe('Half a sent');
  await deliver(server, text(number, 'Still there?'));
  await page.getByText(/Can reply freely/).waitFor();
  expect(await box.inputValue()).toBe('Half a sent');
});

async function isInSight(page: Page, element: Locator): Promise<boolean> {
  const { height } = page.viewportSize() ?? { height: 0 };
  const box = await element.boundingBox();
  return box !== null && box.y >= -1 && box.y + box.height <= height + 1;
}
