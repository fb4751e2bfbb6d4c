import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { isLive, openScreen, browserTest as test } from '../harness/browser.ts';
import { createCustomer } from '../harness/customers.ts';
import { deliver, freshNumber, postWebhook, type Said, said, text } from '../harness/meta.ts';
import { startAnsweredByTest } from '../harness/sending.ts';

const LOG_COMMS = 'mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }';

/** Markup that leaves a mark of every kind where it is taken for more than text. */
function hostile(field: string): string {
  return `<img class=inserted src=/inserted onerror="window.inserted=1"><script>window.inserted=1</script><a class=inserted href="javascript:inserted=1">${field}</a><style>body{display:none}</style>&lt;"'\`\${1}{{1}}`;
}

function short(field: string): string {
  return `<b class=inserted onclick="inserted=1">${field}</b>`;
}

test('markup in any text of a customer, a colleague or WhatsApp is the text that it is', {
  timeout: 120_000,
}, async ({ browser }) => {
  await using own = await startAnsweredByTest();
  const { server, staff, api } = own;
  api.respond(({ answer }) =>
    answer(400, {
      error: { message: hostile('error'), code: 131026, error_data: { details: hostile('error details') } },
    }),
  );
  const number = freshNumber();
  const customer = await createCustomer(staff, {
    name: short('customer'),
    organization: short('organisation'),
    contacts: [{ type: 'WHATSAPP', value: `+${number}`, label: short('label') }],
  });
  await staff.ask('mutation Add($input: AddStaffInput!) { addStaff(input: $input) { oneTimePassword } }', {
    input: { name: short('colleague'), email: 'colleague@example.com' },
  });
  for (const type of ['EMAIL', 'SMS', 'CALL', 'MEETING', 'NOTE']) {
    const input = { customerId: customer.id, type, direction: type === 'NOTE' ? 'INTERNAL' : 'INBOUND' };
    await staff.ask(LOG_COMMS, { input: { ...input, body: hostile(type) } });
  }
  const fromCustomer = messages(number);
  await deliver(server, ...fromCustomer);
  await deliver(server, ...messages(freshNumber()));
  await postWebhook(server, '{');
  await deliver(server, text(number, 'parked', { id: `${short('parked')}${randomBytes(5_000).toString('hex')}` }));
  await staff.ask('mutation Send($input: SendWhatsAppInput!) { sendWhatsApp(input: $input) { entry { id } } }', {
    input: { customerId: customer.id, toPhone: number, message: hostile('sent') },
  });

  const screen = await openScreen(browser, server);
  const page = await screen.open('/log');
  for (const { words } of fromCustomer) await seen(page, words);
  for (const words of ['customer', 'profile', 'NOTE', 'sent']) await seen(page, words);
  await expectOnlyText(page);
  const search = page.getByRole('searchbox', { name: 'Search everything' });
  await search.fill('<img class=inserted src=x onerror=window.inserted=1> none');
  await page.getByRole('feed', { name: 'Everything' }).waitFor({ state: 'detached' });
  await expectOnlyText(page);

  for (const [path, words] of [
    ['/customers', ['customer', 'organisation']],
    [`/customers/${customer.id}/comms`, ['customer', 'sent', 'NOTE']],
    [`/customers/${customer.id}/details`, ['customer', 'label']],
    ['/team', ['colleague']],
    ['/parked', ['parked']],
    [`/inbox?q=${encodeURIComponent(hostile('address'))}&type=${encodeURIComponent(hostile('type'))}`, []],
    [`/customers/${encodeURIComponent(hostile('nobody'))}/comms`, []],
    [`/${encodeURIComponent(hostile('nowhere'))}`, []],
  ] as [string, string[]][]) {
    await page.goto(path);
    await isLive(page);
    await page.getByRole('heading').first().waitFor();
    if (words.includes('sent')) {
      await page.getByRole('button', { name: 'Details', exact: true }).click();
      await seen(page, 'error details');
    }
    for (const expected of words) await seen(page, expected);
    await expectOnlyText(page);
  }
  await screen.close();
});

/** A message of each kind that has words in it, and what of them is shown. */
function messages(from: string): (Said & { words: string })[] {
  const kinds: [type: string, content: unknown, words: string][] = [
    ['text', { body: hostile('text') }, 'text'],
    ['image', { caption: hostile('caption') }, 'caption'],
    ['document', { caption: hostile('document'), filename: hostile('filename') }, 'document'],
    ['location', { name: hostile('place'), address: hostile('street') }, 'street'],
    ['contacts', [{ name: { formatted_name: hostile('card') }, phones: [{ phone: hostile('phone') }] }], 'card'],
    ['interactive', { type: 'button_reply', button_reply: { title: hostile('reply') } }, 'reply'],
    ['button', { text: hostile('button') }, 'button'],
    ['order', { text: hostile('order'), product_items: [{ product_retailer_id: hostile('product') }] }, 'product'],
    ['reaction', { emoji: hostile('emoji') }, 'emoji'],
    ['system', { type: 'other', body: hostile('notice') }, 'notice'],
    [hostile('kind'), {}, 'kind'],
  ];
  return kinds.map(([type, content, words]) => ({ ...said(from, type, content, { name: hostile('profile') }), words }));
}

/** Its markup is there to be read. */
async function seen(page: Page, field: string): Promise<void> {
  await page
    .getByText(new RegExp(`<(a|b|img) class=inserted.*${field}`))
    .first()
    .waitFor();
}

async function expectOnlyText(page: Page): Promise<void> {
  expect(await page.locator('.inserted, [onerror], a[href^="javascript:"]').count(), page.url()).toBe(0);
  expect(await page.evaluate('window.inserted'), page.url()).toBeUndefined();
}
