import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { areFew } from './few.ts';
import { searchPatterns } from './search-text.ts';

/** Of a conversation `c`, for each word of a search: it, its customer or one of its entries has it. */
export function conversationsWith(db: Kysely<DB>, search: string): Promise<RawBuilder<unknown>[]> {
  return forEachWord(db, search, {
    few: (pattern) => sql`c.id = any (array(
      ${namedConversations(pattern)}
      union all select conversation_id from comms_entry where id in (${entriesSaying([pattern])})))`,
    many: (pattern) => sql`(${isNamed(sql`c.id`, pattern)}
      or (select true from comms_entry e join entry_search s on s.entry_id = e.id
        where e.conversation_id = c.id and s.search_text like ${pattern} limit 1)
      or (select true from comms_entry e join entry_search_queue s on s.entry_id = e.id
        where e.conversation_id = c.id and s.search_text like ${pattern} limit 1))`,
  });
}

/** Of an entry `e`, for each word of a search: it, or its conversation's name, has it. */
export function entriesWith(db: Kysely<DB>, search: string): Promise<RawBuilder<unknown>[]> {
  return forEachWord(db, search, {
    few: (pattern) => sql`(e.id = any (array(${entriesSaying([pattern])}))
      or e.conversation_id = any (array(${namedConversations(pattern)})))`,
    many: (pattern) => sql`(${isNamed(sql`e.conversation_id`, pattern)}
      or (select s.search_text like ${pattern} from entry_search s where s.entry_id = e.id)
      or (select s.search_text like ${pattern} from entry_search_queue s where s.entry_id = e.id))`,
  });
}

/** The ids of the entries whose text matches all the patterns, indexed or not yet. */
export function entriesSaying(patterns: readonly string[]): RawBuilder<unknown> {
  return unionAll(indexedAndQueued(patterns));
}

/** Whether at most so many entries' texts match all the patterns. */
export async function areFewSaying(db: Kysely<DB>, patterns: readonly string[]): Promise<boolean> {
  const [few = false] = await areFew(db, [indexedAndQueued(patterns)], FEW);
  return few;
}

function indexedAndQueued(patterns: readonly string[]): RawBuilder<unknown>[] {
  const says = sql.join(
    patterns.map((pattern) => sql`search_text like ${pattern}`),
    sql` and `,
  );
  return [
    sql`select entry_id from entry_search where ${says}`,
    sql`select entry_id from entry_search_queue where ${says}`,
  ];
}

const FEW = 2_000;

type ByCount = Record<'few' | 'many', (pattern: string) => RawBuilder<unknown>>;

async function forEachWord(db: Kysely<DB>, search: string, conditions: ByCount): Promise<RawBuilder<unknown>[]> {
  const patterns = searchPatterns(search);
  const found = patterns.map((pattern) => [...conversationsAndCustomers(pattern), ...indexedAndQueued([pattern])]);
  const few = await areFew(db, found, FEW);
  return patterns.map((pattern, index) => conditions[few[index] ? 'few' : 'many'](pattern));
}

/** The conversations whose names and numbers match, or whose customer does. */
function namedConversations(pattern: string): RawBuilder<unknown> {
  return unionAll(conversationsAndCustomers(pattern));
}

function conversationsAndCustomers(pattern: string): RawBuilder<unknown>[] {
  return [
    sql`select conversation_id from conversation_search where search_text like ${pattern}`,
    sql`select id from customer where search_text like ${pattern}`,
  ];
}

function unionAll(queries: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(queries, sql` union all `);
}

function isNamed(id: RawBuilder<unknown>, pattern: string): RawBuilder<unknown> {
  return sql`(select n.search_text like ${pattern} from conversation n where n.id = ${id})
    or (select n.search_text like ${pattern} from customer n where n.id = ${id})`;
}
