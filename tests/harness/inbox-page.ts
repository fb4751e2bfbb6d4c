import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The rows of the list of conversations; of `name`, where it is given. */
export function rows(page: Page, name?: string): Locator {
  const all = page.getByRole('list', { name: 'Conversations' }).getByRole('link');
  return name === undefined ? all : all.filter({ hasText: name });
}

/** Waits until the rows with these names stand in this order, whatever stands between them. */
export async function expectOrder(page: Page, names: string[]): Promise<void> {
  await expect.poll(() => orderOf(page, names), { timeout: 10_000 }).toEqual(names);
}

/** In which order the rows with these names stand. */
export async function orderOf(page: Page, names: string[]): Promise<string[]> {
  const texts = await rows(page).allTextContents();
  return texts.flatMap((text) => names.filter((name) => text.includes(name)));
}

/** A chip of the list with its number: “Unread 2”. */
export function chip(page: Page, words: string): Locator {
  return page.getByRole('button', { name: words, exact: true });
}

/** The log of the open conversation. */
export function comms(page: Page): Locator {
  return page.getByRole('log', { name: 'Comms' });
}

export function entryIn(page: Page, words: string): Locator {
  return comms(page).getByRole('article').filter({ hasText: words });
}

/** Whether all of it is in sight within the open conversation. */
export async function isOnScreen(page: Page, element: Locator): Promise<boolean> {
  const place = await page.getByRole('region', { name: 'Comms, scrolls' }).boundingBox();
  const box = await element.boundingBox();
  return Boolean(place && box && box.y >= place.y && box.y + box.height <= place.y + place.height);
}
