import { expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { isLive, openScreen } from '../harness/browser.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { customerWhoWrote, expectFocus, mark, sent, sendingPageTest as test } from '../harness/sending-page.ts';
import { signInMember } from '../harness/team.ts';

const SAVE = 'mutation Save($input: SaveQuickReplyInput!) { saveQuickReply(input: $input) { quickReply { id } } }';

test('are found by a slash, with the keys or the mouse, and filled in', async ({ sending, screen }) => {
  const { staff } = sending;
  const replies = {
    hours: 'We are open from nine to five.',
    thanks: 'Thank you, {{First name}}! {{my name}}',
    ready: 'Dear {{name}}, order {{order number}} is ready since {{ day }}.',
  };
  for (const [shortcut, words] of Object.entries(replies)) {
    await staff.ask(SAVE, { input: { shortcut, text: words } });
  }
  const { customer } = await customerWhoWrote(sending, 'Eleni Papadaki', 'Hello');
  const page = await screen.open(`/customers/${customer.id}/comms`);
  const box = page.getByLabel('Message');
  const list = page.getByRole('listbox', { name: 'Quick replies' });
  const option = (name: string) => list.getByRole('option', { name });

  await box.pressSequentially('/');
  await option('/hours').waitFor();
  await expect.poll(() => list.getByRole('option').count()).toBe(3);
  await expectNoBarrier(page);
  await page.keyboard.press('ArrowDown');
  await list.getByRole('option', { name: '/ready', selected: true }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await list.getByRole('option', { name: '/thanks', selected: true }).waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await expect.poll(() => box.inputValue()).toBe('/');
  // By letters in their order, and by the words of the text; of a path it says nothing.
  await box.fill('');
  await box.pressSequentially('Hello and /tks');
  await expect.poll(() => list.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await expect.poll(() => box.inputValue()).toMatch(/^Hello and Thank you, Eleni! \S/);
  await expectFocus(box);
  await box.press('Enter');
  await mark(page, 'Hello and Thank you, Eleni!', 'Delivered').waitFor();
  await box.pressSequentially('/NINE');
  await option('/hours').click();
  await expect.poll(() => box.inputValue()).toBe('We are open from nine to five.');
  await box.pressSequentially(' See /etc/hours');
  expect(await list.count()).toBe(0);

  // What isn't known is marked, and nothing goes out before it is filled in.
  await box.fill('/ready');
  await page.keyboard.press('End');
  await option('/ready').waitFor();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => box.inputValue())
    .toBe('Dear Eleni Papadaki, order {{order number}} is ready since {{ day }}.');
  await page.keyboard.type('1234');
  await page.getByText('Fill in before it can be sent').waitFor();
  await expectNoBarrier(page);
  await box.press('Enter');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => box.inputValue()).toBe('Dear Eleni Papadaki, order 1234 is ready since {{ day }}.');
  await page.getByRole('button', { name: '{{ day }}' }).click();
  await page.keyboard.type('today');
  await page.getByText('Fill in before it can be sent').waitFor({ state: 'detached' });
  await box.press('Enter');
  await mark(page, 'order 1234 is ready since today', 'Delivered').waitFor();
  expect(sent(sending, 'Dear Eleni')).toHaveLength(1);
});

test('in the dialog Escape closes the list alone, and a stranger without a name has none filled in', async ({
  sending,
  screen,
}) => {
  await sending.staff.ask(SAVE, { input: { shortcut: 'dear', text: 'Dear {{name}}' } });
  const from = freshNumber();
  sending.whatsapp.person(from);
  await deliver(sending.server, text(from, 'Hi'));
  const page = await screen.open(`/customers/${encodeURIComponent(`unknown:${from}`)}/comms`);
  await page.getByRole('button', { name: 'Send WhatsApp' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Message').pressSequentially('/dear');
  const list = page.getByRole('listbox', { name: 'Quick replies' });
  await list.waitFor();
  await expectNoBarrier(page);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await dialog.getByLabel('Message').fill('');
  await dialog.getByLabel('Message').pressSequentially('/dear');
  await list.getByRole('option', { name: '/dear' }).click();
  await expect.poll(() => dialog.getByLabel('Message').inputValue()).toBe('Dear {{name}}');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText('Fill in before it can be sent').waitFor();
  expect(sent(sending, '{{name}}')).toEqual([]);
});

test('have a page, where anybody on the team looks after them', async ({ browser, sending }) => {
  const { account } = await signInMember(sending.server, sending.staff);
  const screen = await openScreen(browser, sending.server, {
    account,
    viewport: { width: 360, height: 740 },
  });
  const page = await screen.open('/customers');
  await page.getByRole('button', { name: 'your account' }).click();
  await page.getByRole('link', { name: 'Quick replies' }).click();
  await page.getByRole('heading', { name: 'Quick replies' }).waitFor();
  await expectNoBarrier(page);

  await page.getByRole('button', { name: 'Add a quick reply' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a quick reply' });
  await expectFocus(dialog.getByLabel('Shortcut'));
  await dialog.getByLabel('Shortcut').fill('two words');
  await dialog.getByLabel('Text').fill('Hello ');
  await dialog.getByRole('button', { name: 'Customer’s first name' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('A shortcut is one word').waitFor();
  await expectFocus(dialog.getByLabel('Shortcut'));
  await expectNoBarrier(page);
  await dialog.getByLabel('Shortcut').fill('/greet');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('listitem').filter({ hasText: '/greet' });
  await row.getByText('Hello {{first name}}').waitFor();

  await row.getByRole('button', { name: 'Edit /greet' }).click();
  await page.getByRole('dialog', { name: 'Edit /greet' }).getByLabel('Text').fill('Good day');
  await page.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Good day').waitFor();
  await page.reload();
  await isLive(page);
  await row.getByText('Good day').waitFor();

  await row.getByRole('button', { name: 'Remove /greet' }).click();
  await expectNoBarrier(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
  await screen.close();
});
