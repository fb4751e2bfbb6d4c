import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openScreen } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { link, unlink } from '../harness/day-work.ts';
import { entryIn, rows } from '../harness/inbox-page.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import type { Sending } from '../harness/sending.ts';
import { customerWhoWrote, expectFocus, sendingPageTest as test } from '../harness/sending-page.ts';
import { signInMember } from '../harness/team.ts';

test('a colleague’s link, and its undoing, leave alone what one writes and reads', async ({ browser, sending }) => {
  const { server, staff } = sending;
  const { from, own, unknown, customer } = await strangerAndCustomer(sending, 40);
  const { account } = await signInMember(server, staff);
  const screen = await openScreen(browser, server, { account, viewport: { width: 1280, height: 640 } });
  const page = await screen.open(inbox(unknown));
  await entryIn(page, 'Theirs 39').waitFor();
  await page.getByRole('region', { name: 'Comms, scrolls' }).hover();
  await page.mouse.wheel(0, -1_500);
  await page.getByRole('button', { name: 'To the newest' }).waitFor();
  await writeUpTo(page, 'Dear stranger, ', 'as I was saying');
  await watch(page);

  await link(staff, unknown, customer.id);
  await page.waitForURL(inbox(customer.id));
  await entryIn(page, 'Their own, among').waitFor({ state: 'attached' });
  await expect.poll(async () => digits(await page.getByLabel('To', { exact: true }).inputValue())).toBe(from);
  expect(await whatMoved(page)).toEqual([]);
  await page.keyboard.type('ALREADY ');
  await expect.poll(() => message(page).inputValue()).toBe('Dear stranger, ALREADY as I was saying');

  await unlink(staff, unknown);
  await entryIn(page, 'Theirs 39').waitFor({ state: 'detached' });
  await expectFocus(message(page));
  await page.keyboard.type('STILL ');
  await expect.poll(() => message(page).inputValue()).toBe('Dear stranger, ALREADY STILL as I was saying');
  await deliver(server, text(own, 'And now?'));
  await entryIn(page, 'And now?').waitFor();
  await screen.close();
});

test('one’s own link takes along what is written, and undoing it gives it back', async ({ sending, screen }) => {
  const { customer, unknown } = await strangerAndCustomer(sending, 2);
  const page = await screen.open(inbox(customer.id));
  await message(page).fill('Begun to Maria');
  await page.goto(inbox(unknown));
  await page.getByLabel('Note', { exact: true }).check();
  await page.getByRole('textbox', { name: 'Note' }).fill('Who is it?');
  await page.getByLabel('Reply', { exact: true }).check();
  await writeUpTo(page, 'Begun to ', 'a stranger');
  await page.getByRole('button', { name: 'Link to a customer' }).click();
  const dialog = page.getByRole('dialog');
  await page.keyboard.type(customer.name);
  await dialog.getByRole('radio', { name: customer.name }).check();
  await dialog.getByRole('button', { name: 'Link', exact: true }).click();

  await page.waitForURL(inbox(customer.id));
  await expectFocus(message(page));
  await page.keyboard.type('no longer ');
  await expect.poll(() => message(page).inputValue()).toBe('Begun to no longer a stranger');
  await page.getByText('Note, begun').waitFor();

  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await page.waitForURL(inbox(unknown));
  await expectFocus(message(page));
  await expect.poll(() => message(page).inputValue()).toBe('Begun to no longer a stranger');
  await page.getByText('Note, begun').waitFor();
  await rows(page, customer.name).getByText('Begun to Maria').waitFor();
});

test('nobody stands for another while the answer about them takes its time', async ({ sending, screen }) => {
  const one = await customerWhoWrote(sending, 'One Person', 'First');
  const other = await customerWhoWrote(sending, 'Other Person', 'Second');
  const page = await screen.open('/log');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Send WhatsApp to One Person' }).click();
  await expect.poll(async () => digits(await dialog.getByLabel('To').inputValue())).toBe(one.number);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });

  const answered = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (/query (Addressee|CustomerPage)/.test(route.request().postData() ?? '')) await answered.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Send WhatsApp to Other Person' }).click();
  await dialog.getByRole('heading', { name: 'Send WhatsApp', exact: true }).waitFor();
  expect(await dialog.getByLabel('To').inputValue()).toBe('');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });

  answered.resolve();
  await page.goto(`/customers/${one.customer.id}/comms`);
  await page.getByRole('heading', { name: 'One Person' }).waitFor();
  const told = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (/query (Addressee|CustomerPage)/.test(route.request().postData() ?? '')) await told.promise;
    await route.continue();
  });
  // Without a page between, as by going back and forth.
  await page.evaluate(
    `history.pushState({ key: 'other' }, '', '/customers/${other.customer.id}/comms'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await entryIn(page, 'Second').waitFor();
  expect(await page.getByText('One Person').count()).toBe(0);
  told.resolve();
  await page.getByRole('form', { name: 'Write to Other Person' }).waitFor();
});

/** A stranger who wrote this much, and a customer with messages before and among theirs. */
async function strangerAndCustomer({ server, staff }: Sending, count: number) {
  const [from, own] = [freshNumber(), freshNumber()];
  const customer = await customerWith(staff, `Maria ${own}`, `+${own}`);
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const theirs = Array.from({ length: count }, (_, index) =>
    text(from, `Theirs ${index} ${'words '.repeat(index)}`, { name: 'Stranger', at: minutesAgo(200 - index) }),
  );
  await deliver(
    server,
    text(own, 'Their own, before', { at: minutesAgo(300) }),
    ...theirs,
    text(own, 'Their own, among', { at: minutesAgo(195) }),
  );
  return { from, own, unknown: `unknown:${from}`, customer };
}

/** Writes a message, and leaves the cursor between the two. */
async function writeUpTo(page: Page, before: string, after: string): Promise<void> {
  await message(page).fill(before + after);
  for (const _ of after) await page.keyboard.press('ArrowLeft');
}

/** From now on notes what isn't as it was, in any frame: the box with its cursor, what is read, with whom it is. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(`{
    const box = document.activeElement;
    const { value, selectionStart } = box;
    const top = document.querySelector('[role=log]').parentElement.parentElement.getBoundingClientRect().top;
    const articles = () => [...document.querySelectorAll('[role=log] article')];
    const placeOf = (article) => Math.round(article?.getBoundingClientRect().top);
    const read = articles().find((article) => placeOf(article) > top);
    const place = placeOf(read);
    window.moved = new Set();
    const look = () => {
      const same = (is, words) => is || moved.add(words);
      same(document.activeElement === box, 'the focus');
      same(box.value === value, 'the text');
      same(box.selectionStart === selectionStart, 'the cursor');
      same(articles().includes(read), 'what is read is another element');
      same(Math.abs(placeOf(read) - place) <= 1, 'what is read: from ' + place + ' to ' + placeOf(read));
      same(document.querySelector('[aria-label=Conversation] h2').textContent, 'the name');
      same(document.querySelector('aside h2')?.textContent, 'the facts');
      requestAnimationFrame(look);
    };
    look();
  }`);
}

const whatMoved = (page: Page) => page.evaluate('[...moved]');

const message = (page: Page): Locator => page.getByLabel('Message', { exact: true });

const inbox = (id: string) => `/inbox/${encodeURIComponent(id)}`;

const digits = (number: string) => number.replace(/\D/g, '');
