import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { type CommsDirection, type CommsType, type Entry, entryColumns } from './entry.ts';
import { type Page, type PageRequest, readCursor, toPage } from './page.ts';
import { areFewUnread } from './read-marks.ts';
import { entriesSayingAll, entriesWith } from './search.ts';
import { type Conditions, foundOf, type List, walk } from './walk.ts';

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
  const conditions = await inboxConditions(db, filter, readerId);
  if (request.after !== undefined) conditions.plain.push(sql`e.id < ${readCursor(request.after, 0)[0]}`);
  const { entries, next, position } = await readEntries(db, conditions, asLogged, request.first + 1);
  return toPage(request, entries, position, (entry) => [entry.id], next && [next.id + 1]);
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
  const { entries, position } = await readEntries(db, { plain: conditions, judged: [] }, order, request.first + 1);
  return toPage(request, entries, position, (entry) => [entry.occurredAt.getTime(), entry.id]);
}

/** The entries with these ids, in any order. */
export async function entriesByIds(db: Kysely<DB>, ids: readonly number[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`select ${columns} from comms_entry e where e.id = any (${ids})`.execute(
    db.withoutPlugins(),
  );
  return rows;
}

/** The entries that are these messages of WhatsApp's, in any order. */
export async function entriesByMessageIds(db: Kysely<DB>, extMessageIds: readonly string[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select ${columns} from comms_entry e where e.ext_message_id = any (${extMessageIds})`.execute(db.withoutPlugins());
  return rows;
}

/** The newest entry of each of these conversations whose text has all the words of a search, where that is soon found. */
export async function newestMatches(
  db: Kysely<DB>,
  search: string,
  conversationIds: readonly string[],
): Promise<Entry[]> {
  if (conversationIds.length === 0) return [];
  const conditions = await entriesSayingAll(db, search);
  if (!conditions) return [];
  conditions.plain.push(sql`e.conversation_id = c.id`);
  const { rows } = await sql<Entry>`
    select ${columns} from unnest(${conversationIds}::text[]) c (id)
    cross join lateral (${walk(logBy(asLogged), conditions, 1)}) e where e.matches`.execute(db.withoutPlugins());
  return rows;
}

/** What a row of the log is asked for by, whatever list it stands in. */
export function entryConditions({ type, direction }: Pick<InboxFilter, 'type' | 'direction'>): RawBuilder<unknown>[] {
  return [...(type ? [sql`e.type = ${type}`] : []), ...(direction ? [sql`e.direction = ${direction}`] : [])];
}

async function inboxConditions(db: Kysely<DB>, filter: InboxFilter, readerId: string): Promise<Conditions> {
  const { plain, judged } = await entriesWith(db, filter.search ?? '');
  plain.push(...entryConditions({ type: filter.type }));
  judged.push(...entryConditions({ direction: filter.direction }));
  if (filter.unknownOnly) judged.push(sql`e.conversation_id like 'unknown:%'`);
  if (filter.unreadOnly) {
    if (await areFewUnread(db, readerId)) plain.push(sql`e.id = any (array(${unreadEntries(readerId)}))`);
    else judged.push(isUnreadBy(readerId));
  }
  if (filter.unansweredOnly) {
    plain.push(sql`e.conversation_id in (
      select c.id from conversation c where c.moved_to is null and c.unanswered)`);
  }
  if (filter.failedOnly) plain.push(sql`e.failed_at is not null and e.status = 'FAILED' and e.discarded_at is null`);
  return { plain, judged };
}

/** The entries that somebody has not read. */
function unreadEntries(readerId: string): RawBuilder<unknown> {
  return sql`
    select u.id from read_mark m cross join lateral (
      select u.id from comms_entry u
      where u.conversation_id = m.conversation_id and u.direction = 'INBOUND' and u.id > m.up_to_entry_id offset 0
    ) u
    where m.staff_id = ${readerId} and m.behind`;
}

/** Of an entry `e`: somebody has not read it. */
function isUnreadBy(readerId: string): RawBuilder<unknown> {
  return sql`e.direction = 'INBOUND' and e.id > (
    select m.up_to_entry_id from read_mark m
    where m.staff_id = ${readerId} and m.conversation_id = e.conversation_id)`;
}

const columns = sql.raw(entryColumns);

/**
 * Entries and the position up to which they are whole, with what is settled of them, by one statement. None is newer
 * than that: the feed tells those. `next`: the one at which the time was up.
 */
async function readEntries(
  db: Kysely<DB>,
  conditions: Conditions,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<{ entries: Entry[]; next: Entry | undefined; position: number }> {
  conditions.plain.push(sql`e.id <= head.position`);
  const { rows } = await sql<Entry & { headPosition: number; matches: boolean | null }>`
    select head.position as "headPosition", ${columns}, e.matches from settled_head head
    left join lateral (${walk(logBy(order), conditions, limit)}) e on true order by ${order}`.execute(
    db.withoutPlugins(),
  );
  const { found, next } = foundOf(rows.filter((row) => row.id !== null));
  return { entries: found, next, position: rows[0]?.headPosition ?? 0 };
}

const asLogged = sql`e.id desc`;

const logBy = (order: RawBuilder<unknown>): List => ({ table: 'comms_entry', alias: 'e', order });
