import type { Locator, Page, WebSocketRoute } from 'playwright-core';
import { describe, expect } from 'vitest';
import {
  expectNoReload,
  isLive,
  isNotLive,
  isTold,
  markPage,
  openScreen,
  browserTest as test,
} from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { deliver, freshNumber, postWebhook, text, webhook } from '../harness/meta.ts';
import { startServer } from '../harness/server.ts';
import { simulateWhatsApp } from '../harness/simulated-whatsapp.ts';

describe('a message written on the simulated phone', () => {
  test('of a customer appears in the inbox and on the open page of the customer', async ({ server, staff, screen }) => {
    await using whatsapp = await simulateWhatsApp(server);
    const phone = freshNumber();
    const customer = await customerWith(staff, 'Eleni Papadaki', `+${phone}`);
    whatsapp.addPerson({ name: 'leni', phone });
    const inbox = await screen.open('/log');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    for (const open of [inbox, page]) await markPage(open);

    const phonePage = await screen.context.newPage();
    await phonePage.goto(whatsapp.url);
    await writeOnPhone(phonePage, 'leni', 'Do you have it in blue?');

    await entryIn(inboxOf(inbox), 'Do you have it in blue?').waitFor();
    await entryIn(commsOn(page), 'Do you have it in blue?').waitFor();
    await expect
      .poll(() => entryIn(inboxOf(inbox), 'Do you have it in blue?').textContent())
      .toContain('Eleni Papadaki');
    for (const open of [inbox, page]) await expectNoReload(open);
  });

  test('by somebody unknown appears with number and profile name, and on the page of the unknown sender', async ({
    server,
    screen,
  }) => {
    await using whatsapp = await simulateWhatsApp(server);
    const phone = freshNumber();
    const person = whatsapp.addPerson({ name: 'Somebody New', phone });
    await person.says('text', { body: 'Hello?' });
    const inbox = await screen.open('/log');
    const page = await screen.open(`/customers/${encodeURIComponent(`unknown:${phone}`)}/comms`);
    for (const open of [inbox, page]) await markPage(open);

    await person.says('text', { body: 'Is this the bakery?' });

    await entryIn(inboxOf(inbox), 'Is this the bakery?').waitFor();
    await entryIn(commsOn(page), 'Is this the bakery?').waitFor();
    await expect.poll(() => entryIn(inboxOf(inbox), 'Is this the bakery?').textContent()).toContain('Somebody New');
    for (const open of [inbox, page]) await expectNoReload(open);
  });

  test('is there once after the same webhook came three times', async ({ server, screen }) => {
    const inbox = await screen.open('/log');
    const message = webhook(text(freshNumber(), 'three times'));
    for (let time = 0; time < 3; time += 1) expect((await postWebhook(server, message)).status).toBe(200);
    await deliver(server, text(freshNumber(), 'and then this'));
    await entryIn(inboxOf(inbox), 'and then this').waitFor();
    expect(await entryIn(inboxOf(inbox), 'three times').count()).toBe(1);
  });
});

test('a page that was left open while the server was away shows all that came, once, in order', async ({
  browser,
  databaseUrl,
  server,
  staff,
}) => {
  const known = freshNumber();
  const customer = await customerWith(staff, 'Patient Customer', `+${known}`);
  const first = await startServer({ databaseUrl });
  const screen = await openScreen(browser, first);
  screen.tolerate(/ERR_CONNECTION_(REFUSED|RESET)|WebSocket connection to|503/);
  const inbox = await screen.open('/log');
  const page = await screen.open(`/customers/${customer.id}/comms`);
  for (const open of [inbox, page]) await markPage(open);
  await deliver(first, text(known, 'before'));
  await entryIn(inboxOf(inbox), 'before').waitFor();

  await first[Symbol.asyncDispose]();
  for (const open of [inbox, page]) await isNotLive(open);
  const missed = Array.from({ length: 60 }, (_, index) => `while away ${index}`);
  for (const body of missed) await deliver(server, text(known, body));
  await using second = await startServer({ databaseUrl, env: { PORT: String(first.port) } });

  // Live is said when nothing is missing any more, and not before.
  const expected = ['before', ...missed];
  await isLive(inbox);
  expect((await bodiesIn(inboxOf(inbox), expected)).reverse()).toEqual(expected);
  await isLive(page);
  expect(await bodiesIn(commsOn(page), expected)).toEqual(expected);

  await deliver(second, text(known, 'after'));
  expected.push('after');
  await entryIn(inboxOf(inbox), 'after').waitFor();
  await entryIn(commsOn(page), 'after').waitFor();
  expect((await bodiesIn(inboxOf(inbox), expected)).reverse()).toEqual(expected);
  expect(await bodiesIn(commsOn(page), expected)).toEqual(expected);
  for (const open of [inbox, page]) await expectNoReload(open);
  await screen.close();
});

test('Live is not said again while what came in the gap is still on its way', async ({ server, screen }) => {
  const connections: WebSocketRoute[] = [];
  const held: (() => void)[] = [];
  let holding = false;
  await screen.context.routeWebSocket('**/graphql', (socket) => {
    connections.push(socket);
    socket.connectToServer().onMessage((message) => {
      if (holding && String(message).includes('"next"')) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  const page = await screen.open('/log');
  holding = true;
  // Before the page is back: else it may be told already how far it has to come.
  await deliver(server, text(freshNumber(), 'on its way'));
  for (const connection of connections) await connection.close();

  await isNotLive(page);
  await page.getByText(/^for \d+ s$/).waitFor();
  holding = false;
  for (const release of held) release();
  await isLive(page);
  expect(await bodiesIn(inboxOf(page), ['on its way'])).toEqual(['on its way']);
});

describe('a list answer that is held back until after an event', () => {
  test('does not hide the message that came in between', async ({ server, staff, screen }) => {
    const phone = freshNumber();
    await customerWith(staff, 'Held Back', `+${phone}`);
    await deliver(server, text(phone, 'was there'));
    const page = await screen.open('/log');

    const comms = await holdAnswer(page, 'customerComms');
    await page.getByRole('link', { name: 'Held Back' }).first().click();
    await comms.read;
    const told = isTold(page, 'came in between');
    await deliver(server, text(phone, 'came in between'));
    await told;
    await comms.release();
    await entryIn(commsOn(page), 'came in between').waitFor();
    expect(await bodiesIn(commsOn(page), ['was there', 'came in between'])).toEqual(['was there', 'came in between']);
  });

  test('does not take back the name that the sender was given in between', async ({ server, staff, screen }) => {
    const phone = freshNumber();
    const others = Array.from({ length: 55 }, (_, index) => text(freshNumber(), `other ${index}`));
    await deliver(server, text(phone, 'the oldest'), ...others, text(phone, 'the newest'));
    const page = await screen.open('/log');
    await entryIn(inboxOf(page), 'the newest').waitFor();

    const older = await holdAnswer(page, 'inbox(');
    await page.getByRole('button', { name: 'Load more' }).click();
    await older.read;
    await customerWith(staff, 'Real Name', `+${phone}`);
    await entryIn(inboxOf(page), 'the newest').getByText('Real Name').waitFor();
    await older.release();
    await entryIn(inboxOf(page), 'the oldest').getByText('Real Name').waitFor();
  });
});

/** Holds back the next answer to a query of this field, which the server gives at once. */
async function holdAnswer(page: Page, field: string): Promise<{ read: Promise<void>; release(): Promise<void> }> {
  const read = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const delivered = Promise.withResolvers<void>();
  let held = false;
  await page.route('**/graphql', async (route) => {
    if (held || !route.request().postData()?.includes(field)) return route.continue();
    held = true;
    const response = await route.fetch();
    read.resolve();
    await released.promise;
    await route.fulfill({ response });
    delivered.resolve();
  });
  return {
    read: read.promise,
    release() {
      released.resolve();
      return delivered.promise;
    },
  };
}

async function writeOnPhone(page: Page, person: string, words: string): Promise<void> {
  await page.getByRole('button', { name: person }).click();
  await page.getByLabel('Message to the business').fill(words);
  await page.keyboard.press('Enter');
}

/** Everybody's log, the newest on top. */
function inboxOf(page: Page): Locator {
  return page.getByRole('feed', { name: 'Everything' });
}

/** One customer's log, the newest at the bottom. */
function commsOn(page: Page): Locator {
  return page.getByRole('log', { name: 'Comms' });
}

function entryIn(within: Locator, words: string): Locator {
  return within.getByRole('article').filter({ hasText: words });
}

/** Which of these bodies stand in the list, from top to bottom. */
async function bodiesIn(within: Locator, bodies: string[]): Promise<string[]> {
  const articles = await within.getByRole('article').allTextContents();
  return articles.flatMap((article) => bodies.filter((body) => article.endsWith(body)));
}
