import type { Locator, Page, Route } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoReload, isLive, markPage, openScreen, browserTest as test } from '../harness/browser.ts';
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
    const inbox = await screen.open('/');
    const page = await screen.open(`/customers/${customer.id}`);
    for (const open of [inbox, page]) await markPage(open);

    const phonePage = await screen.context.newPage();
    await phonePage.goto(whatsapp.url);
    await writeOnPhone(phonePage, 'leni', 'Do you have it in blue?');

    await entryIn(list(inbox, 'Inbox'), 'Do you have it in blue?').waitFor();
    await entryIn(list(page, 'Comms'), 'Do you have it in blue?').waitFor();
    expect(await entryIn(list(inbox, 'Inbox'), 'Do you have it in blue?').textContent()).toContain('Eleni Papadaki');
    for (const open of [inbox, page]) await expectNoReload(open);
  });

  test('by somebody unknown appears with number and profile name, and on the page of the unknown sender', async ({
    server,
    screen,
  }) => {
    await using whatsapp = await simulateWhatsApp(server);
    const phone = freshNumber();
    whatsapp.addPerson({ name: 'Somebody New', phone });
    const inbox = await screen.open('/');
    const page = await screen.open(`/customers/${encodeURIComponent(`unknown:${phone}`)}`);
    for (const open of [inbox, page]) await markPage(open);

    await whatsapp.person(phone).says('text', { body: 'Is this the bakery?' });

    await entryIn(list(inbox, 'Inbox'), 'Is this the bakery?').waitFor();
    await entryIn(list(page, 'Comms'), 'Is this the bakery?').waitFor();
    expect(await entryIn(list(inbox, 'Inbox'), 'Is this the bakery?').textContent()).toContain('Somebody New');
    for (const open of [inbox, page]) await expectNoReload(open);
  });

  test('is there once after the same webhook came three times', async ({ server, screen }) => {
    const inbox = await screen.open('/');
    const message = webhook(text(freshNumber(), 'three times'));
    for (let time = 0; time < 3; time += 1) expect((await postWebhook(server, message)).status).toBe(200);
    await deliver(server, text(freshNumber(), 'and then this'));
    await entryIn(list(inbox, 'Inbox'), 'and then this').waitFor();
    expect(await entryIn(list(inbox, 'Inbox'), 'three times').count()).toBe(1);
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
  screen.tolerate(/ERR_CONNECTION_REFUSED|WebSocket connection to/);
  const inbox = await screen.open('/');
  const page = await screen.open(`/customers/${customer.id}`);
  for (const open of [inbox, page]) await markPage(open);
  await deliver(first, text(known, 'before'));
  await entryIn(list(inbox, 'Inbox'), 'before').waitFor();

  await first[Symbol.asyncDispose]();
  for (const open of [inbox, page])
    await open
      .getByRole('status')
      .filter({ hasText: /^(Reconnecting|Offline)/ })
      .waitFor();
  const expected = ['before'];
  for (let index = 0; index < 10; index += 1) {
    await deliver(server, text(known, `while away ${index}`));
    expected.push(`while away ${index}`);
  }
  await using second = await startServer({ databaseUrl, env: { PORT: String(first.port) } });
  await deliver(second, text(known, 'after'));
  expected.push('after');

  for (const [open, name] of [
    [inbox, 'Inbox'],
    [page, 'Comms'],
  ] as const) {
    await entryIn(list(open, name), 'after').waitFor();
    await isLive(open);
    expect((await bodiesIn(list(open, name), expected)).reverse()).toEqual(expected);
    await expectNoReload(open);
  }
  await screen.close();
});

describe('a list answer that is held back until after an event', () => {
  test('does not hide the message that came in between', async ({ server, staff, screen }) => {
    const phone = freshNumber();
    const customer = await customerWith(staff, 'Held Back', `+${phone}`);
    await deliver(server, text(phone, 'was there'));
    const page = await screen.open('/');
    const held = await holdAnswer(page, 'customerComms');
    await page.evaluate(
      `history.pushState({}, '', '/customers/${customer.id}'); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await held.read;
    await deliver(server, text(phone, 'came in between'));
    await held.release();
    await entryIn(list(page, 'Comms'), 'was there').waitFor();
    await entryIn(list(page, 'Comms'), 'came in between').waitFor();
    expect(await bodiesIn(list(page, 'Comms'), ['was there', 'came in between'])).toEqual([
      'came in between',
      'was there',
    ]);
  });
});

/** Holds back the next answer to a query of this field, which the server gives at once. */
async function holdAnswer(page: Page, field: string): Promise<{ read: Promise<void>; release(): Promise<void> }> {
  const read = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const delivered = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route: Route) => {
    if (!route.request().postData()?.includes(field)) return route.fallback();
    await page.unroute('**/graphql');
    const response = await route.fetch();
    read.resolve();
    await released.promise;
    await route.fulfill({ response });
    delivered.resolve();
  });
  return {
    read: read.promise,
    release: () => {
      released.resolve();
      return delivered.promise;
    },
  };
}

async function writeOnPhone(page: Page, person: string, words: string): Promise<void> {
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('textbox', { name: /message/i }).fill(words);
  await page.keyboard.press('Enter');
}

function list(page: Page, name: string): Locator {
  return page.getByLabel(name, { exact: true });
}

function entryIn(within: Locator, words: string): Locator {
  return within.getByRole('article').filter({ hasText: words });
}

/** Which of these bodies stand in the list, from top to bottom. */
async function bodiesIn(within: Locator, bodies: string[]): Promise<string[]> {
  const texts = await within.getByRole('article').allInnerTexts();
  return texts.flatMap((text) => bodies.filter((body) => text.split('\n').includes(body)));
}
