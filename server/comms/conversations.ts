import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { areFew } from './few.ts';
import { entryConditions, type InboxFilter } from './inbox.ts';
import { type Page, type PageRequest, readCursor, toPage } from './page.ts';
import { displayNumber } from './phone-number.ts';
import { areFewUnread, unreadBy } from './read-marks.ts';
import { conversationsWith } from './search.ts';
import { isStorable } from './storable-text.ts';
import { allOf, type Conditions, foundOf, type List, walk } from './walk.ts';

/** Everything with one customer, or with one sender whom nobody knows. */
export type Conversation = {
  id: string;
  revision: number;
  customerId: string | null;
  customerName: string | null;
  senderName: string | null;
  phone: string | null;
  lastEntryId: number | null;
  lastActivityAt: Date;
  unanswered: boolean;
  failed: boolean;
  inboundCount: number;
  windowClosesAt: Date | null;
};

/** Whose window counts: the business number that the company sends from; without one, any. */
export type WindowOf = { businessNumberId: string | undefined };

export async function listConversations(
  db: Kysely<DB>,
  filter: InboxFilter,
  readerId: string,
  window: WindowOf,
  request: PageRequest,
): Promise<Page<Conversation>> {
  const conditions = await conversationConditions(db, filter, readerId);
  const { plain } = conditions;
  if (request.after !== undefined) {
    const [activityAt, id] = readCursor(request.after, 0, '');
    const at = sql`${new Date(activityAt)}::timestamptz`;
    plain.push(sql`c.activity_slot <= ${at}`);
    plain.push(sql`(c.last_activity_at, c.id) < (${at}, ${id})`);
  }
  const { rows } = await sql<Conversation & { headPosition: number; matches: boolean | null }>`
    select head.position as head_position, ${conversationColumns(window)}, c.matches from settled_head head
    left join lateral (${walk(byActivity, conditions, request.first + 1)}) c on true
    left join customer on customer.id = c.customer_id
    order by ${byActivity.order}`.execute(db);
  const { found, next } = foundOf(rows.filter((row) => row.id !== null));
  const keys = ({ lastActivityAt, id }: Conversation) => [lastActivityAt.getTime(), id];
  // In front of it: behind the next greater text.
  const stop = next && keys({ ...next, id: `${next.id} ` });
  return toPage(request, found, rows[0]?.headPosition ?? 0, keys, stop);
}

/** The conversation that an id stands for: `unknown:…` goes on to the customer whom the history was given to. */
export async function currentConversationId(db: Kysely<DB>, id: string): Promise<string | undefined> {
  if (!isStorable(id)) return undefined;
  const { rows } = await sql<{ id: string | null }>`select current_conversation(${id}) as id`.execute(db);
  return rows[0]?.id ?? undefined;
}

/** Under which ids what belongs to one is logged: its own, and that of the conversation it goes on in. */
export async function logIds(db: Kysely<DB>, id: string): Promise<string[]> {
  const current = await currentConversationId(db, id);
  return current === undefined || current === id ? [id] : [id, current];
}

/** Whether an id is that of a sender whom nobody knows: a number, or Meta's user id. */
export function isUnknownSender(id: string): boolean {
  return /^unknown:[\w.]+$/.test(id);
}

/** The conversations with these ids, in any order; those that were moved are not among them. */
export async function conversationsByIds(
  db: Kysely<DB>,
  ids: readonly string[],
  window: WindowOf,
): Promise<Conversation[]> {
  const { rows } = await sql<Conversation>`
    select ${conversationColumns(window)} from conversation c left join customer on customer.id = c.customer_id
    where c.id = any (${ids}) and c.moved_to is null`.execute(db);
  return rows;
}

/** What the list calls it: the customer, else the WhatsApp profile name, else the number. */
export function conversationName(conversation: Conversation): string {
  const { customerName, senderName, phone, id } = conversation;
  return customerName ?? senderName ?? (phone ? displayNumber(phone) : id.replace(/^unknown:/, ''));
}

/**
 * Notes for everybody that what the customer said needs no answer, or that it does; nothing where they have spoken
 * after that entry.
 */
export async function markAnswered(
  db: Kysely<DB>,
  conversationId: string,
  upToEntryId: number,
  answered: boolean,
): Promise<void> {
  await sql`select mark_answered(${conversationId}, ${upToEntryId}, ${answered})`.execute(db);
}

async function conversationConditions(db: Kysely<DB>, filter: InboxFilter, readerId: string): Promise<Conditions> {
  const conditions = await conversationsWith(db, filter.search ?? '');
  const { plain, judged } = conditions;
  plain.push(sql`c.moved_to is null`);
  if (filter.unknownOnly) plain.push(sql`c.customer_id is null`);
  if (filter.unansweredOnly) plain.push(sql`c.unanswered`);
  if (filter.failedOnly) plain.push(sql`c.failed`);
  if (filter.direction) {
    judged.push(sql`exists (
      select from comms_entry e where e.conversation_id = c.id and ${allOf(entryConditions(filter))})`);
  }
  if (filter.type && !filter.direction) {
    const ofType = sql`select t.conversation_id from conversation_type t where t.type = ${filter.type}`;
    const [few] = await areFew(db, [[ofType]], 2_000);
    if (few) plain.push(sql`c.id = any (array(${ofType}))`);
    else judged.push(sql`(${ofType} and t.conversation_id = c.id) is not null`);
  }
  if (filter.unreadOnly) {
    if (await areFewUnread(db, readerId)) plain.push(sql`c.id = any (array(${unreadBy(readerId)}))`);
    else
      judged.push(sql`(select m.behind from read_mark m where m.staff_id = ${readerId} and m.conversation_id = c.id)`);
  }
  return conditions;
}

const byActivity: List = {
  table: 'conversation',
  alias: 'c',
  order: sql`c.activity_slot desc, c.last_activity_at desc, c.id desc`,
};

function conversationColumns({ businessNumberId }: WindowOf): RawBuilder<unknown> {
  const ours = businessNumberId === undefined ? sql`` : sql`and w.business_number_id = ${businessNumberId}`;
  return sql`
    c.id, c.revision, c.customer_id, customer.name as customer_name, c.sender_name, c.phone, c.last_entry_id,
    c.last_activity_at, c.unanswered, c.failed, c.inbound_count, (
      select max(w.last_message_at) + interval '24 hours' from sender s
      join customer_service_window w on w.sender_id = s.id ${ours}
      where s.conversation_id = c.id
    ) as window_closes_at`;
}
