import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { barriersOf } from '../harness/barriers.ts';
import { browserTest, openScreen, type Screen } from '../harness/browser.ts';
import { createCustomer, customerWith } from '../harness/customers.ts';
import { entryIn } from '../harness/inbox-page.ts';
import { deliver, freshNumber, freshWamid, postWebhook, quoting, said, text } from '../harness/meta.ts';
import { startAnsweredByTest, trySend } from '../harness/sending.ts';
import { signInMember } from '../harness/team.ts';

/** `data`: a business in which every screen has something to show. Made once. */
const test = browserTest
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('data', { scope: 'file' }, async ({}, { onCleanup }) => {
    const own = await startAnsweredByTest();
    onCleanup(() => own[Symbol.asyncDispose]());
    return fill(own);
  });

type Data = Awaited<ReturnType<typeof fill>>;

/** From the address on, what somebody does to see it; a page is enough where its heading says it all. */
interface Shown {
  at: string | ((data: Data) => string);
  see?(page: Page, data: Data): Promise<unknown>;
  /** Only where there is room for three panes, or only where there is not. */
  only?: 'wide' | 'narrow';
}

const SCREENS: Record<string, Shown> = {
  'nothing open': { at: '/inbox', only: 'wide', see: (page) => heading(page, 'No conversation is open') },
  'the list': { at: '/inbox', see: (page) => rowsOf(page).first().waitFor() },
  'a row’s menu': {
    at: '/inbox',
    see: async (page) => {
      await rowsOf(page).filter({ hasText: 'Somebody New' }).click({ button: 'right' });
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  'a list with nothing in it': { at: '/inbox?q=nowhere-at-all', see: (page) => heading(page, /^Nothing found/) },
  'a customer’s conversation, with all that can be in it': {
    at: inCustomer,
    see: (page) => entryIn(page, 'By NOTE').waitFor(),
  },
  'all about an entry': {
    at: inCustomer,
    see: async (page) => {
      const more = entryIn(page, 'This one').getByRole('button', { name: 'More about this' });
      // Up, where its menu lies over nothing that could be pressed: what it covers in part would seem too small.
      await more.evaluate((button) => button.scrollIntoView());
      await more.press('Enter');
      await page.getByRole('button', { name: 'React with 👍' }).waitFor();
    },
  },
  'a message that failed': { at: inFailed, see: (page) => entryIn(page, 'refused').getByText('Details').click() },
  'a message that nobody knows about': {
    at: inFailed,
    see: (page) => page.getByRole('button', { name: 'It arrived' }).waitFor(),
  },
  'a conversation with a sender unknown': {
    at: inUnknown,
    see: (page) => page.getByRole('button', { name: 'Link to a customer' }).first().waitFor(),
  },
  'a note in the making': {
    at: inCustomer,
    see: async (page) => {
      await page.getByLabel('Note', { exact: true }).check({ force: true });
      await page.getByRole('button', { name: 'Save note' }).waitFor();
    },
  },
  'quick replies at a slash': {
    at: inCustomer,
    see: async (page) => {
      await page.getByRole('textbox', { name: 'Message' }).pressSequentially('/');
      await page.getByRole('option', { name: '/hours' }).waitFor();
      await page.getByRole('textbox', { name: 'Message' }).focus();
    },
  },
  'the log dialog': {
    at: inCustomer,
    see: (page) => press(page, 'Log a call…').then(() => dialog(page, /^Log a call/).waitFor()),
  },
  'the customer in the drawer': { at: inCustomer, only: 'narrow', see: openFacts },
  'numbers in doubt': {
    at: inCustomer,
    see: async (page) => {
      await openFacts(page);
      await page.getByRole('region', { name: 'Numbers in doubt' }).waitFor();
    },
  },
  'the link dialog': {
    at: inUnknown,
    see: async (page) => {
      await press(page, 'Link to a customer');
      await dialog(page)
        .getByRole('radio', { name: /Accessible/ })
        .check();
    },
  },
  'a customer made from a sender': {
    at: inUnknown,
    see: async (page) => {
      await press(page, 'New customer');
      await dialog(page).getByLabel('Name').fill('');
      await dialog(page).getByRole('button', { name: 'Save customer' }).click();
      await dialog(page).getByText('A customer needs a name').waitFor();
    },
  },
  'a customer edited': {
    at: inCustomer,
    see: async (page) => {
      await openFacts(page);
      await press(page, 'Edit');
      await dialog(page, 'Edit the customer').waitFor();
    },
  },
  'a customer whom somebody else changes meanwhile': {
    at: inCustomer,
    see: async (page, { customer, staff }) => {
      await openFacts(page);
      await press(page, 'Edit');
      await dialog(page).getByLabel('Organisation').fill('Mine');
      const organization = `Theirs ${freshNumber()}`;
      await staff.ask(UPDATE, { input: { id: customer.id, organization } });
      await dialog(page).getByText(organization).first().waitFor();
    },
  },
  'a link undone': {
    at: inCustomer,
    see: async (page) => {
      await openFacts(page);
      await press(page, /^Undo the link/);
      await dialog(page, /Undo|Unlink/).waitFor();
    },
  },
  'no such conversation': { at: '/inbox/nobody', see: (page) => heading(page, 'There is no such conversation') },
  'a message in the send dialog': {
    at: inCustomerPage,
    see: (page) => press(page, 'Send WhatsApp').then(() => dialog(page).waitFor()),
  },
  everything: { at: '/log', see: (page) => page.getByRole('article').first().waitFor() },
  customers: { at: '/customers', see: (page) => page.getByText('Accessible Customer').waitFor() },
  'a customer’s comms': { at: inCustomerPage, see: (page) => entryIn(page, 'By NOTE').waitFor() },
  'a customer’s details': { at: (data) => `/customers/${data.customer.id}/details` },
  'a new customer': { at: '/customers/new' },
  'the team': { at: '/team', see: (page) => page.getByText('Maria Member').waitFor() },
  'somebody added to the team': {
    at: '/team',
    see: async (page) => {
      await press(page, 'Add somebody');
      await dialog(page).getByLabel('E-mail').fill('no address');
      await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
      await dialog(page).getByText('This is no e-mail address').waitFor();
    },
  },
  'what to do about a member': { at: '/team', see: (page) => press(page, 'What to do about Maria Member') },
  'a member deactivated': {
    at: '/team',
    see: async (page) => {
      await press(page, 'What to do about Maria Member');
      await press(page, 'Deactivate');
      await dialog(page, 'Deactivate Maria Member?').waitFor();
    },
  },
  parked: { at: '/parked', see: (page) => press(page, 'Run again').then(() => page.getByText('stays here').waitFor()) },
  'one’s account, with the alerts': { at: '/account', see: (page) => heading(page, 'Alerts') },
  'alerts that are on': {
    at: '/account',
    see: (page) => press(page, /^(Turn on alerts|Try it)$/).then(() => page.getByLabel('A sound').waitFor()),
  },
  'quick replies': { at: '/quick-replies', see: (page) => page.getByText('/hours').waitFor() },
  'a quick reply in the making': {
    at: '/quick-replies',
    see: async (page) => {
      await press(page, 'Add a quick reply');
      await dialog(page).getByRole('button', { name: 'Save' }).click();
      await dialog(page).locator('[aria-invalid=true]').first().waitFor();
    },
  },
  'a quick reply removed': {
    at: '/quick-replies',
    see: (page) => press(page, 'Remove /hours').then(() => dialog(page).waitFor()),
  },
  'no such page': { at: '/nowhere' },
  // Where it lies over nothing that could be pressed, as above.
  'the menu of one’s own': {
    at: '/nowhere',
    see: (page) => press(page, /your account$/).then(() => page.getByRole('button', { name: 'Sign out' }).waitFor()),
  },
  'what is found': {
    at: inCustomer,
    see: async (page) => {
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      await press(page, 'Find or do anything');
      await page.getByRole('option', { name: 'Write a note' }).waitFor();
      await page.keyboard.type('m');
      await page.getByRole('option', { name: /Accessible Customer/ }).waitFor();
    },
  },
  // Over every page, and nothing closes it: the last, by way of what was found.
  'the keys': {
    at: '/inbox',
    see: async (page) => {
      await page.getByRole('combobox', { name: 'Find or do anything' }).fill('keys');
      await page.keyboard.press('Enter');
      await dialog(page, 'Keys').waitFor();
    },
  },
};

test.concurrent.for([1280, 320])(
  'axe finds no barrier on any screen or dialog, light or dark, %s px wide, and each fits',
  {
    timeout: 240_000,
  },
  async (width, { browser, data }) => {
    const screen = await openScreen(browser, data.server, {
      viewport: { width, height: 800 },
      permissions: ['notifications'],
    });
    const page = await screen.open('/account');
    const found: string[] = [];
    for (const [name, { at, see, only }] of Object.entries(SCREENS)) {
      if (only && only !== (isWide(page) ? 'wide' : 'narrow')) continue;
      await goWithoutLoading(page, typeof at === 'string' ? at : at(data));
      await see?.(page, data);
      found.push(...(await barriersOn(page, name, only)));
    }
    found.push(...(await barriersAtSignIn(screen)));
    expect(found).toEqual([]);
    await screen.close();
  },
);

/** As a link does, key and all, and by way of a page without anything, so that nothing of the screen before is left. */
async function goWithoutLoading(page: Page, path: string): Promise<void> {
  for (const next of ['/nowhere', path]) {
    await page.evaluate(
      `history.pushState({ key: '${next}' }, '', '${next}'); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    if (next === '/nowhere') await heading(page, 'There is nothing at this address');
  }
}

async function barriersAtSignIn(screen: Screen): Promise<string[]> {
  // Which would complain of being signed out.
  await Promise.all(screen.context.pages().map((open) => open.close()));
  await screen.context.clearCookies();
  const page = await screen.context.newPage();
  await page.goto('/sign-in');
  await heading(page, 'Sign in');
  return barriersOn(page, 'the sign-in');
}

/** What can differ on a phone, where the same is drawn with less room. */
const RULES_OF_ROOM = ['aria-hidden-focus', 'color-contrast', 'region', 'scrollable-region-focusable', 'target-size'];
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Between light and dark only colours differ, and they don't differ by width. */
async function barriersOn(page: Page, name: string, only?: Shown['only']): Promise<string[]> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  const all = isWide(page) || only === 'narrow';
  const found = await barriersOf(page, all ? undefined : RULES_OF_ROOM);
  if (isWide(page)) {
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await barriersOf(page, RULES_OF_COLOUR)));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return [
    ...found.map(
      ({ id, nodes }) =>
        `${name}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`,
    ),
    ...(beyond > 0 ? [`${name}: ${beyond} px too wide`] : []),
  ];
}

function isWide(page: Page): boolean {
  return (page.viewportSize()?.width ?? 0) > 720;
}

async function fill({ server, staff, api }: Awaited<ReturnType<typeof startAnsweredByTest>>) {
  const [from, unknown, linked, shared] = [freshNumber(), freshNumber(), freshNumber(), freshNumber()];
  const customer = await createCustomer(staff, {
    name: 'Accessible Customer',
    organization: 'Hotel Aegli',
    contacts: [
      { type: 'WHATSAPP', value: `+${from}` },
      { type: 'PHONE', value: `+${shared}`, label: 'office' },
      { type: 'EMAIL', value: 'a.rather.long.address.of.somebody@a-rather-long-host.example' },
    ],
  });
  await createCustomer(staff, { name: 'Same Number', contacts: [{ type: 'PHONE', value: `+${shared}` }] });
  const quoted = text(from, 'Red or blue?');
  await deliver(
    server,
    text(from, '*bold* _slanted_ ~struck~ `code`\n> quoted\n1. one https://example.com'),
    text(from, 'שלום'),
    quoted,
    quoting(quoted.message.id, text(from, 'This one')),
    said(from, 'reaction', { message_id: quoted.message.id, emoji: '👍' }),
    said(from, 'edit', {
      original_message_id: quoted.message.id,
      message: { type: 'text', text: { body: 'Changed' } },
    }),
    said(from, 'revoke', { original_message_id: quoted.message.id }),
    said(from, 'image', { id: freshWamid(), mime_type: 'image/jpeg' }),
    text(unknown, 'a'.repeat(300), { name: 'Somebody New' }),
    text(linked, 'From my other number'),
  );
  await staff.ask(LINK, { from: `unknown:${linked}`, to: customer.id });
  for (const type of ['EMAIL', 'SMS', 'CALL', 'MEETING', 'NOTE']) {
    const direction = type === 'NOTE' ? 'INTERNAL' : 'OUTBOUND';
    await staff.ask(LOG, { input: { customerId: customer.id, type, direction, body: `By ${type}` } });
  }
  const failed = await customerWith(staff, 'Hard To Reach', `+${freshNumber()}`);
  const toPhone = failed.contacts[0]?.value ?? '';
  api.respond((call) => {
    if (call.text === 'refused') call.refuse(131026);
    else if (call.text === 'lost') call.answer(502, { error: 'Bad gateway' });
    else call.accept();
  });
  for (const message of ['taken', 'refused', 'lost']) await trySend(staff, { customerId: failed.id, toPhone, message });
  await staff.ask(SAVE, { input: { shortcut: 'hours', text: 'Dear {{name}}, we are open from nine to five.' } });
  await signInMember(server, staff);
  expect((await postWebhook(server, '{"entry":')).status).toBe(200);
  return { server, staff, customer, failed, unknown: `unknown:${unknown}` };
}

const UPDATE = 'mutation Update($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }';
const LINK =
  'mutation Link($from: ID!, $to: ID!) { linkConversation(conversationId: $from, customerId: $to) { conversation { id } } }';
const LOG = 'mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }';
const SAVE = 'mutation Save($input: SaveQuickReplyInput!) { saveQuickReply(input: $input) { quickReply { id } } }';

function inCustomer({ customer }: Data): string {
  return `/inbox/${customer.id}`;
}

function inCustomerPage({ customer }: Data): string {
  return `/customers/${customer.id}/comms`;
}

function inFailed({ failed }: Data): string {
  return `/inbox/${failed.id}`;
}

function inUnknown({ unknown }: Data): string {
  return `/inbox/${encodeURIComponent(unknown)}`;
}

/** Where they don't stand beside the conversation. */
async function openFacts(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'About the customer' });
  await button.waitFor();
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
}

function press(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('button', { name, exact: true }).first().click();
}

function heading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole('heading', { name, exact: true }).waitFor();
}

function dialog(page: Page, name?: string | RegExp): Locator {
  return page.getByRole('dialog', name === undefined ? {} : { name }).last();
}

function rowsOf(page: Page): Locator {
  return page.getByRole('list', { name: 'Conversations' }).getByRole('link');
}
