import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { isOnScreen } from '../harness/inbox-page.ts';
import { deliver, freshNumber, freshWamid, text } from '../harness/meta.ts';
import type { TestStaff } from '../harness/staff.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('what was said', () => {
  test('is drawn with WhatsApp’s marks and with links that lead away safely; a long text folds', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    const long = `${'Long. '.repeat(300)}The end.`;
    await deliver(
      server,
      text(number, '*Two* of snake_case:\n- _one_\nsee https://example.com/a_b'),
      text(number, long),
    );
    const page = await screen.open(`/inbox/${customer.id}`);
    const marked = entry(page, 'snake_case');
    await marked.getByText('Two', { exact: true }).and(page.locator('strong')).waitFor();
    await marked.getByRole('listitem').filter({ hasText: 'one' }).waitFor();
    await expect.poll(() => marked.getByRole('link').getAttribute('rel')).toBe('noopener noreferrer');
    await expect.poll(() => marked.getByRole('link').getAttribute('href')).toBe('https://example.com/a_b');
    expect(await entry(page, 'Long.').textContent()).not.toContain('The end.');
    await entry(page, 'Long.').getByRole('button', { name: 'Show all' }).click();
    await entry(page, 'The end.').waitFor();
  });

  test('stands under its day, in runs, with what is new parted from the rest until one leaves', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    const ago = (ms: number) => ({ at: new Date(Date.now() - ms) });
    await deliver(server, text(number, 'days ago', ago(50 * HOUR)));
    await markRead(staff, customer.id);
    await deliver(server, text(number, 'first', ago(4 * MINUTE)), text(number, 'second', ago(3 * MINUTE)));
    const page = await screen.open(`/inbox/${customer.id}`);
    await entry(page, 'second').waitFor();
    await expect.poll(() => inOrder(page, ['days ago', 'New messages', 'first', 'second'])).toBe(true);
    await expect.poll(() => page.getByRole('log').getByRole('heading', { level: 2 }).count()).toBe(2);
    // The second says only to a screen reader again whose it is.
    expect(await heightOf(entry(page, 'second'))).toBeLessThan((await heightOf(entry(page, 'first'))) - 10);
    expect(await page.getByRole('article', { name: /WhatsApp/ }).count()).toBe(3);

    await deliver(server, text(number, 'third'));
    await entry(page, 'third').waitFor();
    expect(await inOrder(page, ['New messages', 'first', 'second', 'third'])).toBe(true);
    await expect.poll(() => unread(staff, customer.id)).toBe(0);
    const { customer: other, number: otherNumber } = await somebody(staff);
    await deliver(server, text(otherNumber, 'from another'));
    await page.getByRole('link', { name: other.name }).click();
    await entry(page, 'from another').waitFor();
    await page.goBack();
    await entry(page, 'third').waitFor();
    expect(await page.getByText('New messages').count()).toBe(0);
  });

  test('says when exactly, and how late it came, to who points at it and who is at it by keyboard', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    await deliver(server, text(number, 'under way for long', { at: new Date(Date.now() - 12.5 * MINUTE) }));
    const page = await screen.open(`/inbox/${customer.id}`);
    const tip = page.getByRole('tooltip');
    await entry(page, 'under way').locator('time').hover();
    await tip.filter({ hasText: 'arrived 12 min late' }).waitFor();
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Comms, scrolls' }).focus();
    await page.keyboard.press('Tab');
    await tip.filter({ hasText: String(new Date().getFullYear()) }).waitFor();
  });

  test('has a menu by pointer and by keyboard: its text is copied, its details are shown', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    const wamid = freshWamid();
    await deliver(server, text(number, '*copy* me', { id: wamid }));
    await screen.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await screen.open(`/inbox/${customer.id}`);
    const more = entry(page, 'copy').getByRole('button', { name: 'More about this' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy text' }).press('Enter');
    await page.getByText('Copied').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('*copy* me');
    await more.and(page.locator(':focus')).waitFor();
    await more.click();
    await page.getByRole('button', { name: 'Details' }).click();
    await entry(page, 'copy').getByText(wamid).waitFor();
  });
});

describe('an address with an entry', () => {
  test('opens the conversation there, however old it is, and a button leads to the newest', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    const start = Date.now() - 300 * MINUTE;
    const all = Array.from({ length: 270 }, (_, index) =>
      text(number, index === 3 ? 'the one sought' : `message ${index}.`, { at: new Date(start + index * MINUTE) }),
    );
    await deliver(server, ...all);
    const hit = await entryId(staff, customer.id, 'the one sought');
    const page = await screen.open(`/inbox/${customer.id}?entry=${hit}`);
    await expect.poll(() => entry(page, 'the one sought').isVisible()).toBe(true);
    await expect.poll(() => isOnScreen(page, entry(page, 'the one sought'))).toBe(true);
    expect(await unread(staff, customer.id)).toBe(270);
    await deliver(server, text(number, 'brand new'));
    await page.getByRole('button', { name: '1 new' }).click();
    await expect.poll(() => isOnScreen(page, entry(page, 'brand new'))).toBe(true);
    expect(new URL(page.url()).searchParams.has('entry')).toBe(false);
  });

  test('says so where there is no such entry', async ({ server, staff, screen }) => {
    const { customer, number } = await somebody(staff);
    await deliver(server, text(number, 'the only one'));
    const page = await screen.open(`/inbox/${customer.id}?entry=999999999`);
    await page.getByText('This message isn’t in this conversation any more.').waitFor();
    await page.getByRole('button', { name: 'Show the newest' }).click();
    expect(new URL(page.url()).searchParams.has('entry')).toBe(false);
  });
});

describe('beside the answer', () => {
  test('a note is written, which no customer gets, and which isn’t carried to another', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    await deliver(server, text(number, 'hello'));
    const { customer: other, number: otherNumber } = await somebody(staff);
    await deliver(server, text(otherNumber, 'hello too'));
    const page = await screen.open(`/inbox/${customer.id}`);
    await page.getByLabel('Note', { exact: true }).check();
    await page.getByRole('textbox', { name: 'Note' }).fill('Careful with this one');
    await page.reload();
    await page.getByText('Note, begun').click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Careful with this one');
    await page.getByRole('link', { name: other.name }).click();
    await entry(page, 'hello too').waitFor();
    await page.getByLabel('Note', { exact: true }).check();
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('');
    await page.goBack();
    await page.getByText('Note, begun').click();

    // The answer is lost: trying again doesn't make another.
    screen.tolerate(/ERR_FAILED/);
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost > 0 || !route.request().postData()?.includes('logComms')) return route.fallback();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    const save = page.getByRole('button', { name: 'Save note' });
    await save.click();
    await page.getByRole('textbox', { name: 'Note' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Careful with this one');
    await save.click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('');
    await entry(page, 'Careful with this one').getByText('Only staff see this').waitFor();
    expect(await logged(staff, customer.id)).toEqual(['NOTE INTERNAL Careful with this one', 'WHATSAPP INBOUND hello']);
  });

  test('a call is logged where it happened, with what is wrong said at its field; the types filter it', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    await deliver(server, text(number, 'on WhatsApp'));
    const page = await screen.open(`/inbox/${customer.id}`);
    await page.getByRole('button', { name: 'Log a call' }).click();
    const dialog = page.getByRole('dialog', { name: 'Log a call, meeting, mail or SMS' });
    await dialog.getByLabel('What was said').fill('Wants a discount');
    await dialog.getByLabel('From us').check();
    await dialog.getByLabel('When').fill('2099-01-01T10:00');
    await dialog.getByRole('button', { name: 'Log it' }).click();
    await dialog.getByText('This lies in the future').waitFor();
    await dialog.getByLabel('When').and(page.locator(':focus')).waitFor();
    await expectNoBarrier(page);

    await page.keyboard.press('Escape');
    await dialog.getByText('What you typed isn’t saved.').waitFor();
    await dialog.getByRole('button', { name: 'Go on writing' }).click();
    await dialog.getByLabel('When').fill('2020-05-04T10:00');
    await dialog.getByRole('button', { name: 'Log it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await entry(page, 'Wants a discount').waitFor();
    expect(await inOrder(page, ['Wants a discount', 'on WhatsApp'])).toBe(true);
    expect(await logged(staff, customer.id)).toEqual([
      'WHATSAPP INBOUND on WhatsApp',
      'CALL OUTBOUND Wants a discount',
    ]);

    const types = page.getByRole('group', { name: 'Type' }).last();
    await types.getByRole('button', { name: 'Calls' }).click();
    await entry(page, 'on WhatsApp').waitFor({ state: 'detached' });
    await entry(page, 'Wants a discount').waitFor();
    await types.getByRole('button', { name: 'Notes' }).click();
    await page.getByText('Nothing of this kind: Notes').waitFor();
  });

  test('a call that isn’t logged yet isn’t lost by going back, which goes on where one discards it', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    await deliver(server, text(number, 'in the list'));
    const page = await screen.open('/inbox');
    const row = page.getByRole('link', { name: customer.name });
    await row.click();
    await page.waitForURL(`/inbox/${customer.id}`);
    const open = page.getByRole('button', { name: 'Log a call' });
    await open.click();
    const dialog = page.getByRole('dialog', { name: 'Log a call, meeting, mail or SMS' });
    const box = dialog.getByLabel('What was said');
    await box.fill('Rang for an hour');
    await page.goBack();
    await dialog.getByText('What you typed isn’t saved.').waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/inbox/${customer.id}`);
    await expectNoBarrier(page);
    await dialog.getByRole('button', { name: 'Go on writing' }).click();
    await box.and(page.locator(':focus')).waitFor();
    await expect.poll(() => box.inputValue()).toBe('Rang for an hour');

    // Escape answers what going back asked, and asks anew.
    await page.goBack();
    await dialog.getByText('What you typed isn’t saved.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByText('What you typed isn’t saved.').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe(`/inbox/${customer.id}`);

    await open.click();
    await expect.poll(() => box.inputValue()).toBe('');
    await box.fill('Nobody answered');
    await page.goBack();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await page.waitForURL('/inbox');
    await dialog.waitFor({ state: 'detached' });

    // Nothing is asked where nothing is lost.
    await row.click();
    await open.click();
    await box.waitFor();
    await page.goBack();
    await page.waitForURL('/inbox');
  });

  test('a call is logged behind what was said before, also where the minute ends while it is written', async ({
    server,
    staff,
    screen,
  }) => {
    const { customer, number } = await somebody(staff);
    await deliver(server, text(number, 'call me'));
    const page = await screen.open(`/inbox/${customer.id}`);
    await entry(page, 'call me').waitFor();
    await page.getByRole('button', { name: 'Log a call' }).click();
    await page.getByRole('dialog').getByLabel('What was said').fill('Called back');
    await page.clock.setSystemTime(Date.now() + 61_000);
    await page.getByRole('dialog').getByRole('button', { name: 'Log it' }).click();
    await entry(page, 'Called back').waitFor();
    expect(await inOrder(page, ['call me', 'Called back'])).toBe(true);
  });
});

test('what customers write is told to who can’t see it: once, and not what was there', async ({
  server,
  staff,
  screen,
}) => {
  const { customer, number } = await somebody(staff);
  await deliver(server, text(number, 'was there before'));
  const page = await screen.open(`/inbox/${customer.id}`);
  await entry(page, 'was there before').waitFor();
  const told = page.locator('[aria-live=polite]').filter({ hasText: /./ });
  const words = async () => (await told.allTextContents()).join('|');
  await deliver(server, text(number, 'just now'));
  await expect.poll(words).toContain(`${customer.name}, WhatsApp: just now`);
  await deliver(server, ...Array.from({ length: 5 }, (_, index) => text(number, `many ${index}`)));
  await expect.poll(words).toContain('5 new messages');
  expect(await words()).not.toContain('was there before');
});

async function somebody(staff: TestStaff) {
  const number = freshNumber();
  return { number, customer: await customerWith(staff, `Customer ${number}`, `+${number}`) };
}

function entry(page: Page, words: string): Locator {
  return page.getByRole('log', { name: 'Comms' }).getByRole('article').filter({ hasText: words });
}

type Entries = { customerComms: { nodes: { id: string; type: string; direction: string; body: string }[] } };

async function entriesOf(staff: TestStaff, id: string) {
  const query =
    'query Log($id: ID!) { customerComms(customerId: $id, first: 200) { nodes { id type direction body } pageInfo { endCursor } } }';
  return (await staff.ask<Entries>(query, { id })).customerComms.nodes;
}

const logged = async (staff: TestStaff, id: string) =>
  (await entriesOf(staff, id)).map(({ type, direction, body }) => `${type} ${direction} ${body}`);

async function entryId(staff: TestStaff, id: string, body: string): Promise<string> {
  const query = 'query Find($search: String!) { inbox(filter: { search: $search }) { nodes { id customerId body } } }';
  const { inbox } = await staff.ask<{ inbox: { nodes: { id: string; customerId: string; body: string }[] } }>(query, {
    search: body,
  });
  const found = inbox.nodes.find((node) => node.customerId === id && node.body === body);
  if (!found) throw new Error(`There is no ${body}`);
  return found.id;
}

async function markRead(staff: TestStaff, conversationId: string): Promise<void> {
  const [newest] = await entriesOf(staff, conversationId);
  await staff.ask(
    'mutation Read($id: ID!, $upTo: ID!) { markRead(conversationId: $id, upToEntryId: $upTo) { conversation { id } } }',
    { id: conversationId, upTo: newest?.id },
  );
}

async function unread(staff: TestStaff, id: string): Promise<number> {
  const query = 'query Unread($id: ID!) { conversation(id: $id) { unreadCount } }';
  return (await staff.ask<{ conversation: { unreadCount: number } }>(query, { id })).conversation.unreadCount;
}

/** Whether these words stand in the log one after the other. */
async function inOrder(page: Page, words: string[]): Promise<boolean> {
  const all = (await page.getByRole('log', { name: 'Comms' }).textContent()) ?? '';
  const places = words.map((word) => all.indexOf(word));
  return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
}

const heightOf = async (element: Locator) => (await element.boundingBox())?.height ?? 0;
