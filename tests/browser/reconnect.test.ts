import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectNoReload, isLive, isNotLive, markPage, openScreen, browserTest as test } from '../harness/browser.ts';
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
  await expect.poll(() => status.textContent()).toMatch(/^Offline since \d/);
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

test('what was asked before a connection was lost calls nothing live', async ({ screen }) => {
  const page = await screen.context.newPage();
  const [asked, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let questions = 0;
  await page.route('**/graphql', async (route) => {
    questions += Number(route.request().postData()?.includes('query FeedPositions'));
    if (questions < 2) return route.continue();
    // The second is asked once the page is connected.
    asked.resolve();
    await mayAnswer.promise;
    await route.continue();
  });
  const closing: (() => Promise<void>)[] = [];
  await page.routeWebSocket('**/graphql', (socket) => {
    // Each later one is open, and says nothing.
    if (closing.length === 0) socket.connectToServer();
    closing.push(() => socket.close({ code: 1001, reason: 'Going away' }));
  });
  await page.goto('/log');
  await asked.promise;
  await closing[0]?.();
  const answered = page.waitForResponse((response) => /feedPositions/.test(response.request().postData() ?? ''));
  await expect.poll(() => closing.length).toBe(2);
  mayAnswer.resolve();
  await (await answered).finished();
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  expect(await page.getByRole('status').filter({ hasText: /^Live/ }).count()).toBe(0);
});

test('a page whose code can’t be loaded ends what reconnects, which complains of nothing', async ({ screen }) => {
  screen.tolerate(/ERR_FAILED|dynamically imported module/);
  await screen.context.route('**/assets/LogPage*', (route) => route.abort());
  const closing: (() => Promise<void>)[] = [];
  await screen.context.routeWebSocket('**/graphql', async (socket) => {
    if (closing.length > 0) return socket.close({ code: 1013, reason: 'Try again later' });
    socket.connectToServer();
    closing.push(() => socket.close({ code: 1001, reason: 'Going away' }));
  });
  const page = await screen.context.newPage();
  let loads = 0;
  const retry = page.getByRole('button', { name: 'Retry' });
  // It is read anew once by itself, and for a minute not again.
  const readAnew = page.waitForEvent('load', { predicate: () => ++loads === 2 });
  await page.goto('/log');
  await readAnew;
  await retry.waitFor();
  await page.goto('/inbox');
  await isLive(page);
  await closing[0]?.();
  await isNotLive(page);
  await page.getByRole('link', { name: 'Everything' }).click();
  await retry.waitFor();
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
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
