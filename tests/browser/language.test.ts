import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectNoBarrier } from '../harness/barriers.ts';
import { openScreen, browserTest as test } from '../harness/browser.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { customerWhoWrote, sendingPageTest } from '../harness/sending-page.ts';
import { ADMIN } from '../harness/server.ts';

const SAVE_REPLY =
  'mutation Save($input: SaveQuickReplyInput!) { saveQuickReply(input: $input) { quickReply { id } } }';

test('who has a browser in Greek reads Greek, from the sign-in to the inbox, dates and what the server says too', async ({
  browser,
  server,
}) => {
  const screen = await openScreen(browser, server, { account: null, locale: 'el-GR' });
  screen.tolerate(/40[01]/);
  const page = await screen.context.newPage();
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Σύνδεση' }).waitFor();
  expect(await languageOf(page)).toBe('el');
  expect(await page.title()).toBe('Σύνδεση · Comms');
  await expectNoBarrier(page);

  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Κωδικός πρόσβασης', { exact: true }).fill('a wrong password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'δεν είναι σωστά' }).waitFor();
  await page.getByLabel('Κωδικός πρόσβασης', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Σύνδεση' }).click();
  await page.getByRole('link', { name: 'Εισερχόμενα', exact: true }).waitFor();
  await page.getByRole('status').filter({ hasText: 'Ζωντανά' }).waitFor();
  await page.getByRole('button', { name: 'ο λογαριασμός σας' }).click();
  await expectNoBarrier(page);

  await page.getByRole('link', { name: 'Ο λογαριασμός σας' }).click();
  await page
    .getByTitle(`Σύνδεση: ${new Intl.DateTimeFormat('el', { dateStyle: 'full' }).format()}`)
    .first()
    .waitFor();
  await page.getByLabel('Τρέχων κωδικός πρόσβασης').fill(ADMIN.password);
  await page.getByLabel('Νέος κωδικός πρόσβασης', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Αλλαγή κωδικού' }).click();
  await page.getByText('Ο κωδικός πρέπει να έχει τουλάχιστον 10 χαρακτήρες').waitFor();
  await screen.close();
});

test('a language is chosen by keyboard, and kept over a reload and a sign-out', async ({ browser, server }) => {
  const screen = await openScreen(browser, server, { locale: 'el-GR' });
  const page = await screen.context.newPage();
  await page.goto('/account');
  await page.getByRole('button', { name: 'ο λογαριασμός σας' }).click();
  await page.getByRole('button', { name: 'Ελληνικά', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'English' }).press('Enter');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  expect(await languageOf(page)).toBe('en');
  await page
    .getByTitle(`Signed in ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format()}`)
    .first()
    .waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'your account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.getByRole('button', { name: 'Ελληνικά' }).press('Space');
  await page.getByRole('heading', { name: 'Σύνδεση' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Σύνδεση' }).waitFor();
  await screen.close();
});

test('who reads English loads no Greek', async ({ browser, server }) => {
  const screen = await openScreen(browser, server, { locale: 'en-US' });
  const page = await screen.context.newPage();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('/account');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  expect(loaded.filter((path) => /^\/assets\/el\b/.test(path))).toEqual([]);
  expect(loaded.filter((path) => path.startsWith('/assets/')).length).toBeGreaterThan(0);
  await screen.close();
});

sendingPageTest('a day’s work is read in Greek, whatever page it is done on', async ({ browser, sending }) => {
  const { person } = await customerWhoWrote(sending, 'Ελένη Παπαδάκη', 'Είναι έτοιμο;');
  await deliver(sending.server, text(freshNumber(), 'Καλημέρα', { name: 'Κάποιος' }));
  await sending.staff.ask(SAVE_REPLY, { input: { shortcut: 'ωράριο', text: 'Είμαστε ανοιχτά 9 με 5.' } });
  const screen = await openScreen(browser, sending.server, {
    locale: 'el-GR',
    timezoneId: 'UTC',
  });
  const page = await screen.context.newPage();

  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Αναπάντητα 2' }).waitFor();
  await page.getByText('Δεν είναι ανοιχτή καμία συνομιλία').waitFor();
  await expectGreek(page);
  await page
    .getByRole('list', { name: 'Συνομιλίες' })
    .getByRole('link', { name: /Ελένη Παπαδάκη.*αναπάντητα.*1 αδιάβαστο/ })
    .click();
  await page
    .getByText(/^Ελεύθερη απάντηση για \d+ ώ\. \d+ λ\. ακόμη$/)
    .first()
    .waitFor();
  const log = page.getByRole('log', { name: 'Επικοινωνία' });
  await log.getByText('Νέα μηνύματα').waitFor();

  const box = page.getByRole('textbox', { name: 'Μήνυμα' });
  await box.pressSequentially('/');
  await page.getByRole('listbox', { name: 'Έτοιμες απαντήσεις' }).getByText('/ωράριο').waitFor();
  await expectGreek(page);
  await page.keyboard.press('Enter');
  sending.whatsapp.nextAnswers({ answer: 131026, to: person.id });
  await box.press('Enter');
  await log.getByText(/Αυτός ο αριθμός δεν μπορεί να λάβει .* Ελέγξτε τον αριθμό/).waitFor();
  await log.getByRole('button', { name: 'Λεπτομέρειες' }).click();
  await log.getByRole('definition').getByText('131026').waitFor();
  await page.getByRole('list', { name: 'Συνομιλίες' }).getByText('Δεν στάλθηκε').waitFor();
  await expectGreek(page);
  await expectNoBarrier(page);

  await page.getByRole('button', { name: 'Καταχώριση κλήσης…' }).click();
  const logDialog = page.getByRole('dialog', { name: 'Καταχώριση κλήσης, συνάντησης, e-mail ή SMS' });
  await logDialog.getByLabel('Τι ειπώθηκε').waitFor();
  await expectGreek(page);
  await logDialog.getByRole('button', { name: 'Ακύρωση' }).click();
  await page.getByRole('button', { name: 'Αποστολή WhatsApp' }).click();
  const sendDialog = page.getByRole('dialog', { name: 'Αποστολή WhatsApp προς Ελένη Παπαδάκη' });
  await sendDialog.getByLabel('Μήνυμα').waitFor();
  await expectGreek(page);
  await sendDialog.getByRole('button', { name: 'Ακύρωση' }).click();
  await sendDialog.waitFor({ state: 'detached' });

  await page.goto('/quick-replies');
  await page.getByRole('button', { name: 'Επεξεργασία /ωράριο' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Όνομα πελάτη', exact: true }).waitFor();
  await expectGreek(page);
  await page.goto('/log?type=CALL&unread=1');
  await page.getByText('Εμφανίζονται μόνο: Κλήσεις, αδιάβαστα.').waitFor();
  await page.goto('/log');
  await page.getByRole('button', { name: 'Αποστολή WhatsApp προς Ελένη Παπαδάκη' }).first().waitFor();
  await expectGreek(page);
  await screen.close();
});

function languageOf(page: Page): Promise<string> {
  return page.evaluate('document.documentElement.lang');
}

/** Nothing on the page is in another language: what is drawn, and what it is called to a screen reader. */
async function expectGreek(page: Page): Promise<void> {
  const said = await page.evaluate<string>(SAID);
  const foreign = said.match(/[a-z]{2,}/gi) ?? [];
  expect.soft(foreign.filter((word) => !SAME_IN_GREEK.includes(word))).toEqual([]);
}

const SAME_IN_GREEK = ['WhatsApp', 'SMS', 'mail', 'Comms', 'UTC', 'admin', 'Ctrl'];

/** Without values of fields and details, which are as they came, and what only measures a text. */
const SAID = `[...document.body.querySelectorAll('*:not(textarea[aria-hidden])')].flatMap((element) => [
  ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)),
  ...(element.matches('dd, dd *, script, noscript, style, [translate=no]') ? [] : [...element.childNodes])
    .map(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data),
]).filter(Boolean).join('\\n')`;
