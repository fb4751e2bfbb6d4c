import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { type CommsDirection, type CommsType, ENTRY_COLUMNS, type Entry } from './entry.ts';
import { type Page, type PageRequest, readCursor, toPage } from './page.ts';
import { areFewUnread } from './read-marks.ts';
import { areFewSaying, entriesSaying, entriesWith } from './search.ts';
import { searchPatterns } from './search-text.ts';

export type InboxFilter = {
  type?: CommsType | null | undefined;
  direction?: CommsDirection | null | undefined;
  unknownOnly?: boolean | null | undefined;
  unreadOnly?: boolean | null | undefined;
  unansweredOnly?: boolean | null | undefined;
  failedOnly?: boolean | null | undefined;
  search?: string | null | undefined;
};

/** Everybody's log in the order of logging, newest first. `readerId`: whose read marks `unreadOnly` goes by. */
export async function listInbox(
  db: Kysely<DB>,
  filter: InboxFilter,
  readerId: string,
  request: PageRequest,
): Promise<Page<Entry>> {
  const conditions = entryConditions(filter);
  if (filter.unknownOnly) conditions.push(sql`e.conversation_id like 'unknown:%'`);
  if (filter.unreadOnly) conditions.push(await unreadEntries(db, readerId));
  if (filter.unansweredOnly) {
    conditions.push(sql`e.conversation_id in (
      select c.id from conversation c where c.moved_to is null and c.unanswered)`);
  }
  if (filter.failedOnly) conditions.push(sql`e.failed_at is not null and e.status = 'FAILED'`);
  conditions.push(...(await entriesWith(db, filter.search ?? '')));
  if (request.after !== undefined) conditions.push(sql`e.id < ${readCursor(request.after, 0)[0]}`);
  const { entries, position } = await readEntries(db, conditions, sql`e.id desc`, request.first + 1);
  return toPage(request, entries, position, (entry) => [entry.id]);
}

/** One conversation's log by when things happened, newest first. */
export async function listConversationEntries(
  db: Kysely<DB>,
  conversationId: string,
  type: CommsType | null | undefined,
  request: PageRequest,
): Promise<Page<Entry>> {
  const conditions = [sql`e.conversation_id = ${conversationId}`, ...entryConditions({ type })];
  if (request.after !== undefined) {
    const [occurredAt, id] = readCursor(request.after, 0, 0);
    conditions.push(sql`(e.occurred_at, e.id) < (${new Date(occurredAt)}, ${id})`);
  }
  const order = sql`e.occurred_at desc, e.id desc`;
  const { entries, position } = await readEntries(db, conditions, order, request.first + 1);
  return toPage(request, entries, position, (entry) => [entry.occurredAt.getTime(), entry.id]);
}

/** The entries with these ids, in any order. */
export async function entriesByIds(db: Kysely<DB>, ids: readonly number[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`select ${entryColumns} from comms_entry e where e.id = any (${ids})`.execute(db);
  return rows;
}

/** The newest entry of each of these conversations whose text has all the words of a search. */
export async function newestMatches(
  db: Kysely<DB>,
  search: string,
  conversationIds: readonly string[],
): Promise<Entry[]> {
  const patterns = searchPatterns(search);
  if (patterns.length === 0 || conversationIds.length === 0) return [];
  const matches = (await areFewSaying(db, patterns))
    ? sql`e.id = any (array(${entriesSaying(patterns)}))`
    : sql`coalesce(
        (select s.search_text like all (${patterns}) from entry_search s where s.entry_id = e.id),
        (select s.search_text like all (${patterns}) from entry_search_queue s where s.entry_id = e.id))`;
  const { rows } = await sql<Entry>`
    select e.* from unnest(${conversationIds}::text[]) c (id) cross join lateral (
      select ${entryColumns} from comms_entry e where e.conversation_id = c.id and ${matches}
      order by e.id desc limit 1
    ) e`.execute(db);
  return rows;
}

/** What a row of the log is asked for by, whatever list it stands in. */
export function entryConditions({ type, direction }: Pick<InboxFilter, 'type' | 'direction'>): RawBuilder<unknown>[] {
  return [...(type ? [sql`e.type = ${type}`] : []), ...(direction ? [sql`e.direction = ${direction}`] : [])];
}

/** Of an entry `e`: somebody has not read it. */
async function unreadEntries(db: Kysely<DB>, readerId: string): Promise<RawBuilder<unknown>> {
  return (await areFewUnread(db, readerId))
    ? sql`e.id = any (array(
        select u.id from read_mark m cross join lateral (
          select u.id from comms_entry u
          where u.conversation_id = m.conversation_id and u.direction = 'INBOUND' and u.id > m.up_to_entry_id offset 0
        ) u
        where m.staff_id = ${readerId} and m.behind))`
    : sql`e.direction = 'INBOUND' and e.id > (
        select m.up_to_entry_id from read_mark m
        where m.staff_id = ${readerId} and m.conversation_id = e.conversation_id)`;
}

const entryColumns = sql.raw(ENTRY_COLUMNS.map((column) => `e.${column}`).join(', '));

/** Entries and the position they were read at, by one statement. */
async function readEntries(
  db: Kysely<DB>,
  conditions: RawBuilder<unknown>[],
  order: RawBuilder<unknown>,
  limit: number,
): Promise<{ entries: Entry[]; position: number }> {
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const { rows } = await sql<Entry & { headPosition: number }>`
    select head.position as head_position, e.* from feed_head head
    left join lateral (
      select ${entryColumns} from comms_entry e ${where} order by ${order} limit ${limit}
    ) e on true order by ${order}`.execute(db);
  return { entries: rows.filter((row) => row.id !== null), position: rows[0]?.headPosition ?? 0 };
}
