import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { isLive, openScreen, browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { entryIn, rows } from '../harness/inbox-page.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';

test('a phone shows one pane at a time, and Back is the browser’s', async ({ browser, server, staff }) => {
  const from = freshNumber();
  const customer = await customerWith(staff, 'On the phone', `+${from}`);
  await deliver(server, text(from, 'Small screen'));
  const screen = await openScreen(browser, server, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    reducedMotion: 'no-preference',
  });
  const page = await screen.open('/inbox?unanswered=1');
  await rows(page, 'On the phone').tap();
  await entryIn(page, 'Small screen').waitFor();
  await rows(page, 'On the phone').waitFor({ state: 'hidden' });
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Back', exact: true }).tap();
  await rows(page, 'On the phone').waitFor();
  await page.getByRole('navigation').waitFor();
  expect(pathOf(page)).toBe('/inbox?unanswered=1');
  await page.goForward();
  await entryIn(page, 'Small screen').waitFor();
  await page.goBack();
  await rows(page, 'On the phone').waitFor();

  await page.goto(`/inbox/${customer.id}`);
  await page.getByRole('button', { name: 'About the customer' }).tap();
  const facts = page.getByRole('dialog', { name: 'Customer' });
  await facts.getByRole('heading', { name: 'On the phone' }).waitFor();
  await page.keyboard.press('Escape');
  await facts.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Back', exact: true }).tap();
  await rows(page, 'On the phone').tap();
  await page.getByRole('button', { name: 'About the customer' }).tap();
  await facts.getByRole('heading', { name: 'On the phone' }).waitFor();
  await page.goBack();
  await rows(page, 'On the phone').tap();
  await entryIn(page, 'Small screen').waitFor();
  expect(await facts.count()).toBe(0);
  await page.getByRole('button', { name: 'Back', exact: true }).tap();
  await rows(page, 'On the phone').waitFor();
  expect(pathOf(page)).toBe('/inbox');

  screen.tolerate(/ERR_FAILED/);
  // The list brings the conversation too, and then there is no trouble any more.
  const { promise: seen, resolve: see } = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    const asked = route.request().postData() ?? '';
    if (asked.includes('OpenConversation')) return route.abort();
    if (asked.includes('query ConversationList')) await seen;
    return route.fallback();
  });
  await page.goto(`/inbox/${customer.id}`);
  await page.getByText('The conversation couldn’t be loaded').waitFor();
  see();
  await page.getByRole('button', { name: 'Back', exact: true }).tap();
  await rows(page, 'On the phone').waitFor();
  await screen.close();
});

test('an address comes back to the same list and conversation; an old id goes on to the customer', async ({
  server,
  staff,
  screen,
}) => {
  const from = freshNumber();
  const unknown = `unknown:${from}`;
  await deliver(server, text(from, 'Where am I?', { name: 'Linked to' }), text(freshNumber(), 'x', { name: 'Not me' }));
  const page = await screen.open(`/inbox/${encodeURIComponent(unknown)}?unknown=1&q=where`);
  await entryIn(page, 'Where am I?').waitFor();
  await rows(page, 'Linked to').and(page.locator('[aria-current]')).waitFor();
  expect(await rows(page, 'Not me').count()).toBe(0);
  await expect.poll(() => page.getByRole('searchbox', { name: 'Search conversations' }).inputValue()).toBe('where');

  const customer = await customerWith(staff, 'Known at last', `+${from}`);
  await page.getByRole('heading', { name: 'Known at last' }).first().waitFor();
  await expect.poll(() => pathOf(page)).toBe(`/inbox/${customer.id}?unknown=1&q=where`);
  await page.goto(`/inbox/${encodeURIComponent(unknown)}`);
  await entryIn(page, 'Where am I?').waitFor();
  expect(pathOf(page)).toBe(`/inbox/${customer.id}`);

  await page.goto('/inbox/nobody');
  await page.getByRole('heading', { name: 'There is no such conversation' }).waitFor();
  const facts = page.getByRole('complementary', { name: 'Customer' });
  await facts.getByRole('heading', { name: 'There is no such customer' }).waitFor();
  await facts.getByRole('link', { name: 'To the list' }).click();
  await page.getByRole('heading', { name: 'No conversation is open' }).waitFor();
});

test('the list’s width and the customer’s pane are as one left them, and only panes scroll', async ({
  browser,
  server,
  staff,
}) => {
  const from = freshNumber();
  const customer = await customerWith(staff, 'Wide Screen', `+${from}`);
  await deliver(server, ...Array.from({ length: 40 }, (_, index) => text(from, `line ${index}\n`.repeat(4))));
  const screen = await openScreen(browser, server, { viewport: { width: 1280, height: 700 } });
  const page = await screen.open(`/inbox/${customer.id}`);
  const edge = page.getByRole('separator', { name: 'Width of the list' });
  await edge.focus();
  await page.keyboard.press('End');
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('460');
  await page.getByRole('complementary', { name: 'Customer' }).waitFor();
  await page.getByRole('button', { name: 'About the customer' }).click();
  await page.getByRole('complementary', { name: 'Customer' }).waitFor({ state: 'detached' });

  await page.reload();
  await isLive(page);
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('460');
  expect(await page.getByRole('complementary', { name: 'Customer' }).count()).toBe(0);
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge is not on the screen');
  await page.mouse.move(box.x + 2, 400);
  await page.mouse.down();
  await page.mouse.move(box.x - 98, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('360');
  expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
  await screen.close();
});

test('a list that can’t be read says why, keeps what is there, and tries again', async ({ server, screen }) => {
  screen.tolerate(/ERR_FAILED/);
  const number = freshNumber();
  const name = `Was loaded ${number}`;
  await deliver(server, text(number, 'still here', { name }));
  const page = await screen.open('/inbox');
  // With what comes live the list would be asked for again by itself.
  await screen.context.routeWebSocket('**/graphql', () => {});
  await page.reload();
  await rows(page, name).waitFor();
  await page.route('**/graphql', (route) =>
    route.request().postData()?.includes('query ConversationList') ? route.abort() : route.continue(),
  );
  await page.getByRole('button', { name: /^Unknown/ }).click();
  const trouble = page.getByRole('alert').filter({ hasText: 'The conversations couldn’t be loaded' });
  await trouble.waitFor();
  await rows(page, name).waitFor();
  await page.unrouteAll();
  await trouble.getByRole('button', { name: 'Retry' }).click();
  await trouble.waitFor({ state: 'detached' });
  await rows(page, name).waitFor();
});

const pathOf = (page: Page) => {
  const { pathname, search } = new URL(page.url());
  return decodeURIComponent(pathname) + search;
};
