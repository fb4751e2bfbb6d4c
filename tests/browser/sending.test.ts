import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { isLive, openScreen, type Screen } from '../harness/browser.ts';
import { createCustomer, customerWith } from '../harness/customers.ts';
import { link } from '../harness/day-work.ts';
import { rows } from '../harness/inbox-page.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { startSending } from '../harness/sending.ts';
import {
  customerWhoWrote,
  digits,
  entry,
  expectFocus,
  mark,
  sent,
  sendingPageTest as test,
  write,
} from '../harness/sending-page.ts';
import { ADMIN, startServer } from '../harness/server.ts';
import { signIn } from '../harness/staff.ts';
import { signInMember } from '../harness/team.ts';

describe('a reply', () => {
  test('typed in the inbox appears on the simulated phone, and its ticks as the phone does its part', async ({
    sending,
    screen,
  }) => {
    const { customer, person } = await customerWhoWrote(sending, 'Eleni Papadaki', 'Is it ready?');
    const phone = await screen.context.newPage();
    await phone.goto(sending.whatsapp.url);
    await phone.getByRole('button', { name: person.name }).click();
    await person.goesOnline(false);
    const inbox = await screen.open('/log');

    const row = inbox.getByRole('button', { name: 'Send WhatsApp to Eleni Papadaki' });
    await row.click();
    const dialog = inbox.getByRole('dialog', { name: 'Send WhatsApp to Eleni Papadaki' });
    await dialog.waitFor();
    await expectFocus(dialog.getByLabel('Message'));
    await expect.poll(async () => digits(await dialog.getByLabel('To').inputValue())).toBe(person.waId);
    await expectNoBarrier(inbox);
    await inbox.keyboard.type('It is ready,');
    await inbox.keyboard.press('Shift+Enter');
    await inbox.keyboard.type('come by!');
    await inbox.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(row);
    await inbox.getByRole('status').filter({ hasText: 'On its way to Eleni Papadaki' }).waitFor();
    await entry(inbox, 'come by!').getByText('You:').waitFor();

    await inbox.getByRole('link', { name: 'View' }).click();
    await inbox.getByRole('heading', { name: 'Eleni Papadaki' }).waitFor();
    expect(new URL(inbox.url()).pathname).toBe(`/customers/${customer.id}/comms`);
    await mark(inbox, 'come by!', 'Sent').waitFor();
    await person.goesOnline();
    await phone.getByRole('log').getByText('come by!').waitFor();
    await mark(inbox, 'come by!', 'Delivered').waitFor();
    await person.reads();
    await mark(inbox, 'come by!', 'Read').click();
    for (const step of ['Sent', 'Delivered', 'Read']) {
      await entry(inbox, 'come by!').getByRole('term').getByText(step, { exact: true }).waitFor();
    }
    expect(sent(sending, 'come by!')).toHaveLength(1);
  });

  test('is sent once and shown once, however often Send is pressed, also where its answer is lost', async ({
    sending,
    screen,
  }) => {
    screen.tolerate(/ERR_FAILED/);
    const { customer } = await customerWhoWrote(sending, 'Impatient', 'Hello?');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    const bubbles = await watchBubbles(page, 'Only once');
    await page.getByLabel('Message').fill('Only once');
    await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
    await page.getByLabel('Message').press('Enter');
    await mark(page, 'Only once', 'Delivered').waitFor();
    const counts = await bubbles();
    expect(new Set(counts.slice(counts.indexOf(1)))).toEqual(new Set([1]));
    expect(sent(sending, 'Only once')).toHaveLength(1);

    // Nothing comes back: neither the answer nor the feed.
    await screen.context.routeWebSocket('**/graphql', () => {});
    await page.reload();
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('sendWhatsApp')) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.getByLabel('Message').fill('On a bad line');
    await page.getByLabel('Message').press('Enter');
    await entry(page, 'On a bad line').getByText('Not sent yet – try again').waitFor();
    await page.unrouteAll();
    const bubblesOfAnswer = await watchBubbles(page, 'On a bad line');
    await page.getByRole('button', { name: 'Try again' }).click();
    await mark(page, 'On a bad line', /Sent|Delivered/).waitFor();
    expect(new Set(await bubblesOfAnswer())).toEqual(new Set([1]));
    expect(sent(sending, 'On a bad line')).toHaveLength(1);
  });

  test('that the server never got is still there after a reload, and can be edited or tried again', async ({
    sending,
    screen,
  }) => {
    screen.tolerate(/ERR_FAILED/);
    const { customer } = await customerWhoWrote(sending, 'Far Away', 'Anybody?');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('sendWhatsApp') ? route.abort() : route.continue(),
    );
    await page.getByLabel('Message').fill('Into the void');
    await page.getByLabel('Message').press('Enter');
    await entry(page, 'Into the void').getByText('Not sent yet – try again').waitFor();
    await page.unrouteAll();
    await page.reload();
    await entry(page, 'Into the void').getByText('Not sent yet – try again').waitFor();
    await expectNoBarrier(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    await entry(page, 'Into the void').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Message').inputValue()).toBe('Into the void');
    await page.getByLabel('Message').press('Enter');
    await mark(page, 'Into the void', 'Delivered').waitFor();
    expect(sent(sending, 'Into the void')).toHaveLength(1);
  });

  test('that didn’t reach the server says so to who looks at another conversation by then, and in the list', async ({
    sending,
    screen,
  }) => {
    screen.tolerate(/ERR_FAILED/);
    const { customer } = await customerWhoWrote(sending, 'Left Behind', 'Are you open?');
    await customerWhoWrote(sending, 'Came Next', 'Hello');
    const page = await screen.open(`/inbox/${customer.id}`);
    const asked = Promise.withResolvers<void>();
    const mayFail = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('sendWhatsApp')) return route.continue();
      asked.resolve();
      await mayFail.promise;
      await route.abort();
    });
    await page.getByLabel('Message').fill('Until *eight*');
    await page.getByLabel('Message').press('Enter');
    await asked.promise;
    const row = rows(page, 'Left Behind').first();
    await rows(page, 'Came Next').first().click();
    await page.getByRole('form', { name: 'Write to Came Next' }).waitFor();
    expect(await row.getByText('Not sent').count()).toBe(0);
    mayFail.resolve();
    await page.getByRole('status').getByText('Your message to Left Behind isn’t sent.').waitFor();
    await row.getByText('Until eight').waitFor();
    await row.getByText('Not sent').waitFor();
    await expectNoBarrier(page);

    await page.unrouteAll();
    await page.getByRole('link', { name: 'View' }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.goBack();
    await row.getByText('Draft').waitFor();
    expect(await row.getByText('Not sent').count()).toBe(0);
    await row.click();
    await page.getByRole('form', { name: 'Write to Left Behind' }).getByLabel('Message').press('Enter');
    await row.getByText('Draft').waitFor({ state: 'detached' });
    await row.getByText('Delivered').waitFor();
  });

  test('that can’t be sent as it is any more is back where it was written, with what is wrong', async ({
    sending,
    screen,
  }) => {
    screen.tolerate(/ERR_FAILED/);
    const { staff } = sending;
    const number = freshNumber();
    const customer = await customerWith(staff, 'Gave It Away', `+${number}`);
    const page = await screen.open(`/customers/${customer.id}/comms`);
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('sendWhatsApp') ? route.abort() : route.continue(),
    );
    await page.getByLabel('Message').fill('Don’t lose me');
    await page.getByLabel('Message').press('Enter');
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await entry(page, 'Don’t lose me').getByText('Not sent yet – try again').waitFor();
    await page.unrouteAll();

    const input = { id: customer.id, contacts: [] };
    await staff.ask(
      'mutation Give($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }',
      {
        input,
      },
    );
    await customerWith(staff, 'Has It Now', `+${number}`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await entry(page, 'Don’t lose me').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Message').inputValue()).toBe('Don’t lose me');
    await page.getByText('This is another customer’s number').waitFor();
  });
});

test('a draft survives a reload and a switch of customer, and never goes to another person', async ({
  sending,
  screen,
}) => {
  const first = await customerWhoWrote(sending, 'First Person', 'One');
  const second = await customerWhoWrote(sending, 'Second Person', 'Two');
  const page = await screen.open(`/customers/${first.customer.id}/comms`);
  const box = page.getByLabel('Message');
  await box.fill('For the first');
  await page.goto(`/customers/${second.customer.id}/comms`);
  await page.getByRole('form', { name: 'Write to Second Person' }).waitFor();
  expect(await box.inputValue()).toBe('');
  await box.fill('For the second');
  await page.goBack();
  await page.getByRole('form', { name: 'Write to First Person' }).waitFor();
  await expect.poll(() => box.inputValue()).toBe('For the first');
  await page.reload();
  await isLive(page);
  await expect.poll(() => box.inputValue()).toBe('For the first');

  // While an input method composes, Enter belongs to it.
  await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await box.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true });
  expect(await box.inputValue()).toBe('For the first');
  await screen.context.setOffline(true);
  await box.press('Enter');
  await page.getByText('Will not be sent while offline').waitFor();
  expect(await box.inputValue()).toBe('For the first');
  await screen.context.setOffline(false);
  await page.getByText('Will not be sent while offline').waitFor({ state: 'detached' });
  await box.press('Enter');
  await mark(page, 'For the first', 'Delivered').waitFor();
  expect(sent(sending, 'For the first')).toMatchObject([{ readAs: first.person.waId }]);
  expect(sent(sending, 'For the second')).toEqual([]);
});

test('a draft to an unknown number goes along when it becomes a customer', async ({ sending, screen }) => {
  const from = freshNumber();
  sending.whatsapp.person(from);
  await deliver(sending.server, text(from, 'Hello', { name: 'Somebody' }));
  const page = await screen.open(`/customers/${encodeURIComponent(`unknown:${from}`)}/comms`);
  await page.getByLabel('Message').fill('Who are you?');
  const customer = await customerWith(sending.staff, 'Now Known', `+${from}`);
  await page.goto(`/customers/${customer.id}/comms`);
  await page.getByRole('form', { name: 'Write to Now Known' }).waitFor();
  await page.waitForFunction("document.querySelector('textarea').value === 'Who are you?'");
});

describe('a message that fails', () => {
  test('says why and what to do, and can be tried again', async ({ sending, screen }) => {
    const { customer, person } = await customerWhoWrote(sending, 'Out of Reach', 'Hi');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    sending.whatsapp.nextAnswers({ answer: 131026, to: person.id });
    await write(page, 'Can you hear me?');
    const bubble = entry(page, 'Can you hear me?');
    await bubble.getByText('This number can’t get WhatsApp messages').waitFor();
    const { pathname } = new URL(
      (await bubble.getByRole('link', { name: 'Check the number' }).getAttribute('href')) ?? '',
      page.url(),
    );
    expect(pathname).toBe(`/customers/${customer.id}/details`);
    await bubble.getByRole('button', { name: 'Details' }).click();
    await bubble.getByText('131026').waitFor();
    await expectNoBarrier(page);
    const inbox = await screen.open('/log');
    await mark(inbox, 'Can you hear me?', 'Not sent').waitFor();
    await bubble.getByRole('button', { name: 'Try again' }).click();
    await mark(page, 'Can you hear me?', 'Delivered').waitFor();
    await mark(inbox, 'Can you hear me?', 'Delivered').waitFor();
  });

  test('is told of its conversation, and never of what the customer says or somebody writes since', async ({
    sending,
    screen,
  }) => {
    const { customer, person } = await customerWhoWrote(sending, 'Waits In Vain', 'Hi');
    const page = await screen.open(`/inbox/${customer.id}`);
    sending.whatsapp.nextAnswers({ answer: 131026, to: person.id });
    await write(page, 'Never arrives');
    const row = page.getByRole('link', { name: /Waits In Vain/ });
    await row.getByText('Not sent').waitFor();
    await page.getByLabel('Message').fill('Sorry for');
    await page.goto('/inbox');
    await row.getByText('Sorry for').waitFor();
    await row.getByTitle('Not sent').waitFor();
    await row.click();
    await page.getByLabel('Message').fill('');
    // WhatsApp's clock has seconds: what goes ahead is taken to be said when it came, and so after the other.
    await deliver(sending.server, text(String(person.waId), 'Are you there?', { at: new Date(Date.now() + 60_000) }));
    await row.getByText('Are you there?').waitFor();
    await row.getByTitle('Not sent').waitFor();
    await expect.poll(() => row.textContent()).not.toMatch(/Not sent: /);
    await expectNoBarrier(page);
  });

  test('is discarded where nobody wants it any more, and tried again where somebody does', async ({
    sending,
    screen,
  }) => {
    const { customer, person } = await customerWhoWrote(sending, 'Changed Number', 'Hi');
    const page = await screen.open(`/inbox/${customer.id}`);
    sending.whatsapp.nextAnswers({ answer: 131026, to: person.id });
    await write(page, 'Old news');
    const bubble = entry(page, 'Old news');
    const row = page.getByRole('link', { name: /Changed Number/ });
    await row.getByText('Not sent').waitFor();
    await bubble.getByRole('button', { name: 'More about this' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await bubble.getByText(/^Not sent\. .* discarded it\./).waitFor();
    await row.getByText('Discarded').waitFor();
    await expect.poll(() => row.getByText('Not sent').count()).toBe(0);
    await expectNoBarrier(page);
    await bubble.getByRole('button', { name: 'More about this' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await mark(page, 'Old news', 'Delivered').waitFor();
  });

  test('for now says when it is tried again, and counts down to it', async ({ sending, screen }) => {
    const { customer, person } = await customerWhoWrote(sending, 'Asked Too Much', 'Hi');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    sending.whatsapp.nextAnswers({ answer: 4, to: person.id });
    await write(page, 'In a minute');
    const waiting = entry(page, 'In a minute').getByText(/^Waiting\. .* It is tried again in 1 min \d+ s\.$/);
    const told = await waiting.textContent();
    await expect.poll(() => waiting.textContent()).not.toBe(told);
    await entry(page, 'In a minute').getByRole('button', { name: 'Details' }).click();
    await entry(page, 'In a minute').getByRole('term').getByText('Next try').waitFor();
  });

  test('or that nobody knows about is settled by a person', async ({ sending, screen }) => {
    const { customer, person } = await customerWhoWrote(sending, 'In Doubt', 'Hi');
    const page = await screen.open(`/customers/${customer.id}/comms`);
    sending.whatsapp.nextAnswers({ answer: 'html', statuses: [], to: person.id });
    await write(page, 'Did it arrive?');
    const bubble = entry(page, 'Did it arrive?');
    await bubble.getByText('No answer from WhatsApp yet – it may have arrived').waitFor();
    await expectNoBarrier(page);
    const list = await screen.open('/inbox?failed=1');
    const row = rows(list, 'In Doubt').first();
    await row.getByText('Not confirmed: ').waitFor();
    await deliver(sending.server, text(String(person.waId), 'Well?', { at: new Date(Date.now() + 60_000) }));
    await row.getByText('Well?').waitFor();
    await row.getByTitle('Not sent, or not confirmed').waitFor();
    await expectNoBarrier(list);
    await bubble.getByRole('button', { name: 'It arrived' }).click();
    await mark(page, 'Did it arrive?', 'Delivered').waitFor();
    expect(await bubble.getByRole('button', { name: 'It arrived' }).count()).toBe(0);
    await row.waitFor({ state: 'detached' });

    sending.whatsapp.nextAnswers({ answer: 'empty', statuses: [], to: person.id });
    await write(page, 'And this one?');
    await entry(page, 'And this one?').getByRole('button', { name: 'It did not – try again' }).click();
    await mark(page, 'And this one?', 'Delivered').waitFor();
  });
});

test('the dialog offers all numbers, explains a wrong one beside the field, and asks before a text is left', async ({
  sending,
  screen,
}) => {
  const [whatsapp, phone, others] = [freshNumber(), freshNumber(), freshNumber()];
  sending.whatsapp.person(phone);
  const customer = await createCustomer(sending.staff, {
    name: 'Two Numbers',
    contacts: [
      { type: 'PHONE', value: `+${phone}`, label: 'office' },
      { type: 'WHATSAPP', value: `+${whatsapp}` },
    ],
  });
  await customerWith(sending.staff, 'Somebody Else', `+${others}`);
  await deliver(sending.server, text(whatsapp, 'Open for a day'));
  const page = await screen.open(`/customers/${customer.id}/comms`);
  await page.getByRole('button', { name: 'Send WhatsApp' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send WhatsApp to Two Numbers' });
  const to = dialog.getByLabel('To');
  await dialog.getByRole('option', { name: 'office' }).waitFor({ state: 'attached' });
  await expect.poll(async () => digits(await to.inputValue())).toBe(whatsapp);
  await to.selectOption('Another number…');
  await dialog.getByLabel('Other number').fill(`+${others}`);
  await dialog.getByLabel('Message').fill('Which one?');
  await dialog.getByLabel('Message').press('Enter');
  await dialog.getByText('another customer’s number').waitFor();
  await expectFocus(dialog.getByLabel('Other number'));
  await expectNoBarrier(page);
  await expect.poll(() => dialog.getByLabel('Message').inputValue()).toBe('Which one?');

  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Go on writing' }).click();
  await to.selectOption({ index: 1 });
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Keep as draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(page.getByRole('button', { name: 'Send WhatsApp' }));
  await expect.poll(() => page.getByLabel('Message').inputValue()).toBe('Which one?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await mark(page, 'Which one?', 'Delivered').waitFor();
  expect(sent(sending, 'Which one?')).toMatchObject([{ readAs: phone }]);
});

test('an answer goes to the number that was written from last', async ({ sending, screen }) => {
  const [entered, fresh] = [freshNumber(), freshNumber()];
  const customer = await customerWith(sending.staff, 'New Phone', `+${entered}`);
  await sending.whatsapp.person(entered).says('text', { body: 'My old one' });
  const page = await screen.open(`/customers/${customer.id}/comms`);
  const to = page.getByLabel('To', { exact: true });
  await sending.whatsapp.person(fresh).says('text', { body: 'My new one' });
  await link(sending.staff, `unknown:${fresh}`, customer.id);
  await expect.poll(async () => digits(await to.inputValue())).toBe(fresh);
  await write(page, 'To the new one');
  await mark(page, 'To the new one', 'Delivered').waitFor();
  expect(sent(sending, 'To the new one')).toMatchObject([{ readAs: fresh }]);
  await sending.whatsapp.person(entered).says('text', { body: 'Back on the old one' });
  await expect.poll(async () => digits(await to.inputValue())).toBe(entered);
});

test('where the customer may not be written to freely it says so, and asks once', async ({ sending, screen }) => {
  const number = freshNumber();
  sending.whatsapp.person(number);
  const customer = await customerWith(sending.staff, 'Silent So Far', `+${number}`);
  const page = await screen.open(`/customers/${customer.id}/comms`);
  await page.getByText('No message from this customer yet').waitFor();
  await write(page, 'May I?');
  await page.getByText('Send it anyway?').waitFor();
  await expectNoBarrier(page);
  await page.getByRole('button', { name: 'Not now' }).click();
  expect(await page.getByLabel('Message').inputValue()).toBe('May I?');
  await page.getByLabel('Message').press('Enter');
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await mark(page, 'May I?', 'Delivered').waitFor();
  await write(page, 'And again');
  await mark(page, 'And again', 'Delivered').waitFor();

  await deliver(sending.server, text(number, 'You may', { at: new Date(Date.now() - 23.5 * 3_600_000) }));
  await page.getByText(/Can reply freely – (29|30) min left/).waitFor();
});

test('what the server lacks to send is said, instead of a button', async ({ browser, databaseUrl }) => {
  await using server = await startServer({ databaseUrl, env: { WHATSAPP_ACCESS_TOKEN: undefined } });
  const customer = await customerWith(await signIn(server), 'Unreachable', `+${freshNumber()}`);
  const screen = await openScreen(browser, server);
  for (const path of [`/customers/${customer.id}/comms`, '/inbox']) {
    const page = await screen.open(path);
    await page.getByText('the server needs WHATSAPP_ACCESS_TOKEN').waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await expectNoBarrier(page);
  }
  await screen.close();
});

test('a token that is refused is told to everybody, on every page, with what waits and whom to tell', async ({
  browser,
}) => {
  await using sending = await startSending({ env: { WHATSAPP_ACCESS_TOKEN: 'revoked' } });
  const { customer } = await customerWhoWrote(sending, 'Has to Wait', 'Hi');
  const { account } = await signInMember(sending.server, sending.staff);
  const screen: Screen = await openScreen(browser, sending.server, { account, colorScheme: 'dark' });
  const other = await screen.open('/customers');
  const page = await screen.open(`/customers/${customer.id}/comms`);
  await write(page, 'Stuck');
  for (const open of [page, other]) {
    await open.getByRole('alert').filter({ hasText: 'access token' }).waitFor();
    await open.getByRole('alert').filter({ hasText: '1 message waits' }).waitFor();
    await expectNoBarrier(open);
  }
  await entry(page, 'Stuck').getByText('Queued').waitFor();
  await entry(page, 'Stuck').getByText('Tell an admin: a new access token has to be made').waitFor();
  const mail = await entry(page, 'Stuck').getByRole('link', { name: 'Tell an admin' }).getAttribute('href');
  expect(decodeURIComponent(mail ?? '')).toMatch(
    new RegExp(`^mailto:${ADMIN.email}\\?.*no longer accepts.*Code: 190`, 's'),
  );
  await page.getByText('What you send waits').waitFor();

  // Meta takes the token after all.
  sending.whatsapp.accessToken = 'revoked';
  await mark(page, 'Stuck', 'Delivered').waitFor();
  for (const open of [page, other]) {
    await open.getByRole('alert').filter({ hasText: 'access token' }).waitFor({ state: 'detached' });
  }
  await screen.close();
});

/** How many bubbles with these words there were, each time that the page changed. */
async function watchBubbles(page: Page, words: string): Promise<() => Promise<number[]>> {
  await page.evaluate(`{
    window.bubbleCounts = [];
    const count = () => [...document.querySelectorAll('article')]
      .filter((article) => article.textContent.includes(${JSON.stringify(words)})).length;
    new MutationObserver(() => window.bubbleCounts.push(count())).observe(document.body, { childList: true, subtree: true });
  }`);
  return () => page.evaluate('window.bubbleCounts');
}
