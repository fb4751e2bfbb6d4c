import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoReload, isTold, markPage, openScreen, browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { chip, comms, entryIn, expectOrder, orderOf, rows } from '../harness/inbox-page.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { startAnsweredByTest } from '../harness/sending.ts';
import type { TestStaff } from '../harness/staff.ts';
import { signInMember } from '../harness/team.ts';

describe('the order of the conversations', () => {
  test('holds still under the pointer, and is brought up to date when one asks for it or leaves', async ({
    server,
    staff,
    screen,
  }) => {
    const [first, second, third] = [freshNumber(), freshNumber(), freshNumber()];
    const names = ['Third Pointed', 'Second Pointed', 'First Pointed'];
    await customerWith(staff, 'First Pointed', `+${first}`);
    await customerWith(staff, 'Second Pointed', `+${second}`);
    await customerWith(staff, 'Third Pointed', `+${third}`);
    for (const from of [first, second, third]) await deliver(server, text(from, 'to begin with'));
    const page = await screen.open('/inbox');
    await expectOrder(page, names);

    await rows(page, 'Second Pointed').hover();
    await deliver(server, text(first, 'from below'));
    await rows(page, 'First Pointed').filter({ hasText: 'from below' }).waitFor();
    expect(await orderOf(page, names)).toEqual(names);
    await page.getByRole('button', { name: '1 new – update order' }).click();
    await expectOrder(page, ['First Pointed', 'Third Pointed', 'Second Pointed']);

    const told = isTold(page, 'once more');
    await deliver(server, text(second, 'once more'));
    await told;
    expect(await orderOf(page, names)).toEqual(['First Pointed', 'Third Pointed', 'Second Pointed']);
    await page.mouse.move(800, 300);
    await expectOrder(page, ['Second Pointed', 'First Pointed', 'Third Pointed']);
    await deliver(server, text(third, 'nobody points at it'));
    await expectOrder(page, ['Third Pointed', 'Second Pointed', 'First Pointed']);
  });

  test('calls nothing new that one did oneself, until the customer answers', async ({ server, staff, screen }) => {
    const [talking, another] = [freshNumber(), freshNumber()];
    const names = ['Just Another', 'In Conversation'];
    const customer = await customerWith(staff, 'In Conversation', `+${talking}`);
    await customerWith(staff, 'Just Another', `+${another}`);
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    await deliver(server, text(talking, 'to begin with', { at: ago(90) }));
    await deliver(server, text(another, 'hello', { at: ago(60) }));
    const page = await screen.open('/inbox');
    await expectOrder(page, names);
    // The pointer stays where the row was.
    await rows(page, 'In Conversation').click();
    await entryIn(page, 'to begin with').waitFor();
    const update = page.getByRole('button', { name: /new – update order/ });

    const call = { customerId: customer.id, type: 'CALL', direction: 'OUTBOUND', body: 'I rang' };
    await logComms(staff, { ...call, occurredAt: ago(30).toISOString() });
    await rows(page, 'In Conversation').getByText('Call by you: I rang').waitFor();
    expect(await orderOf(page, names)).toEqual(names);
    expect(await update.count()).toBe(0);
    // Nor where something else is open.
    await rows(page, 'Just Another').click();
    await entryIn(page, 'hello').waitFor();
    expect(await update.count()).toBe(0);

    await deliver(server, text(talking, 'Who was that?'));
    await page.getByRole('button', { name: '1 new – update order' }).click();
    await expectOrder(page, ['In Conversation', 'Just Another']);
  });

  test('holds still for the keyboard, and for who has scrolled', async ({ server, screen }) => {
    const numbers = Array.from({ length: 60 }, () => freshNumber());
    for (const [place, from] of numbers.entries()) {
      await deliver(server, text(from, 'many', { name: `Scrolled past ${String(place).padStart(2, '0')}.` }));
    }
    const page = await screen.open('/inbox');
    await rows(page, 'Scrolled past 59.').waitFor();
    await page.getByRole('button', { name: /^All/ }).focus();
    while ((await rows(page).and(page.locator(':focus')).count()) === 0) await page.keyboard.press('Tab');
    const focused = (await page.locator(':focus').textContent()) ?? '';
    const told = isTold(page, 'under the keyboard');
    await deliver(server, text(numbers[57] ?? '', 'under the keyboard'));
    await told;
    await page.getByRole('button', { name: '1 new – update order' }).waitFor();
    expect(await page.locator(':focus').textContent()).toBe(focused);
    expect(await rows(page).first().textContent()).toContain('Scrolled past 59.');
    await page.getByRole('searchbox').focus();
    await expect.poll(() => rows(page).first().textContent()).toContain('Scrolled past 57.');

    await rows(page).nth(3).hover();
    for (let turn = 0; turn < 60 && (await rows(page, 'Scrolled past 00.').count()) === 0; turn += 1) {
      await page.mouse.wheel(0, 600);
    }
    await rows(page, 'Scrolled past 00.').waitFor();
    await page.mouse.move(800, 300);
    await deliver(server, text(freshNumber(), 'while scrolled', { name: 'Somebody above' }));
    await page.getByRole('button', { name: '1 new – update order' }).waitFor();
    expect(await rows(page, 'Scrolled past 00.').count()).toBe(1);
    await page.getByRole('button', { name: '1 new – update order' }).click();
    await expect.poll(() => rows(page).first().textContent()).toContain('Somebody above');
  });
});

test('chips count what there is, as it happens, and let through what the server would', async ({ browser }) => {
  await using own = await startAnsweredByTest();
  const { server, staff, api } = own;
  api.respond((call) => call.refuse(131026));
  const [known, unknown] = [freshNumber(), freshNumber()];
  const screen = await openScreen(browser, server);
  const page = await screen.open('/inbox');
  const steps = page.getByRole('region', { name: 'Three steps' }).getByRole('heading', { level: 3 });
  const states = ['number, done', 'message to it, to do', 'colleagues, to do'];
  await expect.poll(() => steps.allTextContents()).toEqual(states.map((state) => expect.stringContaining(state)));
  const customer = await customerWith(staff, 'Counted Customer', `+${known}`);
  await chip(page, 'All 1').waitFor();

  await deliver(server, text(known, 'one'), text(unknown, 'two', { name: 'Uncounted' }));
  for (const words of ['Unread 2', 'Unanswered 2', 'Unknown 1', 'All 2', 'WhatsApp 2', 'Calls', 'Failed']) {
    await chip(page, words).waitFor();
  }
  await expect.poll(() => page.title()).toBe('(2) Inbox');
  await steps.filter({ hasText: 'message to it, done' }).waitFor();

  await chip(page, 'Calls').click();
  await page.getByRole('heading', { name: 'No conversation matches' }).waitFor();
  await logComms(staff, { customerId: customer.id, type: 'CALL', direction: 'OUTBOUND', body: 'Rang back' });
  await rows(page, 'Counted Customer').getByText('Call by you: Rang back').waitFor();
  await chip(page, 'Calls 1').waitFor();
  await chip(page, 'Unanswered 1').waitFor();
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.getByRole('button', { name: 'All 2' }).click();

  await chip(page, 'Failed').click();
  await page.getByRole('heading', { name: 'No conversation matches' }).waitFor();
  await staff.ask('mutation Send($input: SendWhatsAppInput!) { sendWhatsApp(input: $input) { entry { id } } }', {
    input: { customerId: customer.id, toPhone: `+${known}`, message: 'Never arrives' },
  });
  await rows(page, 'Counted Customer').getByText('Not sent').waitFor();
  await chip(page, 'Failed 1').waitFor();
  await page.getByRole('button', { name: 'Failed 1' }).click();

  await chip(page, 'Unknown 1').click();
  await rows(page, 'Counted Customer').waitFor({ state: 'detached' });
  await customerWith(staff, 'No longer unknown', `+${unknown}`);
  await page.getByRole('heading', { name: 'No conversation matches' }).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await rows(page, 'No longer unknown').waitFor();
  await chip(page, 'Unknown').waitFor();
  await screen.close();
});

test('two people and two tabs agree on what is unread, unanswered, linked and unlinked, without a reload', async ({
  browser,
}) => {
  await using own = await startAnsweredByTest();
  const { server, staff } = own;
  const from = freshNumber();
  const customer = await customerWith(staff, 'Shared Customer', `+${from}`);
  const colleague = await signInMember(server, staff);
  await deliver(server, text(from, 'Anybody there?'), text(freshNumber(), 'Me too', { name: 'Another' }));
  const mine = await openScreen(browser, server);
  const theirs = await openScreen(browser, server, { account: colleague.account });
  const [tab, list, other] = [await mine.open('/inbox'), await mine.open('/inbox'), await theirs.open('/inbox')];
  for (const page of [tab, list, other]) {
    await markPage(page);
    await expect.poll(() => page.title()).toBe('(2) Inbox');
  }

  await rows(tab, 'Shared Customer').click();
  await entryIn(tab, 'Anybody there?').waitFor();
  await expect.poll(() => tab.title()).toBe('(1) Shared Customer');
  await expect.poll(() => list.title()).toBe('(1) Inbox');
  await chip(list, 'Unread 1').waitFor();
  expect(await rows(list, 'Shared Customer').getByText('unread').count()).toBe(0);
  expect(await other.title()).toBe('(2) Inbox');

  await tab.getByRole('button', { name: 'Mark as unread' }).click();
  for (const page of [tab, list]) await chip(page, 'Unread 2').waitFor();
  await rows(list, 'Shared Customer').getByText('1 unread').waitFor();
  await expect.poll(() => list.title()).toBe('(2) Inbox');

  await tab.getByRole('button', { name: 'Mark as answered' }).click();
  for (const page of [tab, list, other]) {
    await chip(page, 'Unanswered 1').waitFor();
    await rows(page, 'Shared Customer').getByText('unanswered').waitFor({ state: 'detached' });
  }
  await tab.getByRole('button', { name: 'Undo' }).click();
  for (const page of [tab, list, other]) {
    await chip(page, 'Unanswered 2').waitFor();
    await rows(page, 'Shared Customer').getByText('unanswered').waitFor();
  }

  await rows(other, 'Another').hover();
  await other.getByRole('button', { name: 'What to do with Another' }).click();
  await other.getByRole('menuitem', { name: 'Mark as answered' }).click();
  for (const page of [list, other]) await chip(page, 'Unanswered 1').waitFor();
  expect(customer.id).toBe(new URL(tab.url()).pathname.split('/').at(-1));

  await tab.goBack();
  await rows(other, 'Another').click();
  await chip(other, 'Unread 1').waitFor();
  await other.getByRole('button', { name: 'Link to a customer' }).click();
  const linking = other.getByRole('dialog');
  await linking.getByRole('radio', { name: /Shared Customer/ }).check();
  await linking.getByRole('button', { name: 'Link', exact: true }).click();
  for (const page of [tab, list]) {
    await rows(page, 'Another').waitFor({ state: 'detached' });
    await rows(page, 'Shared Customer').getByText('2 unread').waitFor();
    // What was said last of both was marked as answered.
    for (const words of ['All 1', 'Unread 1', 'Unanswered', 'Unknown']) await chip(page, words).waitFor();
    await expect.poll(() => page.title()).toBe('(1) Inbox');
  }
  for (const words of ['All 1', 'Unread', 'Unanswered', 'Unknown']) await chip(other, words).waitFor();
  await expect.poll(() => other.title()).toBe('Shared Customer');

  await other.getByRole('button', { name: 'Undo', exact: true }).click();
  for (const page of [tab, list]) {
    for (const name of ['Another', 'Shared Customer']) await rows(page, name).getByText('1 unread').waitFor();
    for (const words of ['All 2', 'Unread 2', 'Unanswered 1', 'Unknown 1']) await chip(page, words).waitFor();
    await expect.poll(() => page.title()).toBe('(2) Inbox');
  }
  for (const words of ['All 2', 'Unread', 'Unanswered 1', 'Unknown 1']) await chip(other, words).waitFor();
  for (const page of [tab, list, other]) await expectNoReload(page);
  for (const screen of [mine, theirs]) await screen.close();
});

test('among the unread, the open conversation stays until another is opened', async ({ server, screen }) => {
  const [read, waiting] = [freshNumber(), freshNumber()];
  await deliver(server, text(waiting, 'b', { name: 'Waits to be read' }), text(read, 'a', { name: 'Being read' }));
  const page = await screen.open('/inbox?unread=1');
  await rows(page, 'Being read').click();
  await page.mouse.move(800, 300);
  await rows(page, 'Being read').getByText('unread').waitFor({ state: 'detached' });
  await rows(page, 'Waits to be read').waitFor();
  expect(await rows(page, 'Being read').count()).toBe(1);
  await rows(page, 'Waits to be read').click();
  await page.mouse.move(800, 300);
  await rows(page, 'Being read').waitFor({ state: 'detached' });
  expect(await rows(page, 'Waits to be read').count()).toBe(1);
});

describe('a search', () => {
  test('finds words in a message, shows them marked, and opens there', async ({ server, staff, screen }) => {
    const from = freshNumber();
    await customerWith(staff, 'Much Said', `+${from}`);
    const at = (minute: number) => new Date(Date.now() - (1_000 - minute) * 60_000);
    const talk = Array.from({ length: 120 }, (_, minute) => text(from, `chatter ${minute}`, { at: at(minute) }));
    const needle = text(from, 'Στείλτε μου τη διεύθυνση, παρακαλώ', { at: at(5.5) });
    await deliver(server, ...talk.slice(0, 6), needle, ...talk.slice(6));
    await deliver(server, text(freshNumber(), 'nothing of the kind', { name: 'Nobody' }));
    const page = await screen.open('/inbox');
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('ΔΙΕΥΘΥΝΣΗ');
    await rows(page, 'Nobody').waitFor({ state: 'detached' });
    const row = rows(page, 'Much Said');
    await expect.poll(() => row.locator('mark').textContent()).toBe('διεύθυνση');
    await row.click();
    await expect.poll(() => new URL(page.url()).searchParams.get('entry')).toMatch(/^\d+$/);
    expect(new URL(page.url()).searchParams.get('q')).toBe('ΔΙΕΥΘΥΝΣΗ');
    await entryIn(page, 'Στείλτε μου').waitFor();
    await expect.poll(() => isInside(comms(page), entryIn(page, 'Στείλτε μου'))).toBe(true);

    await page.reload();
    await expect.poll(() => isInside(comms(page), entryIn(page, 'Στείλτε μου'))).toBe(true);
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  test('holds still, and offers what is new', async ({ server, screen }) => {
    await deliver(server, text(freshNumber(), 'a parasol in blue', { name: 'Asked before' }));
    const page = await screen.open('/inbox?q=parasol');
    await rows(page, 'Asked before').waitFor();
    await deliver(server, text(freshNumber(), 'the PARASOL broke', { name: 'Asks now' }));
    await deliver(server, text(freshNumber(), 'something else', { name: 'Of no interest' }));
    await page.getByRole('button', { name: '1 new – show' }).click();
    await rows(page, 'Asks now').waitFor();
    await expect.poll(() => rows(page).count()).toBe(2);
  });
});

async function logComms(staff: TestStaff, input: object) {
  await staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', { input });
}

/** Whether something is on the screen within what scrolls. */
async function isInside(log: Locator, entry: Locator) {
  const scroller = log.page().getByRole('region', { name: 'Comms, scrolls' });
  const [outer, inner] = [await scroller.boundingBox(), await entry.boundingBox()];
  return Boolean(outer && inner && inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1);
}
