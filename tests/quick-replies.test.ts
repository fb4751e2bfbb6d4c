import { describe, expect } from 'vitest';
import { createDatabase, query } from './harness/database.ts';
import { startServer } from './harness/server.ts';
import { signIn, type TestStaff } from './harness/staff.ts';
import { signInMember } from './harness/team.ts';
import { test } from './harness/test.ts';

type QuickReply = { id: string; shortcut: string; text: string };

const LIST = 'query List { quickReplies { id shortcut text } }';
const SAVE =
  'mutation Save($input: SaveQuickReplyInput!) { saveQuickReply(input: $input) { quickReply { id shortcut text } } }';
const REMOVE = 'mutation Remove($id: ID!) { removeQuickReply(id: $id) { id } }';

test('quick replies are the team’s: anybody on it writes, changes and removes them', async ({ server, staff }) => {
  const member = await signInMember(server, staff);
  const thanks = await save(member, { shortcut: ' /thanks ', text: ' Thank you, {{first name}}!\n\n{{my name}} ' });
  expect(thanks).toMatchObject({ shortcut: 'thanks', text: 'Thank you, {{first name}}!\n\n{{my name}}' });
  const hours = await save(staff, { shortcut: 'Hours', text: 'Nine to five' });
  const greek = await save(staff, { shortcut: 'ώρες', text: 'Εννέα με πέντε' });
  expect(await list(member)).toEqual([hours, thanks, greek]);

  const changed = await save(member, { id: hours.id, shortcut: 'HOURS', text: 'Nine to six' });
  expect(changed).toEqual({ id: hours.id, shortcut: 'HOURS', text: 'Nine to six' });
  for (const _ of ['once', 'twice']) await staff.ask(REMOVE, { id: thanks.id });
  expect(await list(staff)).toEqual([changed, greek]);
  expect(await refused(member, { id: thanks.id, shortcut: 'thanks', text: 'Thanks' })).toEqual({
    code: 'NOT_FOUND',
    field: 'id',
  });
  await staff.ask(REMOVE, { id: 'nothing' });
  expect(await list(staff)).toHaveLength(2);
});

describe('a quick reply is refused', () => {
  test.for<[string, { shortcut?: string; text?: string; id?: string }, string]>([
    ['without a shortcut', { shortcut: ' / ' }, 'shortcut'],
    ['with two words for one', { shortcut: 'good morning' }, 'shortcut'],
    ['with a slash in it', { shortcut: 'a/b' }, 'shortcut'],
    ['with a shortcut that is too long', { shortcut: 'x'.repeat(41) }, 'shortcut'],
    ['with one that is there, written otherwise', { shortcut: 'ΧΑΙΡΕΤΕ' }, 'shortcut'],
    ['without a text', { text: ' \n ' }, 'text'],
    ['with a text that WhatsApp wouldn’t take', { text: '👋'.repeat(4_097) }, 'text'],
  ])('%s', async ([, wrong, field], { staff }) => {
    if ((await list(staff)).every(({ shortcut }) => shortcut !== 'χαίρετε')) {
      await save(staff, { shortcut: 'χαίρετε', text: 'Hello' });
    }
    const before = await list(staff);
    expect(await refused(staff, { shortcut: 'fresh', text: 'Fresh', ...wrong })).toEqual({
      code: 'BAD_USER_INPUT',
      field,
    });
    expect(await list(staff)).toEqual(before);
  });

  test('with an id that can’t be one', async ({ staff }) => {
    for (const id of ['nothing', '-1', '99999999999999999999', '\0']) {
      expect(await refused(staff, { id, shortcut: 'fresh', text: 'Fresh' })).toEqual({
        code: 'NOT_FOUND',
        field: 'id',
      });
    }
  });

  test('where there are 500', async () => {
    const databaseUrl = await createDatabase();
    await query(
      databaseUrl,
      "insert into quick_reply (shortcut, shortcut_key, text) select n, n, 'text' from generate_series(1, 500) n",
    );
    await using server = await startServer({ databaseUrl });
    const staff = await signIn(server);
    expect(await refused(staff, { shortcut: 'more', text: 'More' })).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'shortcut',
    });
    const [first] = await list(staff);
    await save(staff, { ...(first as QuickReply), text: 'Changed' });
  });
});

test('of ten who write the same shortcut at once one succeeds', async ({ staff }) => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => staff.post(SAVE, { input: { shortcut: 'race', text: `by ${index}` } })),
  );
  expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
  for (const { errors } of answers) {
    if (errors) expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'shortcut' });
  }
});

async function list(staff: TestStaff): Promise<QuickReply[]> {
  return (await staff.ask<{ quickReplies: QuickReply[] }>(LIST)).quickReplies;
}

async function save(staff: TestStaff, input: { id?: string; shortcut: string; text: string }): Promise<QuickReply> {
  return (await staff.ask<{ saveQuickReply: { quickReply: QuickReply } }>(SAVE, { input })).saveQuickReply.quickReply;
}

async function refused(staff: TestStaff, input: { id?: string; shortcut: string; text: string }) {
  const { errors } = await staff.post(SAVE, { input });
  return errors?.[0]?.extensions;
}
