import type { Page } from 'playwright-core';
import { expectNoBarrier } from '../harness/barriers.ts';
import { isLive, openScreen, browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { logAs } from '../harness/log-as.ts';
import { freshNumber } from '../harness/meta.ts';
import type { TestStaff } from '../harness/staff.ts';

const PASSWORD = 'the-ferry-leaves-at-noon';

test('an admin adds a member, who chooses a password and works; the admin deactivates them, and their page says so', {
  timeout: 90_000,
}, async ({ browser, server, staff, screen, databaseUrl }) => {
  const team = await screen.open('/inbox');
  await team.getByRole('button', { name: 'your account' }).click();
  await team.getByRole('link', { name: 'Team', exact: true }).click();
  await team.getByRole('button', { name: 'Add somebody' }).click();
  await team.getByLabel('Name').fill('Nikos Georgiou');
  await team.getByLabel('E-mail').fill('not an address');
  await team.getByRole('button', { name: 'Add', exact: true }).click();
  await team.getByText('This is no e-mail address').waitFor();
  await expectNoBarrier(team);
  await team.getByLabel('E-mail').fill('nikos@example.com');
  await team.getByRole('button', { name: 'Add', exact: true }).click();
  const oneTimePassword = (await team.getByLabel('One-time password').textContent()) ?? '';
  await team.getByRole('button', { name: 'Done' }).click();
  const row = team.getByRole('listitem').filter({ hasText: 'Nikos Georgiou' });
  await row.getByText('Has a one-time password').waitFor();
  await team.getByText(oneTimePassword).waitFor({ state: 'detached' });

  const other = await openScreen(browser, server, { account: null });
  const page = await other.context.newPage();
  await page.goto('/sign-in');
  await signIn(page, 'nikos@example.com', oneTimePassword);
  await page.getByRole('heading', { name: 'Choose your password' }).waitFor();
  await expectNoBarrier(page);
  await page.goto('/customers');
  await page.getByLabel('One-time password').fill(oneTimePassword);
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByText('A password has at least 10 characters').waitFor();
  await page.getByLabel('One-time password').fill(oneTimePassword);
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('heading', { name: 'Customers', exact: true }).waitFor();
  await isLive(page);

  await page.goto('/team');
  await page.getByRole('heading', { name: 'The team is for admins to look after' }).waitFor();
  await page.getByText('admin@example.com').waitFor();

  const customer = await customerWith(staff, 'Eleni Papadaki', freshNumber());
  await logAs(databaseUrl, await idOf(staff, 'nikos@example.com'), customer.id, 'Called back');
  await page.goto(`/customers/${customer.id}/comms`);
  await page.getByText('Called back').waitFor();
  await isLive(page);

  await row.getByRole('button', { name: 'What to do about Nikos Georgiou' }).click();
  await team.getByRole('button', { name: 'Deactivate' }).click();
  await team
    .getByRole('dialog', { name: 'Deactivate Nikos Georgiou?' })
    .getByRole('button', { name: 'Deactivate' })
    .click();
  const ended = page.getByRole('dialog', { name: 'You have been signed out' });
  await ended.waitFor({ timeout: 5_000 });
  await team.getByRole('list', { name: 'Deactivated' }).getByText('Nikos Georgiou').waitFor();

  await team.goto(`/customers/${customer.id}/comms`);
  await team.getByRole('article').filter({ hasText: 'Called back' }).getByText('Nikos Georgiou').waitFor();

  await ended.getByRole('link', { name: 'Sign in again' }).click();
  other.tolerate(/403 \(Forbidden\)/);
  await signIn(page, 'nikos@example.com', PASSWORD);
  await page.getByRole('alert').filter({ hasText: 'can’t sign in' }).waitFor();
  await other.close();
});

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function idOf(staff: TestStaff, email: string): Promise<string> {
  const team = await staff.ask<{ staff: { id: string; email: string }[] }>('query Team { staff { id email } }');
  return team.staff.find((account) => account.email === email)?.id ?? '';
}
