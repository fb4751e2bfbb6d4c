import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { openScreen, browserTest as test } from '../harness/browser.ts';
import { query } from '../harness/database.ts';
import { freshNumber, postWebhook, text, webhook } from '../harness/meta.ts';
import { signInMember } from '../harness/team.ts';

test('an admin sees what could not be logged, and runs it again with one click', async ({
  server,
  screen,
  databaseUrl,
}) => {
  const page = await screen.open('/inbox');
  await page.getByRole('button', { name: 'your account' }).click();
  await page.getByRole('link', { name: 'Parked' }).click();
  await page.getByRole('heading', { name: 'Nothing is parked' }).waitFor();
  await expectNoBarrier(page);

  expect((await postWebhook(server, '{"entry":')).status).toBe(200);
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: 'it is no JSON' });
  await row.getByRole('button', { name: 'Run again' }).click();
  await row.getByRole('alert').filter({ hasText: 'stays here' }).waitFor();

  const said = text(freshNumber(), 'Understood at last');
  const bytes = Buffer.from(JSON.stringify(webhook(said)));
  await query(
    databaseUrl,
    `insert into webhook_body (sha256, bytes, problems) values ($1, $2, '[{ "path": "entry.0", "reason": "<b>odd</b>" }]')`,
    [createHash('sha256').update(bytes).digest(), bytes],
  );
  await page.reload();
  const other = page.getByRole('listitem').filter({ hasText: '<b>odd</b>' });
  await other.waitFor();
  await expectNoBarrier(page);
  await other.getByRole('button', { name: 'Run again' }).click();
  await page.getByText('One message was logged.').waitFor();
  await other.waitFor({ state: 'detached' });
  await row.waitFor();
  await page.goto('/log');
  await page.getByRole('article').filter({ hasText: 'Understood at last' }).waitFor();
});

test('a member is told whom to ask', async ({ browser, server, staff }) => {
  const member = await signInMember(server, staff);
  const screen = await openScreen(browser, server, { account: member.account });
  const page = await screen.open('/inbox');
  await page.getByRole('button', { name: 'your account' }).click();
  await page.getByRole('link', { name: 'Team' }).waitFor();
  expect(await page.getByRole('link', { name: 'Parked' }).count()).toBe(0);
  await page.goto('/parked');
  await page.getByRole('heading', { name: 'What was parked is for admins' }).waitFor();
  await page.getByText('admin@example.com').waitFor();
  await screen.close();
});
