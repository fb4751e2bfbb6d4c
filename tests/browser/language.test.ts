import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openScreen, browserTest as test } from '../harness/browser.ts';
import { ADMIN } from '../harness/server.ts';

test('who has a browser in Greek reads Greek, from the sign-in to the inbox, dates and what the server says too', async ({
  browser,
  server,
}) => {
  const screen = await openScreen(browser, server, { account: null, locale: 'el-GR', reducedMotion: 'reduce' });
  screen.tolerate(/40[01]/);
  const page = await screen.context.newPage();
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Σύνδεση' }).waitFor();
  expect(await languageOf(page)).toBe('el');
  expect(await page.title()).toBe('Σύνδεση · Comms');
  await expectNoBarrier(page);

  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Κωδικός πρόσβασης', { exact: true }).fill('a wrong password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'δεν είναι σωστά' }).waitFor();
  await page.getByLabel('Κωδικός πρόσβασης', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Σύνδεση' }).click();
  await page.getByRole('link', { name: 'Εισερχόμενα', exact: true }).waitFor();
  await page.getByRole('status').filter({ hasText: 'Ζωντανά' }).waitFor();
  await page.getByRole('button', { name: 'ο λογαριασμός σας' }).click();
  await expectNoBarrier(page);

  await page.getByRole('link', { name: 'Ο λογαριασμός σας' }).click();
  await page
    .getByTitle(`Σύνδεση: ${new Intl.DateTimeFormat('el', { dateStyle: 'full' }).format()}`)
    .first()
    .waitFor();
  await page.getByLabel('Τρέχων κωδικός πρόσβασης').fill(ADMIN.password);
  await page.getByLabel('Νέος κωδικός πρόσβασης', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Αλλαγή κωδικού' }).click();
  await page.getByText('Ο κωδικός πρέπει να έχει τουλάχιστον 10 χαρακτήρες').waitFor();
  await screen.close();
});

test('a language is chosen by keyboard, and kept over a reload and a sign-out', async ({ browser, server }) => {
  const screen = await openScreen(browser, server, { locale: 'el-GR' });
  const page = await screen.context.newPage();
  await page.goto('/account');
  await page.getByRole('button', { name: 'ο λογαριασμός σας' }).click();
  await page.getByRole('button', { name: 'Ελληνικά', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'English' }).press('Enter');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  expect(await languageOf(page)).toBe('en');
  await page
    .getByTitle(`Signed in ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format()}`)
    .first()
    .waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'your account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.getByRole('button', { name: 'Ελληνικά' }).press('Space');
  await page.getByRole('heading', { name: 'Σύνδεση' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Σύνδεση' }).waitFor();
  await screen.close();
});

test('who reads English loads no Greek', async ({ browser, server }) => {
  const screen = await openScreen(browser, server, { locale: 'en-US' });
  const page = await screen.context.newPage();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('/account');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  expect(loaded.filter((path) => /^\/assets\/el\b/.test(path))).toEqual([]);
  expect(loaded.filter((path) => path.startsWith('/assets/')).length).toBeGreaterThan(0);
  await screen.close();
});

function languageOf(page: Page): Promise<string> {
  return page.evaluate('document.documentElement.lang');
}

async function expectNoBarrier(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}
