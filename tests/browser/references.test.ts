import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { link, unlink } from '../harness/day-work.ts';
import { entryIn, isOnScreen } from '../harness/inbox-page.ts';
import { deliver, freshNumber, freshWamid, quoting, said, text } from '../harness/meta.ts';
import { type Sending, send } from '../harness/sending.ts';
import {
  customerWhoWrote,
  digits,
  expectFocus,
  mark,
  sent,
  sendingPageTest as test,
  write,
} from '../harness/sending-page.ts';

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
    const page = await screen.open(`/customers/${customer.id}/comms`);
    await entryIn(page, 'Or that one').getByText('A message that isn’t here').waitFor();
    const quote = quoteIn(page, 'The one by the door');
    await quote.filter({ hasText: 'Quotes Often Which of the lamps?' }).waitFor();
    expect(await entryIn(page, 'message 0.').count()).toBe(0);

    // What was left is forgotten after a while, but not what is quoted of it.
    await page.clock.install();
    for (const kind of ['E-mail', 'SMS', 'Calls', 'Notes', 'Meetings']) {
      await page.getByRole('button', { name: kind, exact: true }).click();
      await page.getByText(`Nothing of this kind: ${kind}`).waitFor();
    }
    await page.getByRole('button', { name: 'WhatsApp', exact: true }).click();
    await quote.waitFor();
    await page.clock.fastForward(3_000);
    await deliver(sending.server, text(number, 'Or none'));
    await entryIn(page, 'Or none').waitFor();
    expect(await quote.count()).toBe(1);

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
    const ours = await send(sending.staff, {
      customerId: customer.id,
      toPhone: `+${number}`,
      message: 'Come at five?',
    });
    const [edited, deleted] = [text(number, 'Come at six'), text(number, 'With the dog')];
    await deliver(sending.server, edited, deleted);
    const page = await screen.open(`/inbox/${customer.id}`);
    const reactions = entryIn(page, 'Come at five?').getByRole('list', { name: 'Reactions' });
    await deliver(sending.server, said(number, 'reaction', { message_id: ours.extMessageId, emoji: '👍' }));
    await reactions.getByRole('listitem').filter({ hasText: '👍 Changes Her Mind' }).waitFor();
    await deliver(
      sending.server,
      said(number, 'edit', {
        original_message_id: edited.message.id,
        message: { type: 'text', text: { body: 'Come at seven' } },
      }),
      said(number, 'revoke', { original_message_id: deleted.message.id }),
    );
    await entryIn(page, 'Come at seven').filter({ hasText: 'edited' }).first().waitFor();
    await entryIn(page, 'With the dog').getByText('Deleted by the customer').waitFor();
    await expectNoBarrier(page);

    await screen.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await more(page, 'Come at seven').click();
    await menu(page).getByRole('button', { name: 'Copy text' }).click();
    await page.getByText('Copied').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('Come at seven');
    await more(page, 'Come at seven').click();
    await menu(page).getByRole('button', { name: 'Details' }).click();
    await entryIn(page, 'Come at seven').getByRole('definition').filter({ hasText: 'Come at six' }).waitFor();
    const line = page.getByRole('article', { name: 'Changes Her Mind reacted with 👍' });
    await line.getByRole('button', { name: 'Come at five?' }).click();
    await expectFocus(bubble(page, 'Come at five?'));

    await deliver(sending.server, said(number, 'reaction', { message_id: ours.extMessageId }));
    await reactions.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'Changes Her Mind took a reaction back' }).waitFor();
  });
});

describe('what staff answer', () => {
  test('quotes one message, as a draft of that conversation, until it is taken off or sent', async ({
    sending,
    screen,
  }) => {
    const { customer } = await customerWhoWrote(sending, 'Asks Twice', 'Is it red?');
    await customerWhoWrote(sending, 'Somebody Else', 'Hello');
    const page = await screen.open(`/inbox/${customer.id}`);
    const box = page.getByRole('textbox', { name: 'Message' });
    const bar = page.getByRole('group', { name: 'In answer to' }).filter({ hasText: 'Asks Twice Is it red?' });
    await more(page, 'Is it red?').focus();
    await page.keyboard.press('Enter');
    await menu(page).getByRole('button', { name: 'Reply' }).press('Enter');
    await expectFocus(box);
    await bar.waitFor();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    await expectFocus(box);

    await more(page, 'Is it red?').click();
    await menu(page).getByRole('button', { name: 'Reply' }).click();
    await box.fill('As a rose');
    await page.reload();
    await bar.waitFor();
    await expectNoBarrier(page);
    await page.getByRole('link', { name: 'Somebody Else' }).click();
    await entryIn(page, 'Hello').waitFor();
    expect(await bar.count()).toBe(0);
    await page.goBack();
    await bar.waitFor();

    const answered = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('sendWhatsApp')) await answered.promise;
      await route.fallback();
    });
    await box.press('Enter');
    await quoteIn(page, 'As a rose').filter({ hasText: 'Is it red?' }).waitFor();
    expect(await bar.count()).toBe(0);
    answered.resolve();
    await mark(page, 'As a rose', 'Delivered').waitFor();
    await quoteIn(page, 'As a rose').filter({ hasText: 'Is it red?' }).waitFor();
    const quoted = await wamidOf(sending, customer.id, 'Is it red?');
    expect(sent(sending, 'As a rose')).toMatchObject([{ body: { context: { message_id: quoted } } }]);
  });

  test('tried again when what it quotes is another’s by now, is back with its number, before what was begun since', async ({
    sending,
    screen,
  }) => {
    screen.tolerate(/ERR_FAILED/);
    const { server, staff } = sending;
    const { customer } = await customerWhoWrote(sending, 'Two Phones', 'From my own');
    const other = freshNumber();
    sending.whatsapp.person(other);
    await deliver(server, text(other, 'From the shop’s'));
    await link(staff, `unknown:${other}`, customer.id);
    const page = await screen.open(`/customers/${customer.id}/comms`);
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('sendWhatsApp') ? route.abort() : route.continue(),
    );
    await more(page, 'From the shop’s').click();
    await menu(page).getByRole('button', { name: 'Reply' }).click();
    await write(page, 'Which shop?');
    await entryIn(page, 'Which shop?').getByText('Not sent yet – try again').waitFor();
    await page.unrouteAll();

    await unlink(staff, `unknown:${other}`);
    await entryIn(page, 'From the shop’s').filter({ hasNotText: 'Which shop?' }).waitFor({ state: 'detached' });
    await page.getByLabel('Message').fill('And when?');
    await more(page, 'Which shop?').click();
    await menu(page).getByRole('button', { name: 'Try again' }).click();
    await entryIn(page, 'Which shop?').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Message').inputValue()).toBe('Which shop?\n\nAnd when?');
    await expect.poll(async () => digits(await page.getByLabel('To', { exact: true }).inputValue())).toBe(other);
    await page.getByText('Only a message of this conversation that WhatsApp has can be quoted.').waitFor();
    await page.getByRole('button', { name: 'Don’t quote it' }).click();
    await page.getByLabel('Message').press('Enter');
    await mark(page, 'And when?', 'Delivered').waitFor();
    expect(sent(sending, 'Which shop?')).toMatchObject([{ readAs: other }]);
  });

  test('can be an emoji, which is taken back; neither where WhatsApp hasn’t got the message', async ({
    sending,
    screen,
  }) => {
    const { customer, person } = await customerWhoWrote(sending, 'Likes Lamps', 'Hello');
    const { wamid } = await person.says('text', { body: 'I like this lamp' });
    const page = await screen.open(`/inbox/${customer.id}`);
    const reactions = entryIn(page, 'I like this lamp').getByRole('list', { name: 'Reactions' });
    await more(page, 'I like this lamp').focus();
    await page.keyboard.press('Enter');
    await menu(page).getByRole('button', { name: 'React with 👍' }).press('Enter');
    await reactions.getByText('👍 You').waitFor();
    await expectFocus(more(page, 'I like this lamp'));
    await page.getByRole('article', { name: 'You reacted with 👍' }).getByRole('button', { name: 'I like' }).waitFor();
    await more(page, 'I like this lamp').click();
    await expectNoBarrier(page);
    await menu(page).getByRole('button', { name: 'Take 👍 back' }).click();
    await reactions.waitFor({ state: 'detached' });
    // It is shown before WhatsApp has it.
    await expect
      .poll(() => sent(sending, wamid).map(({ body }) => body.reaction))
      .toEqual([
        { message_id: wamid, emoji: '👍' },
        { message_id: wamid, emoji: '' },
      ]);

    sending.whatsapp.nextAnswers({ answer: 131026, to: person.id });
    await page.getByRole('textbox', { name: 'Message' }).fill('Which one?');
    await page.keyboard.press('Enter');
    await entryIn(page, 'Which one?').getByText('Not sent', { exact: true }).waitFor();
    await more(page, 'Which one?').click();
    await menu(page).getByRole('button', { name: 'Try again' }).waitFor();
    expect(
      await menu(page)
        .getByRole('button', { name: /^(React|Reply)/ })
        .count(),
    ).toBe(0);
  });
});

function quoteIn(page: Page, words: string): Locator {
  return entryIn(page, words).getByRole('button', { name: /^In answer to/ });
}

function more(page: Page, words: string): Locator {
  return entryIn(page, words).first().getByRole('button', { name: 'More about this' });
}

function menu(page: Page): Locator {
  return page.getByRole('dialog');
}

async function wamidOf({ staff }: Sending, customerId: string, words: string): Promise<string> {
  const { customerComms } = await staff.ask<{ customerComms: { nodes: { body: string; extMessageId: string }[] } }>(
    'query Comms($id: ID!) { customerComms(customerId: $id) { nodes { body extMessageId } } }',
    { id: customerId },
  );
  return customerComms.nodes.find(({ body }) => body === words)?.extMessageId ?? '';
}

/** Where a reference led to. */
function bubble(page: Page, words: string): Locator {
  return page.getByRole('log').locator('[tabindex="-1"]').filter({ hasText: words });
}

async function inSight(page: Page, target: Locator): Promise<void> {
  await expect.poll(() => isOnScreen(page, target)).toBe(true);
}
