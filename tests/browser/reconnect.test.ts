import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectNoReload, isLive, markPage, openScreen, browserTest as test } from '../harness/browser.ts';
import { createDatabase, nameOfDatabase, replaceDatabase } from '../harness/database.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { startServer } from '../harness/server.ts';

test('a browser that goes offline says so, and shows what came meanwhile once it is back', async ({
  server,
  screen,
}) => {
  screen.tolerate(/ERR_INTERNET_DISCONNECTED/);
  const page = await screen.open('/log');
  await markPage(page);
  await screen.context.setOffline(true);
  const status = page.getByRole('status').filter({ hasText: /Live|Offline/ });
  // Where the browser knows, nobody waits to be told.
  expect(await status.textContent()).toMatch(/^Offline since \d/);
  await deliver(server, text(freshNumber(), 'while offline'));
  await screen.context.setOffline(false);
  await status.filter({ hasText: /^Live caught up, 1 new/ }).waitFor();
  expect(await entry(page, 'while offline').count()).toBe(1);
  await expectNoReload(page);
});

test('a browser that is refused its first reconnects comes again', async ({ server, screen }) => {
  const closing: (() => Promise<void>)[] = [];
  let connections = 0;
  await screen.context.routeWebSocket('**/graphql', async (socket) => {
    connections += 1;
    if (connections > 1 && connections < 4) return socket.close({ code: 1013, reason: 'Try again later' });
    socket.connectToServer();
    closing.push(() => socket.close({ code: 1001, reason: 'Going away' }));
  });
  const page = await screen.open('/log');
  await markPage(page);
  for (const close of closing) await close();
  await deliver(server, text(freshNumber(), 'while refused'));
  await entry(page, 'while refused').waitFor();
  await isLive(page);
  expect(connections).toBe(4);
  await expectNoReload(page);
});

test('a backup in the place of the database: the page shows what is in it, and goes on', async ({ browser }) => {
  const databaseUrl = await createDatabase();
  const from = freshNumber();
  const before = await startServer({ databaseUrl });
  const screen = await openScreen(browser, before);
  await deliver(before, text(from, 'before the backup'));
  await before[Symbol.asyncDispose]();
  const backup = await createDatabase({ template: nameOfDatabase(databaseUrl) });

  await using server = await startServer({ databaseUrl, env: { PORT: String(before.port) } });
  const page = await screen.open('/log');
  await markPage(page);
  await deliver(server, text(from, 'lost by the restore'));
  await entry(page, 'lost by the restore').waitFor();
  // What is asked for in that moment is answered with an error, and asked again.
  screen.tolerate(/503|WebSocket/);
  await replaceDatabase(databaseUrl, backup);
  await entry(page, 'lost by the restore').waitFor({ state: 'detached' });
  await entry(page, 'before the backup').waitFor();
  await isLive(page);
  await deliver(server, text(from, 'after the restore'));
  await entry(page, 'after the restore').waitFor();
  await expectNoReload(page);
  await screen.close();
});

function entry(page: Page, words: string): Locator {
  return page.getByRole('feed', { name: 'Everything' }).getByRole('article').filter({ hasText: words });
}
