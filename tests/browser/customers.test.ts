import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoReload, markPage, openScreen, browserTest as test } from '../harness/browser.ts';
import { createCustomer, customerWith } from '../harness/customers.ts';
import { deliver, freshNumber, type Said, text } from '../harness/meta.ts';
import type { TestStaff } from '../harness/staff.ts';
import { signInMember } from '../harness/team.ts';

describe('an unknown sender', () => {
  test('is linked to a customer by keyboard, goes back by undoing it, and everybody’s screens agree', async ({
    browser,
    server,
    staff,
    screen,
  }) => {
    const from = freshNumber();
    const known = freshNumber();
    const maria = await customerWith(staff, 'Maria Karra', `+${known}`);
    await customerWith(staff, 'Aaron, who comes first', `+${freshNumber()}`);
    await deliver(server, text(known, 'From my own number'), text(from, 'From another', { name: 'M.' }));
    const member = await signInMember(server, staff);
    const theirScreen = await openScreen(browser, server, { account: member.account });
    const mine = await screen.open(inbox(`unknown:${from}`));
    const theirs = await theirScreen.open(inbox(`unknown:${from}`));
    for (const page of [mine, theirs]) await markPage(page);

    await mine.getByRole('button', { name: 'Link to a customer' }).press('Enter');
    const dialog = mine.getByRole('dialog');
    await dialog.getByRole('searchbox').and(mine.locator(':focus')).waitFor();
    await mine.keyboard.type('karra');
    await mine.keyboard.press('ArrowDown');
    await dialog.getByText('The whole conversation moves to Maria Karra').waitFor();
    await mine.keyboard.press('Enter');

    for (const page of [mine, theirs]) {
      await page.waitForURL(inbox(maria.id));
      await said(page, 'From another').waitFor();
      await said(page, 'From my own number').waitFor();
      await facts(page).getByText('Linked from M. ').waitFor();
      await row(page, 'M.').waitFor({ state: 'detached' });
    }
    await mine.getByText('Linked to Maria Karra').waitFor();
    await mine.getByRole('button', { name: 'Undo', exact: true }).click();

    await mine.waitForURL(inbox(`unknown:${from}`));
    await said(mine, 'From another').waitFor();
    await said(mine, 'From my own number').waitFor({ state: 'detached' });
    await said(theirs, 'From another').waitFor({ state: 'detached' });
    await facts(theirs).getByText('Linked from').waitFor({ state: 'detached' });
    // The id, which led to the customer on this page, is the sender's own again.
    await row(theirs, 'M.').click();
    await theirs.waitForURL(inbox(`unknown:${from}`));
    await said(theirs, 'From another').waitFor();
    expect(await said(theirs, 'From my own number').count()).toBe(0);
    await facts(theirs).getByRole('button', { name: 'Link to a customer' }).waitFor();
    for (const page of [mine, theirs]) await expectNoReload(page);
    await theirScreen.close();
  });

  test('can be taken back later too, also where their old address was opened meanwhile', async ({
    server,
    staff,
    screen,
  }) => {
    const from = freshNumber();
    const own = freshNumber();
    const customer = await customerWith(staff, 'Had them for a while', `+${own}`);
    await deliver(server, text(from, 'Then', { name: 'Passing' }), text(own, 'Own words'));
    await staff.ask(LINK, { from: `unknown:${from}`, to: customer.id });
    await deliver(server, text(from, 'And since'));
    const page = await screen.open(inbox(`unknown:${from}`));
    await page.waitForURL(inbox(customer.id));

    await facts(page)
      .getByRole('button', { name: /^Undo the link of Passing/ })
      .click();
    const dialog = page.getByRole('dialog', { name: /Undo the link of Passing/ });
    await dialog.getByText('leaves Had them for a while').waitFor();
    await dialog.getByRole('button', { name: 'Undo the link' }).click();
    await page.waitForURL(inbox(`unknown:${from}`));
    await said(page, 'Then').waitFor();
    await said(page, 'And since').waitFor();
    await said(page, 'Own words').waitFor({ state: 'detached' });
  });

  test('becomes a new customer, number or not; undone, the customer is gone, and their page leads on', async ({
    server,
    staff,
    screen,
  }) => {
    const userId = `GR.${freshNumber()}`;
    await deliver(server, hidden(userId, 'I hide my number', 'Shy'));
    const page = await screen.open(inbox(`unknown:${userId}`));
    await page.getByRole('button', { name: 'New customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'New customer: Shy' });
    await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('Shy');
    expect(await dialog.getByRole('group', { name: /^Contact point \d/ }).count()).toBe(0);
    await dialog.getByLabel('Name').fill('Sofia Shy');
    await dialog.getByRole('button', { name: 'Save customer' }).click();

    await page.waitForURL((url) => !url.pathname.includes('unknown'));
    await page.getByRole('heading', { name: 'Sofia Shy' }).first().waitFor();
    await said(page, 'I hide my number').waitFor();
    const madeId = page.url().split('/').at(-1) ?? '';
    const elsewhere = await screen.open(`/customers/${madeId}/comms`);
    await elsewhere.getByRole('heading', { name: 'Sofia Shy' }).waitFor();
    await markPage(elsewhere);

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.waitForURL(inbox(`unknown:${userId}`));
    await elsewhere.getByText('This customer was removed').waitFor();
    await elsewhere.waitForURL(`/customers/${encodeURIComponent(`unknown:${userId}`)}/comms`);
    await said(elsewhere, 'I hide my number').waitFor();
    await expectNoReload(elsewhere);
    const { customer } = await staff.ask<{ customer: unknown }>(`{ customer(id: "${madeId}") { id } }`);
    expect(customer).toBeNull();
  });

  test('whose name is written from right to left keeps the number in its order', async ({ server, staff, screen }) => {
    const from = freshNumber();
    const customer = await customerWith(staff, 'Reads Both Ways', `+${freshNumber()}`);
    await deliver(server, text(from, 'مرحبا', { name: 'أحمد' }));
    const page = await screen.open(inbox(`unknown:${from}`));
    const title = page.getByRole('dialog').getByRole('heading');
    for (const name of ['Link to a customer', 'New customer']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect.poll(() => leftToRight(page, '[role=dialog] h2')).toBe('+30697');
      await page.keyboard.press('Escape');
      await title.waitFor({ state: 'detached' });
    }
    await staff.ask(LINK, { from: `unknown:${from}`, to: customer.id });
    const linked = facts(page).getByRole('list', { name: 'Linked senders' });
    await expect.poll(() => leftToRight(page, '[aria-label="Linked senders"]')).toBe('+30697');
    await linked.getByRole('button', { name: /^Undo the link of أحمد/ }).click();
    await expect.poll(() => leftToRight(page, '[role=dialog] h2')).toBe('+30697');
  });

  test('is told why it can’t be linked any more', async ({ server, staff, screen }) => {
    const from = freshNumber();
    const first = await customerWith(staff, 'Quicker One', `+${freshNumber()}`);
    await customerWith(staff, 'Slower One', `+${freshNumber()}`);
    await deliver(server, text(from, 'Who am I?'));
    const page = await screen.open(inbox(`unknown:${from}`));
    // The page doesn't learn that somebody else was quicker.
    await page.routeWebSocket(/graphql/, () => {});
    await page.reload();
    await page.getByRole('button', { name: 'Link to a customer' }).click();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /Slower One/ })
      .check();
    await staff.ask(LINK, { from: `unknown:${from}`, to: first.id });
    await page.getByRole('dialog').getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByRole('alert').getByText('This sender belongs to another customer.').waitFor();
  });
});

describe('a customer', () => {
  test('is put right, and what is wrong is said at its field', async ({ staff, screen }) => {
    const { id } = await createCustomer(staff, {
      name: 'Ana Silva',
      organization: 'Padaria',
      contacts: [{ type: 'EMAIL', value: 'ana@example.com', label: 'work' }],
    });
    const page = await screen.open(`/customers/${id}/details`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the customer' });
    await dialog.getByRole('button', { name: 'Add a contact point' }).click();
    const added = dialog.getByRole('group', { name: 'Contact point 2' });
    await added.getByLabel('Number').fill('12');
    await added.getByLabel('Label').fill('new');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await added.getByText('This is no phone number').waitFor();
    await added.getByLabel('Number').and(page.locator(':focus')).waitFor();

    const number = freshNumber();
    await added.getByLabel('Number').fill(`+${number}`);
    await dialog.getByLabel('Name').fill('Ana Souza');
    await dialog.getByLabel('Organisation').fill('');
    await dialog.getByRole('group', { name: 'Contact point 1' }).getByLabel('Address').fill('ana@souza.example');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Ana Souza' }).waitFor();
    await page.getByRole('tabpanel').getByText('ana@souza.example').waitFor();
    expect(await saved(staff, id)).toEqual({
      name: 'Ana Souza',
      organization: null,
      contacts: [
        { value: 'ana@souza.example', label: 'work' },
        { value: `+${number}`, label: 'new' },
      ],
    });

    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByRole('button', { name: 'Remove contact point 1' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tabpanel').getByText('ana@souza.example').waitFor({ state: 'detached' });
  });

  test('who is changed by two at once loses nothing of either, and one chooses where it is the same', async ({
    staff,
    screen,
  }) => {
    const { id } = await createCustomer(staff, {
      name: 'Before',
      organization: 'Old',
      contacts: [{ type: 'EMAIL', value: 'one@example.com' }],
    });
    const page = await screen.open(`/customers/${id}/details`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the customer' });
    await dialog.getByLabel('Organisation').fill('Mine');
    await staff.ask(UPDATE, { input: { id, name: 'Theirs' } });
    await dialog.getByText('what you typed is still there').waitFor();
    await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('Theirs');
    await expect.poll(() => dialog.getByLabel('Organisation').inputValue()).toBe('Mine');

    await staff.ask(UPDATE, { input: { id, organization: 'Theirs, Inc.' } });
    await dialog.getByText('The organisation is “Theirs, Inc.” now.').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    expect(await saved(staff, id)).toMatchObject({ organization: 'Theirs, Inc.' });
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dialog.getByLabel('Name').and(page.locator(':focus')).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await saved(staff, id)).toMatchObject({ name: 'Theirs', organization: 'Mine' });
  });

  test('brings an unknown number’s history along, and says so', async ({ server, staff, screen }) => {
    const from = freshNumber();
    await deliver(server, text(from, 'Before anybody knew', { name: 'Early' }));
    const { id } = await createCustomer(staff, { name: 'Late', contacts: [] });
    const page = await screen.open(inbox(id));
    await facts(page).getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the customer' });
    await dialog.getByRole('button', { name: 'Add a contact point' }).click();
    await dialog.getByLabel('Number').fill(`+${from}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. What was said with Early').waitFor();
    await said(page, 'Before anybody knew').waitFor();
    await facts(page).getByText('Linked from Early').waitFor();
  });

  test('doesn’t lose what was typed by a slip', async ({ staff, screen }) => {
    const { id } = await createCustomer(staff, { name: 'Slippery', contacts: [] });
    const page = await screen.open(`/customers/${id}/details`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the customer' });
    await dialog.getByLabel('Organisation').fill('Long to type');
    await page.keyboard.press('Escape');
    await dialog.getByRole('alert').getByText('What you typed isn’t saved.').waitFor();
    await dialog.getByRole('button', { name: 'Go on writing' }).click();
    await expect.poll(() => dialog.getByLabel('Organisation').inputValue()).toBe('Long to type');
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit' }).and(page.locator(':focus')).waitFor();

    await page.getByRole('tab', { name: 'Comms' }).click();
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Organisation').fill('Typed again');
    await page.goBack();
    await dialog.getByRole('alert').getByText('What you typed isn’t saved.').waitFor();
    await dialog.getByRole('button', { name: 'Go on writing' }).click();
    await expect.poll(() => dialog.getByLabel('Organisation').inputValue()).toBe('Typed again');
    await page.goBack();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await page.waitForURL(/\/comms$/);
    await dialog.waitFor({ state: 'detached' });
  });

  test('who is new isn’t lost by a slip either, and is there once saved', async ({ screen }) => {
    const page = await screen.open('/customers');
    await page.getByRole('link', { name: 'New customer' }).click();
    const name = page.getByLabel('Name');
    await name.fill('Nearly Lost');
    const leave = [
      () => page.goBack(),
      () => page.getByRole('button', { name: 'Cancel' }).click(),
      () => page.getByRole('link', { name: 'Everything' }).click(),
    ];
    for (const each of leave) {
      await each();
      await page.getByRole('alert').getByText('What you typed isn’t saved.').waitFor();
      await page.getByRole('button', { name: 'Go on writing' }).click();
      await expect.poll(() => name.inputValue()).toBe('Nearly Lost');
    }
    await page.goBack();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'New customer' }).click();
    await name.fill('Not Lost');
    await page.getByRole('button', { name: 'Remove contact point 1' }).click();
    await page.getByRole('button', { name: 'Save customer' }).click();
    await page.getByRole('heading', { name: 'Not Lost' }).waitFor();
  });

  test('is edited on a phone from the drawer, which Escape leaves open', async ({ browser, server, staff }) => {
    const { id } = await createCustomer(staff, { name: 'On a phone', contacts: [] });
    const screen = await openScreen(browser, server, {
      viewport: { width: 360, height: 740 },
      reducedMotion: 'no-preference',
    });
    const page = await screen.open(inbox(id));
    await page.getByRole('button', { name: 'About the customer' }).click();
    const drawer = page.getByRole('dialog', { name: 'Customer', exact: true });
    await drawer.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the customer' });
    await dialog.getByLabel('Organisation').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await drawer.getByRole('button', { name: 'Edit' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await screen.close();
  });

  test('whose number another has too says so as soon as it is so, and leads there', async ({
    server,
    staff,
    screen,
  }) => {
    const number = freshNumber();
    await deliver(server, text(number, 'Mine'));
    const first = await createCustomer(staff, { name: 'First Owner', contacts: [] });
    await staff.ask(UPDATE, { input: { id: first.id, contacts: [{ type: 'WHATSAPP', value: `+${number}` }] } });
    const page = await screen.open(inbox(first.id));
    await markPage(page);
    await said(page, 'Mine').waitFor();
    const second = await customerWith(staff, 'Second Owner', `+${number}`);
    const note = facts(page).getByRole('region', { name: 'Numbers in doubt' });
    await note.getByText('What comes from it is logged here.').waitFor();
    await page
      .getByRole('region', { name: 'Conversation', exact: true })
      .getByText('Second Owner has the number')
      .waitFor();
    await staff.ask(UNLINK, { from: `unknown:${number}` });
    await note.getByText('What comes from it is not logged here.').waitFor();
    await staff.ask(LINK, { from: `unknown:${number}`, to: first.id });
    await note.getByText('What comes from it is logged here.').waitFor();
    await note.getByRole('link', { name: 'Second Owner' }).click();
    await page.waitForURL(inbox(second.id));
    await note.getByText('What comes from it is not logged here.').waitFor();
    await expectNoReload(page);
  });
});

const LINK =
  'mutation Link($from: ID!, $to: ID!) { linkConversation(conversationId: $from, customerId: $to) { conversation { id } } }';
const UNLINK = 'mutation Unlink($from: ID!) { unlinkConversation(conversationId: $from) { conversation { id } } }';
const UPDATE = 'mutation Update($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }';

const inbox = (id: string) => `/inbox/${encodeURIComponent(id)}`;

function facts(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Customer' });
}

function said(page: Page, words: string): Locator {
  return page.getByRole('log').getByRole('article').filter({ hasText: words });
}

/** A conversation in the list. */
function row(page: Page, name: string): Locator {
  return page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('link')
    .filter({ has: page.getByText(name, { exact: true }) });
}

/** What is drawn of the beginning of a number, from left to right and without spaces. */
function leftToRight(page: Page, selector: string): Promise<string> {
  return page.evaluate(`(() => {
    const range = document.createRange();
    const walker = document.createTreeWalker(document.querySelector('${selector}') ?? document.head, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const start = walker.currentNode.data.indexOf('+30 697');
      if (start < 0) continue;
      const drawn = [...'+30 697'].map((letter, at) => {
        range.setStart(walker.currentNode, start + at);
        range.setEnd(walker.currentNode, start + at + 1);
        return { letter: letter.trim(), left: range.getBoundingClientRect().left };
      });
      return drawn.sort((one, other) => one.left - other.left).map(({ letter }) => letter).join('');
    }
    return '';
  })()`);
}

/** What somebody without a number says: Meta knows them by an id. */
function hidden(userId: string, body: string, name: string): Said {
  const { message } = text('', body);
  const { from: _, ...rest } = message;
  return {
    message: { ...rest, id: message.id, from_user_id: userId },
    contact: { user_id: userId, profile: { name } },
  };
}

async function saved(staff: TestStaff, id: string): Promise<unknown> {
  const query = `{ customer(id: "${id}") { name organization contacts { value label } } }`;
  return (await staff.ask<{ customer: unknown }>(query)).customer;
}
