import type { Locator, Page } from 'playwright-core';
import type { SimulatedPerson } from '../../simulator/simulated-person.ts';
import { browserTest, openScreen } from './browser.ts';
import { type Customer, customerWith } from './customers.ts';
import { deliver, freshNumber, text } from './meta.ts';
import { type Sending, startSending } from './sending.ts';

/** `screen` is here one of a program that sends to a simulated WhatsApp. */
export const sendingPageTest = browserTest
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('sending', { scope: 'file' }, async ({}, { onCleanup }) => {
    const sending = await startSending();
    onCleanup(() => sending[Symbol.asyncDispose]());
    return sending;
  })
  .extend('screen', async ({ browser, sending }, { onCleanup }) => {
    const screen = await openScreen(browser, sending.server, { viewport: { width: 1280, height: 800 } });
    onCleanup(() => screen.close());
    return screen;
  });

export async function customerWhoWrote(
  { server, staff, whatsapp }: Sending,
  name: string,
  words: string,
): Promise<{ customer: Customer; person: SimulatedPerson; number: string }> {
  const number = freshNumber();
  const person = whatsapp.addPerson({ name: `${name} on the phone`, phone: number });
  const customer = await customerWith(staff, name, `+${number}`);
  await deliver(server, text(number, words));
  return { customer, person, number };
}

export async function write(page: Page, words: string): Promise<void> {
  await page.getByLabel('Message').fill(words);
  await page.getByLabel('Message').press('Enter');
}

export function entry(page: Page, words: string): Locator {
  return page.getByRole('article').filter({ hasText: words });
}

/** The tick of a message, which says its name. */
export function mark(page: Page, words: string, name: string | RegExp): Locator {
  return entry(page, words).getByText(name, { exact: true }).first();
}

/** The calls that brought these words to WhatsApp. */
export function sent({ whatsapp }: Sending, words: string) {
  return whatsapp.calls.filter(({ body }) => JSON.stringify(body).includes(words));
}

export async function expectFocus(field: Locator): Promise<void> {
  await field.and(field.page().locator(':focus')).waitFor();
}

export const digits = (number: string) => number.replace(/\D/g, '');
