import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { isLive, openScreen, browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { ADMIN } from '../harness/server.ts';

test('a shift by keyboard alone: sign in, find, read, reply, link an unknown, log a call, search, mark unread, sign out', async ({
  browser,
  server,
  staff,
}) => {
  const phone = freshNumber();
  const stranger = freshNumber();
  // Others each time that it is tried.
  const [danae, lefteris] = [`Danae ${phone}`, `Lefteris ${stranger}`];
  await customerWith(staff, danae, `+${phone}`);
  await customerWith(staff, lefteris, `+${freshNumber()}`);
  await deliver(server, text(stranger, 'Lefteris here, from my new number'));
  await deliver(server, text(phone, 'Is the lamp in stock?'));
  const screen = await openScreen(browser, server, { account: null });
  // The sign-in page asks who is there.
  screen.tolerate(/401/);
  const page = await screen.context.newPage();
  const { keyboard } = page;
  await page.goto('/');

  await focused(page.getByLabel('E-mail'));
  await keyboard.type(ADMIN.email);
  await keyboard.press('Tab');
  await keyboard.type(ADMIN.password);
  await keyboard.press('Enter');
  await isLive(page);

  await keyboard.press('j');
  await focused(rowOf(page, danae));
  await keyboard.press('ArrowDown');
  await keyboard.press('k');
  await focused(rowOf(page, danae));
  await keyboard.press('Enter');
  const comms = page.getByRole('log', { name: 'Comms' });
  await comms.getByText('Is the lamp in stock?').waitFor();

  const message = page.getByRole('textbox', { name: 'Message' });
  await message.waitFor();
  await keyboard.press('r');
  await focused(message);
  await keyboard.type('Yes, two of them.');
  await keyboard.press('Enter');
  await comms.getByText('Yes, two of them.').waitFor();
  await keyboard.press('Escape');

  await keyboard.press('/');
  await keyboard.type('new number');
  await rowOf(page, `+${stranger.slice(0, 2)}`).waitFor();
  await tabTo(page, rowOf(page, `+${stranger.slice(0, 2)}`));
  await keyboard.press('Enter');
  await comms.getByText('Lefteris here, from my new number').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Link to a customer' }).first());
  await keyboard.press('Enter');
  await focused(page.getByRole('searchbox', { name: 'Search customers' }));
  await keyboard.type(lefteris.toLowerCase());
  const linking = page.getByRole('dialog');
  await expect.poll(() => linking.getByRole('radio').count()).toBe(1);
  await keyboard.press('ArrowDown');
  await linking.getByText(`The whole conversation moves to ${lefteris}`).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: lefteris }).first().waitFor();
  await linking.waitFor({ state: 'hidden' });
  // Told once the page has gone along.
  await page.getByText(`Linked to ${lefteris}`).waitFor();

  await keyboard.press('l');
  await focused(page.getByRole('textbox', { name: 'What was said' }));
  await keyboard.type('He wants it delivered.');
  await tabTo(page, page.getByRole('button', { name: 'Log it' }));
  await keyboard.press('Enter');
  await comms.getByText('He wants it delivered.').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  // Behind what was said just before, though the form knows no seconds.
  await expect.poll(async () => (await comms.getByRole('article').allInnerTexts()).at(-1)).toContain('delivered');

  await page.getByRole('button', { name: 'Mark as unread' }).waitFor();
  await keyboard.press('u');
  await page.getByText(`${lefteris} is unread again`).waitFor();

  await keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.waitFor();
  await keyboard.press('Escape');
  await keys.waitFor({ state: 'hidden' });

  await tabTo(page, page.getByRole('button', { name: /your account$/ }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Sign out' }));
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await screen.close();
});

test('Escape closes what is open above and goes no further back, and no menu outlasts its page', async ({
  browser,
  server,
  staff,
}) => {
  const phone = freshNumber();
  const customer = await customerWith(staff, 'Stays Open', `+${phone}`);
  // What closes at once is gone before the key has reached the page.
  const screen = await openScreen(browser, server, { reducedMotion: 'reduce' });
  const page = await screen.open(`/inbox/${customer.id}`);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.keyboard.press('l');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /your account$/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe(`/inbox/${customer.id}`);

  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'No conversation is open' }).waitFor();

  await page.getByRole('button', { name: /your account$/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'detached' });
  await screen.close();
});

test('single keys are silent where one writes, and where they are switched off', async ({ server, screen }) => {
  await deliver(server, text(freshNumber(), 'hello'));
  const page = await screen.open('/inbox');
  const search = page.getByRole('searchbox', { name: 'Search conversations' });
  await page.keyboard.press('/');
  await focused(search);
  await page.keyboard.type('?/j');
  expect(await search.inputValue()).toBe('?/j');
  expect(await page.getByRole('dialog').count()).toBe(0);

  const account = await screen.open('/account');
  await account.getByRole('switch', { name: /Use single keys/ }).uncheck({ force: true });
  await page.reload();
  await isLive(page);
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await hasFocus(search)).toBe(false);
});

test('people, pages and what to do are found from anywhere', async ({ browser, server, staff }) => {
  const { id } = await customerWith(staff, 'Persa Vlachou', `+${freshNumber()}`);
  await customerWith(staff, 'Spyros Persakis', `+${freshNumber()}`);
  const screen = await openScreen(browser, server, { reducedMotion: 'no-preference' });
  const page = await screen.open(`/inbox/${id}`);
  const { keyboard } = page;
  const field = page.getByRole('combobox', { name: 'Find or do anything' });
  const message = page.getByRole('textbox', { name: 'Message' });

  const skip = page.getByRole('link', { name: 'Skip to the message' });
  const bottomOfSkip = () => skip.evaluate((link) => link.getBoundingClientRect().bottom);
  expect(await bottomOfSkip()).toBeLessThan(0);
  await tabTo(page, skip);
  await expect.poll(bottomOfSkip).toBeGreaterThan(0);
  await keyboard.press('Enter');
  await focused(message);
  await keyboard.press('Control+k');
  await focused(field);
  await keyboard.press('Escape');
  await focused(message);

  await keyboard.press('Control+k');
  await keyboard.type('write note');
  await keyboard.press('Enter');
  await focused(page.getByRole('textbox', { name: 'Note', exact: true }));

  // Faster than the answer.
  await keyboard.press('Control+k');
  await keyboard.type('persak');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Spyros Persakis' }).first().waitFor();

  await page.getByRole('button', { name: 'Find or do anything' }).click();
  await keyboard.type('pers');
  await page.getByRole('option', { name: 'Spyros Persakis' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await expect.poll(() => page.locator('[role=option][aria-selected=true]').textContent()).toContain('Spyros Persakis');
  await keyboard.press('Enter');
  await field.waitFor({ state: 'detached' });

  await keyboard.press('Control+k');
  await keyboard.type('nobody of this name');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nothing found for “nobody of this name”' }).waitFor();
  await screen.close();
});

test('keys are where they are on a keyboard with other letters, and go by the page’s language', async ({
  browser,
  server,
}) => {
  const screen = await openScreen(browser, server, { locale: 'el-GR' });
  const page = await screen.context.newPage();
  await page.goto('/inbox');
  await page.getByRole('status').filter({ hasText: 'Ζωντανά' }).waitFor();
  await press(page, { key: 'κ', code: 'KeyK', ctrlKey: true });
  await focused(page.getByRole('combobox'));
  await page.keyboard.type('ομαδα');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ομάδα' }).waitFor();
  await page.goBack();
  await page.getByRole('list', { name: 'Συνομιλίες' }).getByRole('link').first().waitFor();
  await press(page, { key: 'ξ', code: 'KeyJ' });
  await focused(page.getByRole('list', { name: 'Συνομιλίες' }).getByRole('link').first());
  await screen.close();
});

const MOST_TABS = 80;

/** What a keyboard says that Playwright has not. */
function press(page: Page, keys: { key: string; code: string; ctrlKey?: boolean }): Promise<void> {
  return page.evaluate(
    `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...${JSON.stringify(keys)} }))`,
  );
}

function rowOf(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Conversations' }).getByRole('link').filter({ hasText: name });
}

async function focused(element: Locator): Promise<void> {
  await expect.poll(() => hasFocus(element)).toBe(true);
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => (node as unknown as { matches(selector: string): boolean }).matches(':focus'));
}

/** Goes on with Tab until it is there, as somebody does who has no pointer. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  await element.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await hasFocus(element)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${element} can't be reached with Tab`);
}
