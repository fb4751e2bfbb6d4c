import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openScreen, browserTest as test } from '../harness/browser.ts';
import { createCustomer } from '../harness/customers.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { send } from '../harness/sending.ts';

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
  const pages = {
    [`/inbox/${id}`]: ['article', 'form'],
    [`/customers/${id}/details`]: ['dd'],
    '/log': ['article'],
    '/customers': ['article'],
    '/account': ['form'],
  };
  for (const [address, parts] of Object.entries(pages)) {
    // The same room for twice the text.
    const usual = await sizesAt(page, { address, parts, size: USUAL, width: 640 });
    const large = await sizesAt(page, { address, parts, size: LARGE, width: 2 * 640 });
    expect(large.clipped, address).toEqual(usual.clipped);
    expect(usual.sizes.length).toBeGreaterThan(15);
    const words = usual.sizes.map(([each]) => each);
    const twice = usual.sizes.map(([each, size]) => [each, 2 * size]);
    expect(
      large.sizes.map(([, size], index) => [words[index], size]),
      address,
    ).toEqual(twice);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBe(320);
  }
  await screen.close();
});

test('a finger finds room for itself on all that can be pressed', async ({ browser, server, staff }) => {
  const number = freshNumber();
  const { id } = await createCustomer(staff, {
    name: 'With Fingers',
    contacts: [{ type: 'WHATSAPP', value: `+${number}`, label: 'mobile' }],
  });
  await deliver(server, text(number, 'word '.repeat(400)));
  await send(staff, { customerId: id, toPhone: `+${number}`, message: 'An answer' });
  const screen = await openScreen(browser, server, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await screen.open(`/inbox/${id}`);
  await page.getByRole('button', { name: 'Show all' }).waitFor();
  expect(await tooSmall(page)).toEqual([]);
  await page.getByRole('button', { name: 'About the customer' }).tap();
  await page.getByRole('button', { name: 'Edit' }).tap();
  await page.getByRole('dialog', { name: 'Edit the customer' }).getByLabel('Organisation').waitFor();
  expect(await tooSmall(page)).toEqual([]);
  for (const address of ['/log', '/customers', '/account']) {
    await page.goto(address);
    await page.locator('main :is(article, form, li)').first().waitFor();
    expect(await tooSmall(page), address).toEqual([]);
  }
  await screen.close();
});

/** What can be pressed and is smaller than 44 px; links in a text, and those that fill their row, are as they are. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('a, button, input, select, textarea, label:has(input[type=radio])')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((each) => getComputedStyle(each).display !== 'inline' && getComputedStyle(each, '::after').position !== 'absolute')
    .filter((each) => !each.matches('[type=radio], [type=checkbox], .mantine-VisuallyHidden-root *'))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, { width, height, bottom }]) => bottom > 0 && (width < 43.5 || height < 43.5))
    .map(([each, { width, height }]) => each.outerHTML.slice(0, 120) + ' ' + width + ' × ' + height)`);
}

type Sizes = { sizes: [words: string, size: number][]; clipped: string[] };

type Shown = { address: string; parts: string[]; size: number; width: number };

/** The sizes of all text once every part of the page is there. */
async function sizesAt(page: Page, { address, parts, size, width }: Shown): Promise<Sizes> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: size } });
  await page.setViewportSize({ width, height: width });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
  for (const part of parts) await page.locator(`main ${part}`).first().waitFor({ state: 'attached' });
  await session.detach();
  return page.evaluate(`(() => {
    const sizes = [], clipped = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const words = walker.currentNode.textContent.trim();
      const { parentElement } = walker.currentNode;
      // Which is there until one has read them.
      if (!words || words === 'New messages' || !parentElement.checkVisibility({ visibilityProperty: true })) continue;
      sizes.push([words, parseFloat(getComputedStyle(parentElement).fontSize)]);
      const holder = parentElement.closest('a, button, header, nav, li') ?? parentElement;
      if (holder.scrollHeight > holder.clientHeight + 1 && holder.clientHeight > 2) clipped.push(words);
    }
    return { sizes, clipped };
  })()`);
}
