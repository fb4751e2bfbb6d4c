import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { isLive, browserTest as test } from '../harness/browser.ts';
import { createCustomer, customerWith } from '../harness/customers.ts';
import { deliver, freshNumber, said, text } from '../harness/meta.ts';
import { ADMIN } from '../harness/server.ts';

describe('signing in', () => {
  test('leads to the address that was asked for, and out again', async ({ server, staff, screen }) => {
    screen.tolerate(/401/);
    const customer = await createCustomer(staff, { name: 'Deep Link', contacts: [] });
    await screen.context.clearCookies();
    const page = await screen.context.newPage();
    await page.goto(`/customers/${customer.id}/comms`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password', { exact: true }).fill('a wrong password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Deep Link' }).waitFor();
    await isLive(page);
    expect(new URL(page.url()).pathname).toBe(`/customers/${customer.id}/comms`);

    await page.getByRole('button', { name: 'your account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect((await page.request.post(`${server.url}/graphql`, { data: { query: '{ me { id } }' } })).status()).toBe(401);
  });
});

test.for([
  ['/.//elsewhere.example/x', '//elsewhere.example/x'],
  ['https://elsewhere.example/x', '/inbox'],
  ['http://[', '/inbox'],
] as const)('signing in leads to nobody else’s address: %s', async ([from, path], { server, screen }) => {
  screen.tolerate(/401/);
  await screen.context.clearCookies();
  const page = await screen.context.newPage();
  await page.goto(`/sign-in?from=${encodeURIComponent(from)}`);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === path);
  expect(new URL(page.url()).origin).toBe(new URL(server.url).origin);
});

test('a page whose first answer stays away says that it loads, and after a while why', async ({ screen }) => {
  const page = await screen.context.newPage();
  await page.clock.install();
  const answered = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query Shell')) await answered.promise;
    await route.continue();
  });
  await page.goto('/customers');
  await page.getByRole('heading', { name: 'Loading' }).waitFor();
  expect(await page.getByRole('button', { name: 'Load it anew' }).count()).toBe(0);
  await page.clock.fastForward(5_000);
  await page.getByText('The server hasn’t answered yet').waitFor();
  await page.getByRole('button', { name: 'Load it anew' }).waitFor();
  answered.resolve();
  await page.getByRole('heading', { name: 'Customers' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Loading' }).count()).toBe(0);
});

test('a page whose code or answer takes its time says so where one is, or in its shape', async ({ staff, screen }) => {
  const { id } = await createCustomer(staff, { name: 'Slow To Come', contacts: [] });
  const page = await screen.open('/inbox');
  const sent = Promise.withResolvers<void>();
  await page.route('**/assets/LogPage*', async (route) => {
    await sent.promise;
    await route.continue();
  });
  await page.getByRole('link', { name: 'Everything' }).click();
  await page.getByRole('status').filter({ hasText: 'Loading…' }).waitFor();
  await page.getByRole('heading', { name: 'Nothing is open' }).or(page.getByRole('searchbox')).first().waitFor();
  sent.resolve();
  await page.getByRole('heading', { name: 'Everything' }).waitFor();
  expect(await page.getByRole('status').filter({ hasText: 'Loading…' }).count()).toBe(0);

  const answered = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query CustomerDetails')) await answered.promise;
    await route.continue();
  });
  await page.goto(`/customers/${id}/details`);
  await page.getByRole('tabpanel').locator('.mantine-Skeleton-root').first().waitFor();
  answered.resolve();
  await page.getByRole('tabpanel').getByText('Customer since').waitFor();
});

describe('the log of everybody', () => {
  test('is filtered by type, unknown numbers and words, all of it in the address', async ({
    server,
    staff,
    screen,
  }) => {
    const known = freshNumber();
    await customerWith(staff, 'Κώστας Νικολάου', `+${known}`);
    await deliver(server, text(known, 'Δύο καφέδες'), text(freshNumber(), 'One tea'));
    const page = await screen.open('/log');
    await entry(page, 'Δύο καφέδες').waitFor();

    await page.getByRole('button', { name: 'Unknown numbers' }).click();
    await entry(page, 'Δύο καφέδες').waitFor({ state: 'detached' });
    await entry(page, 'One tea').waitFor();
    await page.getByRole('button', { name: 'Unknown numbers' }).click();
    await page.getByRole('button', { name: 'WhatsApp', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search everything' }).fill('ΚΑΦΕΔΕΣ');
    await entry(page, 'One tea').waitFor({ state: 'detached' });
    await entry(page, 'Δύο καφέδες').waitFor();

    await page.reload();
    await entry(page, 'Δύο καφέδες').waitFor();
    expect(await entry(page, 'One tea').count()).toBe(0);
    await page.getByRole('button', { name: 'WhatsApp', exact: true, pressed: true }).waitFor();
    await expect.poll(() => page.getByRole('searchbox', { name: 'Search everything' }).inputValue()).toBe('ΚΑΦΕΔΕΣ');
  });

  test('what comes live passes the same filter', async ({ server, staff, screen }) => {
    const known = freshNumber();
    await customerWith(staff, 'Not Unknown', `+${known}`);
    const page = await screen.open('/log?unknown=1');
    await deliver(server, text(known, 'from a customer'), text(freshNumber(), 'from a stranger'));
    await entry(page, 'from a stranger').waitFor();
    expect(await entry(page, 'from a customer').count()).toBe(0);
  });

  test('brings older entries when one gets there', async ({ server, screen }) => {
    const from = freshNumber();
    await deliver(server, ...Array.from({ length: 120 }, (_, index) => text(from, `scrolled ${index}.`)));
    const page = await screen.open('/log');
    await entry(page, 'scrolled 119.').waitFor();
    const scroller = page.getByRole('region', { name: 'Everything, scrolls' });
    while ((await entry(page, 'scrolled 0.').count()) === 0) {
      await scroller.hover();
      await page.mouse.wheel(0, 4000);
    }
    await expect.poll(() => entry(page, 'scrolled 60.').count()).toBe(1);
  });

  test('shows markup as the text it is', async ({ server, screen }) => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script> javascript:alert(1)';
    await deliver(
      server,
      text(freshNumber(), hostile, { name: '<b>bold</b>' }),
      said(freshNumber(), '<i>type</i>', { a: 1 }),
    );
    const page = await screen.open('/log');
    await entry(page, hostile).waitFor();
    await entry(page, '(type: <i>type</i>)').waitFor();
    await page.getByText('<b>bold</b>').first().waitFor();
    expect(await page.title()).not.toBe('1');
  });
});

test('an unknown sender becomes a customer, by keyboard alone, with the history', async ({ server, screen }) => {
  const from = freshNumber();
  await deliver(server, text(from, 'I am new here', { name: 'Newcomer' }));
  const page = await screen.open(`/customers/${encodeURIComponent(`unknown:${from}`)}/comms`);
  await page.getByRole('button', { name: 'New customer' }).focus();
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('');
  await page.keyboard.press('Enter');
  await page.getByText(/name/i).and(page.locator('[id$=error]')).waitFor();
  await name.fill('Nefeli Newcomer');
  await expect.poll(() => page.getByRole('textbox', { name: 'Number' }).inputValue()).toContain(from.slice(2, 5));
  await name.press('Enter');

  await page.getByRole('heading', { name: 'Nefeli Newcomer' }).waitFor();
  await page.getByRole('log', { name: 'Comms' }).getByRole('article').filter({ hasText: 'I am new here' }).waitFor();
  await page.goto(`/customers/${encodeURIComponent(`unknown:${from}`)}/comms`);
  await page.getByRole('heading', { name: 'Nefeli Newcomer' }).waitFor();
});

function entry(page: Page, words: string) {
  return page.getByRole('feed', { name: 'Everything' }).getByRole('article').filter({ hasText: words });
}
