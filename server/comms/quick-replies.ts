import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import type { InputProblem } from './customers.ts';
import { searchText } from './search-text.ts';
import { storableText } from './storable-text.ts';

/** What the team says often, found by a word. */
export type QuickReply = { id: string; shortcut: string; text: string };

export type QuickReplySaved = { quickReply: QuickReply } | { problem: InputProblem } | 'NO_QUICK_REPLY';

const LONGEST_SHORTCUT = 40;
/** WhatsApp's own limit for a message. */
const LONGEST_TEXT = 4_096;
const MOST = 500;

/** All of them, by shortcut. */
export async function listQuickReplies(db: Kysely<DB>): Promise<QuickReply[]> {
  const rows = await db.selectFrom('quickReply').select(['id', 'shortcut', 'text']).orderBy('shortcutKey').execute();
  return rows.map(({ id, ...rest }) => ({ id: String(id), ...rest }));
}

/** A new one, or with `id` one that is changed. Each shortcut is there once, whatever its case and accents. */
export async function saveQuickReply(
  db: Kysely<DB>,
  input: { id?: string | null | undefined; shortcut: string; text: string },
): Promise<QuickReplySaved> {
  const shortcut = storableText(input.shortcut).trim().replace(/^\//, '');
  const text = storableText(input.text).trim();
  const problem = judge(shortcut, text);
  if (problem) return { problem };
  const values = { shortcut, shortcutKey: searchText(shortcut), text };

  return await db.transaction().execute(async (trx) => {
    await sql`lock table quick_reply in share row exclusive mode`.execute(trx);
    const same = await trx
      .selectFrom('quickReply')
      .select('id')
      .where('shortcutKey', '=', values.shortcutKey)
      .executeTakeFirst();
    if (same && String(same.id) !== input.id) {
      return { problem: { field: 'shortcut', message: `There is a quick reply /${shortcut} already.` } };
    }
    if (input.id) {
      if (!isId(input.id)) return 'NO_QUICK_REPLY';
      const id = Number(input.id);
      const changed = await trx.updateTable('quickReply').set(values).where('id', '=', id).returning('id').execute();
      return changed.length > 0 ? { quickReply: { id: input.id, shortcut, text } } : 'NO_QUICK_REPLY';
    }
    const { count } = await trx
      .selectFrom('quickReply')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST) {
      return { problem: { field: 'shortcut', message: `There are ${MOST} quick replies: remove one first.` } };
    }
    const { id } = await trx.insertInto('quickReply').values(values).returning('id').executeTakeFirstOrThrow();
    return { quickReply: { id: String(id), shortcut, text } };
  });
}

/** Removes one; where it is gone already, that is well. */
export async function removeQuickReply(db: Kysely<DB>, id: string): Promise<void> {
  if (isId(id)) await db.deleteFrom('quickReply').where('id', '=', Number(id)).execute();
}

function judge(shortcut: string, text: string): InputProblem | undefined {
  if (shortcut === '') return { field: 'shortcut', message: 'Write a word to find it by, such as “hours”.' };
  if (!/^[^\s/]+$/.test(shortcut)) {
    return { field: 'shortcut', message: 'A shortcut is one word, without blanks and slashes.' };
  }
  if ([...shortcut].length > LONGEST_SHORTCUT) {
    return { field: 'shortcut', message: `A shortcut has at most ${LONGEST_SHORTCUT} characters.` };
  }
  if (text === '') return { field: 'text', message: 'Write what the customer will read.' };
  const excess = [...text].length - LONGEST_TEXT;
  if (excess <= 0) return undefined;
  return { field: 'text', message: `WhatsApp takes at most 4,096 characters: shorten it by ${excess}.` };
}

function isId(id: string): boolean {
  return /^\d{1,15}$/.test(id);
}
