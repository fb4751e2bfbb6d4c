import type { Browser, Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { expectNoBarrier } from '../harness/barriers.ts';
import { browserTest as test } from '../harness/browser.ts';
import { startReceiver } from '../harness/webhook-receiver.ts';

const ELENI = '306974015758';
const business = {
  wabaId: '102290129340398',
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '+30 21 0000 0000',
  appSecret: 'app-secret',
  accessToken: 'access-token',
  verifyToken: 'verify-token',
};
const hello = { minutesAgo: 5, from: 'customer' as const, type: 'WHATSAPP' as const, text: 'Hello' };

describe('the simulated phone', () => {
  test('sends what is typed, markup and all, and ticks it when the product has taken it', async ({ browser }) => {
    const { simulator, product, page } = await openPhone(browser);
    await write(page, '<img src=x onerror=alert(1)> Γειά 👋');
    await page.getByText('<img src=x onerror=alert(1)> Γειά 👋').last().waitFor();
    await page.getByText('The product has it').last().waitFor();
    await simulator.idle();
    expect(product.texts()).toEqual(['<img src=x onerror=alert(1)> Γειά 👋']);
  });

  test('shows what the business wrote, and tells that it was read', async ({ browser }) => {
    const { simulator, product, page } = await openPhone(browser);
    await reply(simulator, 'It is ready');
    await page.getByText('1 message is on the phone').waitFor();
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    await page.getByText('1 message is on the phone').waitFor({ state: 'hidden' });
    await simulator.idle();
    expect(product.statusNames()).toEqual(['sent', 'delivered', 'read']);
  });

  test('lets somebody new write, somebody without a number too', async ({ browser }) => {
    const { simulator, product, page } = await openPhone(browser);
    await page.getByRole('button', { name: 'Be someone new' }).click();
    await page.getByText(`You are ${simulator.people[2]?.name}`).waitFor();
    await write(page, 'New here');
    await page.getByRole('button', { name: /Christos/ }).click();
    await write(page, 'No number');
    await simulator.until(() => product.messages().length === 2);
    expect(product.messages()).toMatchObject([{ from: simulator.people[2]?.phone }, { from_user_id: 'GR.42' }]);
  });

  test('sends other kinds with what was typed as the caption, and quotes', async ({ browser }) => {
    const { simulator, product, page } = await openPhone(browser);
    await page.getByRole('group').filter({ hasText: 'What to do with this message' }).last().click();
    await page.getByRole('button', { name: 'Quote', exact: true }).click();
    await page.getByLabel('Message to the business').fill('The scratch');
    await page.getByRole('button', { name: 'Send something else' }).click();
    await page.getByRole('button', { name: 'Photo' }).click();
    await simulator.until(() => product.messages().length === 1);
    expect(product.messages()).toMatchObject([
      { type: 'image', image: { caption: 'The scratch' }, context: { id: simulator.person(ELENI).chat[0]?.wamid } },
    ]);
  });

  test('plays tricks once, and shows what the product answered', async ({ browser }) => {
    const { product, page } = await openPhone(browser);
    product.answers.push(401);
    await page.getByLabel('comes with a wrong signature').check();
    await write(page, 'Tricky');
    await page.getByText(/wrong signature: the product answered 401/).waitFor();
    await page.getByText(/: the product answered 200/).waitFor();
    await expect.poll(() => page.getByLabel('arrives as it should').isChecked()).toBe(true);
  });

  test('lets the next reply fail', async ({ browser }) => {
    const { simulator, page } = await openPhone(browser);
    await page
      .getByLabel('What happens to it')
      .selectOption({ label: 'is refused: the access token is invalid (190)' });
    await page.getByRole('button', { name: 'Let it happen' }).click();
    await page.getByText('It waits for the next reply').waitFor();
    expect(await reply(simulator, 'Hello?')).toBe(401);
    await page.getByText('It waits for the next reply').waitFor({ state: 'hidden' });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has no barrier that axe finds, and fits 360 px (${colorScheme})`, async ({ browser }) => {
      const { simulator, page } = await openPhone(browser, { colorScheme });
      await reply(simulator, 'It is ready');
      await page.getByText('1 message is on the phone').waitFor();
      await expectNoBarrier(page);
      await page.setViewportSize({ width: 360, height: 640 });
      for (const part of ['People', 'Phone', 'Tricks']) {
        await page.getByRole('button', { name: part, exact: true }).click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
        await expectNoBarrier(page);
      }
    });
  }
});

/** The phone of Eleni. What its page complains about fails the test. */
async function openPhone(browser: Browser, options: { colorScheme?: 'light' | 'dark' } = {}) {
  const product = await startReceiver();
  const simulator = await startSimulator({
    ...business,
    port: 0,
    webhookUrl: product.url,
    retryDelay: () => 1,
    people: [
      { name: 'Ελένη', phone: ELENI, history: [hello] },
      { name: 'Christos', userId: 'GR.42' },
    ],
  });
  const context = await browser.newContext({ ...options, viewport: { width: 1280, height: 800 } });
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  onTestFinished(async () => {
    await context.close();
    await simulator[Symbol.asyncDispose]();
    expect(complaints).toEqual([]);
  });
  const page = await context.newPage();
  await page.goto(simulator.url);
  await page.getByText('You are Ελένη').waitFor();
  return { simulator, product, page };
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByLabel('Message to the business').fill(words);
  await page.keyboard.press('Enter');
}

/** Sends a text to Eleni as the product would. */
async function reply(simulator: Simulator, body: string): Promise<number> {
  const answer = await fetch(`${simulator.url}/v26.0/${business.phoneNumberId}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${business.accessToken}` },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: `+${ELENI}`, type: 'text', text: { body } }),
  });
  await answer.arrayBuffer();
  return answer.status;
}
