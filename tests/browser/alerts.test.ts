import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';

test('what comes while nobody looks is told once a customer, from one tab, until it is read', async ({
  server,
  staff,
  screen,
}) => {
  await screen.context.grantPermissions(['notifications']);
  await screen.context.addInitScript(noteNotes);
  const phone = freshNumber();
  const customer = await customerWith(staff, 'Nefeli Alexiou', `+${phone}`);
  const account = await screen.open('/account');
  const inbox = await screen.open('/inbox');
  await account.getByRole('button', { name: 'Turn on alerts' }).click();
  await account.getByRole('switch', { name: 'A sound' }).uncheck({ force: true });

  await deliver(server, text(phone, 'while somebody looks'));
  for (const page of [account, inbox]) await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  for (const page of [account, inbox]) await lookAway(page);
  await deliver(server, text(phone, 'the first'));
  await expect
    .poll(() => notesOf([account, inbox]))
    .toEqual([{ title: 'Nefeli Alexiou', body: 'the first', open: true }]);
  await staff.ask('mutation Log($input: LogCommsInput!) { logComms(input: $input) { entry { id } } }', {
    input: { customerId: customer.id, type: 'CALL', direction: 'INBOUND', body: 'logged by staff' },
  });
  await deliver(server, text(phone, 'the second'));
  await expect
    .poll(() => notesOf([account, inbox]))
    .toEqual([
      { title: 'Nefeli Alexiou', body: 'the first', open: false },
      { title: 'Nefeli Alexiou', body: '2 new messages\nthe second', open: true },
    ]);

  const other = await screen.open(`/customers/${customer.id}/comms`);
  await other.getByText('the second').waitFor();
  await expect.poll(async () => (await notesOf([account, inbox])).filter(({ open }) => open)).toEqual([]);
});

test('the tab says how many conversations are unread, in its title and on its icon, until they are read', async ({
  server,
  staff,
  screen,
}) => {
  const phone = freshNumber();
  const customer = await customerWith(staff, 'Aris Kanellos', `+${phone}`);
  const inbox = await screen.open('/inbox');
  const before = await iconOf(inbox);
  await deliver(server, text(phone, 'one more'));
  await expect.poll(() => inbox.title()).toMatch(/^\(\d+\) /);
  await expect.poll(() => iconOf(inbox)).not.toBe(before);

  const other = await screen.open(`/customers/${customer.id}/comms`);
  await other.getByText('one more').waitFor();
  await expect.poll(() => iconOf(inbox)).toBe(before);
});

function iconOf(page: Page): Promise<string> {
  return page.locator('link[rel=icon]').evaluate((link) => (link as unknown as { href: string }).href);
}

/** As if another window had the focus. */
async function lookAway(page: Page): Promise<void> {
  await page.evaluate("document.hasFocus = () => false; dispatchEvent(new Event('blur'))");
}

type Note = { title: string; body: string; open: boolean };

async function notesOf(pages: Page[]): Promise<Note[]> {
  return (await Promise.all(pages.map((page) => page.evaluate<Note[]>('notes')))).flat();
}

/** The browser shows its notes as ever, and the page remembers them. */
const noteNotes = `
  window.notes = [];
  Notification = class extends Notification {
    #noted;
    constructor(title, options) {
      super(title, options);
      this.#noted = { title, body: options.body, open: true };
      notes.push(this.#noted);
    }
    close() {
      this.#noted.open = false;
      super.close();
    }
  };
`;
