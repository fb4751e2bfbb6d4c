import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { areFew } from './few.ts';
import { searchPatterns } from './search-text.ts';
import { allOf, type Conditions } from './walk.ts';

/** Of a conversation `c`, for each word of a search: it, its customer or one of its entries has it. */
export async function conversationsWith(db: Kysely<DB>, search: string): Promise<Conditions> {
  const words = await countWords(db, search);
  const seldom = words.filter(({ isSeldomSaid }) => isSeldomSaid);
  const having = intersection(
    seldom.map(({ pattern }) => sql`${namedConversations(pattern)} union all ${conversationsSaying(pattern)}`),
  );
  const listed = await areListed(db, seldom, having);
  return {
    plain: listed ? [sql`c.id = any (array(${having}))`] : [],
    judged: words
      .filter(({ isSeldomSaid }) => !(listed && isSeldomSaid))
      .map(({ pattern, isSeldomSaid }) => {
        const said = isSeldomSaid ? sql`c.id in (${conversationsSaying(pattern)} limit ${FEW})` : isSaidIn(pattern);
        return sql`(c.search_text like ${pattern} or ${isCustomerNamed(sql`c.id`, pattern)} or ${said})`;
      }),
  };
}

/** Of an entry `e`, for each word of a search: it, or its conversation's name, has it. */
export async function entriesWith(db: Kysely<DB>, search: string): Promise<Conditions> {
  const words = await countWords(db, search);
  const seldom = words.filter(({ isSeldomSaid }) => isSeldomSaid);
  // What has all of these says one of them, or is of a conversation whose name has them all.
  const saying = unionAll(seldom.flatMap(({ pattern }) => saidBy([pattern])));
  const named = intersection(seldom.map(({ pattern }) => namedConversations(pattern)));
  const listed = await areListed(db, seldom, named);
  return {
    plain: listed ? [sql`(e.id = any (array(${saying})) or e.conversation_id = any (array(${named})))`] : [],
    judged: listed && words.length === 1 ? [] : words.map((word) => sql`(${isSaidOnce(word)} or ${isNamed(word)})`),
  };
}

/** Of an entry `e`: its text has all the words of a search; undefined for no word. */
export async function entriesSayingAll(db: Kysely<DB>, search: string): Promise<Conditions | undefined> {
  const patterns = searchPatterns(search);
  if (patterns.length === 0) return undefined;
  const listed = (await areFew(db, patterns.map(countable), FEW)).includes(true);
  return {
    plain: listed ? [sql`e.id = any (array(${entriesSaying(patterns)}))`] : [],
    judged: listed ? [] : [says(patterns)],
  };
}

/** A word, and whether so few entries say it, or conversations are named so, that they are looked up. */
type Word = { pattern: string; isSeldomSaid: boolean; isSeldomName: boolean };

const FEW = 2_000;

async function countWords(db: Kysely<DB>, search: string): Promise<Word[]> {
  const patterns = searchPatterns(search);
  const few = await areFew(
    db,
    patterns.flatMap((pattern) => [countable(pattern), namedBy(pattern)]),
    FEW,
  );
  return patterns.map((pattern, index) => ({
    pattern,
    isSeldomSaid: few[2 * index] === true,
    isSeldomName: few[2 * index + 1] === true,
  }));
}

/** The index is of three letters at a time. A shorter word is looked for in all texts, until that takes too long. */
function countable(pattern: string): RawBuilder<unknown>[] {
  if (/[\p{L}\p{N}]{3}/u.test(pattern)) return saidBy([pattern]);
  return saidBy([pattern], sql`clock_timestamp() > statement_timestamp() + interval '600 milliseconds'`);
}

/** Whether what these words find together is so little that a list of it begins there. */
async function areListed(db: Kysely<DB>, words: Word[], found: RawBuilder<unknown>): Promise<boolean> {
  if (words.some(({ isSeldomName }) => isSeldomName)) return true;
  if (words.length < 2) return false;
  const [few = false] = await areFew(db, [[found]], FEW);
  return few;
}

/** The ids of the entries whose text matches all the patterns, indexed or not yet. */
function entriesSaying(patterns: readonly string[]): RawBuilder<unknown> {
  return unionAll(saidBy(patterns));
}

function saidBy(patterns: readonly string[], orElse = sql`false`): RawBuilder<unknown>[] {
  const matches = allOf(patterns.map((pattern) => sql`search_text like ${pattern}`));
  return [
    sql`select entry_id from entry_search where (${matches}) or ${orElse}`,
    sql`select entry_id from entry_search_queue where (${matches}) or ${orElse}`,
  ];
}

function conversationsSaying(pattern: string): RawBuilder<unknown> {
  return sql`select conversation_id from comms_entry where id = any (array(${entriesSaying([pattern])}))`;
}

/** The conversations whose names and numbers match, or whose customer does. */
function namedConversations(pattern: string): RawBuilder<unknown> {
  return unionAll(namedBy(pattern));
}

function namedBy(pattern: string): RawBuilder<unknown>[] {
  return [
    sql`select conversation_id from conversation_search where search_text like ${pattern}`,
    sql`select id from customer where search_text like ${pattern}`,
  ];
}

function isNamed({ pattern, isSeldomName }: Word): RawBuilder<unknown> {
  if (isSeldomName) return sql`e.conversation_id in (${namedConversations(pattern)})`;
  const id = sql`e.conversation_id`;
  return sql`(select n.search_text like ${pattern} from conversation n where n.id = ${id})
    or ${isCustomerNamed(id, pattern)}`;
}

function isCustomerNamed(id: RawBuilder<unknown>, pattern: string): RawBuilder<unknown> {
  return sql`(select n.search_text like ${pattern} from customer n where n.id = ${id})`;
}

function isSaidOnce({ pattern, isSeldomSaid }: Word): RawBuilder<unknown> {
  return isSeldomSaid ? sql`e.id in (${entriesSaying([pattern])} limit ${FEW})` : says([pattern]);
}

function says(patterns: readonly string[]): RawBuilder<unknown> {
  return sql`coalesce(
    (select s.search_text like all (${patterns}) from entry_search s where s.entry_id = e.id),
    (select s.search_text like all (${patterns}) from entry_search_queue s where s.entry_id = e.id))`;
}

function isSaidIn(pattern: string): RawBuilder<unknown> {
  return sql`((select true from comms_entry e join entry_search s on s.entry_id = e.id
      where e.conversation_id = c.id and s.search_text like ${pattern} limit 1)
    or (select true from comms_entry e join entry_search_queue s on s.entry_id = e.id
      where e.conversation_id = c.id and s.search_text like ${pattern} limit 1))`;
}

function unionAll(queries: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(queries, sql` union all `);
}

function intersection(queries: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(
    queries.map((query) => sql`(${query})`),
    sql` intersect `,
  );
}
