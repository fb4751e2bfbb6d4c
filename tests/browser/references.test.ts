import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { entryIn, isOnScreen } from '../harness/inbox-page.ts';
import { deliver, freshWamid, type Said, said, text } from '../harness/meta.ts';
import { send } from '../harness/sending.ts';
import { customerWhoWrote, expectFocus, sendingPageTest as test } from '../harness/sending-page.ts';

const MINUTE = 60_000;

describe('what a customer answers or changes', () => {
  test('a reply quotes what it answers and leads there, however far back, also twice, and by keyboard', async ({
    sending,
    screen,
  }) => {
    const { customer, number } = await customerWhoWrote(sending, 'Quotes Often', 'Hello');
    const start = Date.now() - 300 * MINUTE;
    const asked = text(number, '*Which* of the lamps?', { at: new Date(start - MINUTE) });
    const between = Array.from({ length: 120 }, (_, index) =>
      text(number, `message ${index}.`, { at: new Date(start + index * MINUTE) }),
    );
    await deliver(sending.server, asked, ...between);
    await deliver(
      sending.server,
      quoting(asked.message.id, text(number, 'The one by the door')),
      quoting(freshWamid(), text(number, 'Or that one')),
    );
    const page = await screen.open(`/inbox/${customer.id}`);
    await entryIn(page, 'Or that one').getByText('A message that isn’t here').waitFor();
    const quote = quoteIn(page, 'The one by the door');
    await quote.filter({ hasText: 'Quotes Often Which of the lamps?' }).waitFor();
    expect(await entryIn(page, 'message 0.').count()).toBe(0);
    await quote.press('Enter');
    const target = entryIn(page, 'lamps?').filter({ hasNotText: 'door' });
    await inSight(page, target);
    expect(new URL(page.url()).searchParams.get('entry')).toBe(await target.getAttribute('data-entry-id'));
    await expectFocus(bubble(page, 'lamps?'));

    // The address asks for it already.
    await quote.click();
    await inSight(page, target);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await inSight(page, quote);
  });

  test('a reaction, an edit and a deletion show on what they are about, and lead there', async ({
    sending,
    screen,
  }) => {
    const { customer, number } = await customerWhoWrote(sending, 'Changes Her Mind', 'Hello');
    const ours = await send(sending.staff, { customerId: customer.id, toPhone: `+${number}`, message: 'At 5?' });
    const [edited, deleted] = [text(number, 'At 6'), text(number, 'With the dog')];
    await deliver(sending.server, edited, deleted);
    const page = await screen.open(`/inbox/${customer.id}`);
    const reactions = entryIn(page, 'At 5?').getByRole('list', { name: 'Reactions' });
    await deliver(sending.server, said(number, 'reaction', { message_id: ours.extMessageId, emoji: '👍' }));
    await reactions.getByRole('listitem').filter({ hasText: '👍 Changes Her Mind' }).waitFor();
    await deliver(
      sending.server,
      said(number, 'edit', {
        original_message_id: edited.message.id,
        message: { type: 'text', text: { body: 'At 7' } },
      }),
      said(number, 'revoke', { original_message_id: deleted.message.id }),
    );
    await entryIn(page, 'At 7').filter({ hasText: 'edited' }).first().waitFor();
    await entryIn(page, 'With the dog').getByText('Deleted by the customer').waitFor();
    await expectNoBarrier(page);

    await more(page, 'At 7').click();
    await page.getByRole('button', { name: 'Details' }).click();
    await entryIn(page, 'At 7').getByRole('definition').filter({ hasText: 'At 6' }).waitFor();
    const line = page.getByRole('article', { name: 'Changes Her Mind reacted with 👍' });
    await line.getByRole('button', { name: 'At 5?' }).click();
    await expectFocus(bubble(page, 'At 5?'));

    await deliver(sending.server, said(number, 'reaction', { message_id: ours.extMessageId }));
    await reactions.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'Changes Her Mind took a reaction back' }).waitFor();
  });
});

function quoting(wamid: string, message: Said): Said {
  return { ...message, message: { ...message.message, context: { from: '302100000000', id: wamid } } };
}

function quoteIn(page: Page, words: string): Locator {
  return entryIn(page, words).getByRole('button', { name: /^In answer to/ });
}

function more(page: Page, words: string): Locator {
  return entryIn(page, words).first().getByRole('button', { name: 'More about this' });
}

/** Where a reference led to. */
function bubble(page: Page, words: string): Locator {
  return page.getByRole('log').locator('[tabindex="-1"]').filter({ hasText: words });
}

async function inSight(page: Page, target: Locator): Promise<void> {
  await expect.poll(() => isOnScreen(page, target)).toBe(true);
}
