import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openScreen, browserTest as test } from '../harness/browser.ts';
import { createCustomer } from '../harness/customers.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';

/** As the sizes of text of a reader who has chosen 200 % in the browser’s settings go by the usual 16 px. */
const [USUAL, LARGE] = [16, 32];

test('all text grows with the size that the reader chose, and what holds it grows along', async ({
  browser,
  server,
  staff,
}) => {
  const number = freshNumber();
  const { id } = await createCustomer(staff, {
    name: 'Large Letters',
    organization: 'Optics',
    contacts: [{ type: 'WHATSAPP', value: `+${number}`, label: 'mobile' }],
  });
  await deliver(server, text(number, 'Can you *read* this?'), text(freshNumber(), 'Who, me?', { name: 'Unknown One' }));
  const screen = await openScreen(browser, server);
  const page = await screen.open('/inbox');
  for (const address of [`/inbox/${id}`, `/customers/${id}/details`, '/log', '/customers', '/account']) {
    // The same room for twice the text.
    const usual = await sizesAt(page, address, USUAL, 640);
    const large = await sizesAt(page, address, LARGE, 2 * 640);
    expect(large.clipped, address).toEqual(usual.clipped);
    expect(large.sizes, address).toEqual(usual.sizes.map(([words, size]) => [words, 2 * size]));
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBe(320);
  }
  await screen.close();
});

type Sizes = { sizes: [words: string, size: number][]; clipped: string[] };

async function sizesAt(page: Page, address: string, size: number, width: number): Promise<Sizes> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: size } });
  await page.setViewportSize({ width, height: width });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
  await page.locator('main :is(article, dd, form, li)').first().waitFor({ state: 'attached' });
  await session.detach();
  return page.evaluate(`(() => {
    const sizes = [], clipped = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const words = walker.currentNode.textContent.trim();
      const { parentElement } = walker.currentNode;
      if (!words || !parentElement.checkVisibility({ visibilityProperty: true })) continue;
      sizes.push([words, parseFloat(getComputedStyle(parentElement).fontSize)]);
      const holder = parentElement.closest('a, button, header, nav, li') ?? parentElement;
      if (holder.scrollHeight > holder.clientHeight + 1 && holder.clientHeight > 2) clipped.push(words);
    }
    return { sizes, clipped };
  })()`);
}
