import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { areFew } from './few.ts';

/** How far somebody has read a conversation. */
export type ReadMark = { conversationId: string; revision: number; upToEntryId: number; readCount: number };

/** Somebody's marks in these conversations, in any order. */
export async function readMarks(db: Kysely<DB>, readerId: string, ids: readonly string[]): Promise<ReadMark[]> {
  const { rows } = await sql<ReadMark>`
    select m.conversation_id, m.revision, m.up_to_entry_id, m.read_count
    from read_mark m join conversation c on c.id = m.conversation_id and c.moved_to is null
    where m.staff_id = ${readerId} and m.conversation_id = any (${ids})`.execute(db);
  return rows;
}

/**
 * Moves somebody's mark forward, never back, up to and with an entry, and answers up to which: undefined where the entry
 * is not in the conversation (any more). Who names the conversation by an id from before it became this one may not have
 * seen what else is in it, so of that nothing is passed over that is unread.
 */
export async function markRead(
  db: Kysely<DB>,
  readerId: string,
  conversationId: string,
  upToEntryId: number,
  namedAs = conversationId,
): Promise<number | undefined> {
  const { rows } = await sql<{ upTo: number }>`
    select up_to, mark_read(${readerId}, ${conversationId}, up_to) from (
      select least(e.id, (
        select min(unread.id) - 1 from comms_entry unread
        left join sender on sender.id = unread.sender_id
        left join read_mark m on m.staff_id = ${readerId} and m.conversation_id = unread.conversation_id
        where unread.conversation_id = e.conversation_id and e.conversation_id <> ${namedAs}
          and unread.direction = 'INBOUND' and unread.id > coalesce(m.up_to_entry_id, 0)
          and sender.unknown_id is distinct from ${namedAs}
      )) as up_to
      from comms_entry e where e.id = ${upToEntryId} and e.conversation_id = ${conversationId}
    ) seen`.execute(db);
  return rows[0]?.upTo;
}

/** WhatsApp's ids of what nobody has told it yet was read, which the caller does: of each who wrote, the newest. */
export async function takeUntoldReads(
  db: Kysely<DB>,
  conversationId: string,
  upToEntryId: number,
  businessNumberId: string,
): Promise<string[]> {
  const { rows } = await sql<{ wamid: string }>`
    select take_untold_reads(${conversationId}, ${upToEntryId}, ${businessNumberId}) as wamid`.execute(db);
  return rows.map(({ wamid }) => wamid);
}

/** Moves somebody's mark on over an entry that they logged, where that is all that they have not read. */
export async function markOwnRead(db: Kysely<DB>, readerId: string, entryId: number): Promise<void> {
  await sql`select mark_own_read(${readerId}, ${entryId})`.execute(db);
}

/** Moves somebody's mark back to before the newest inbound entry, if it covers that. */
export async function markUnread(db: Kysely<DB>, readerId: string, conversationId: string): Promise<void> {
  await sql`select mark_unread(${readerId}, ${conversationId})`.execute(db);
}

/** The conversations that somebody has not read to the end. */
export function unreadBy(readerId: string): RawBuilder<unknown> {
  return sql`select m.conversation_id from read_mark m where m.staff_id = ${readerId} and m.behind`;
}

/** Whether somebody has so little to read that a list of it begins there. */
export async function areFewUnread(db: Kysely<DB>, readerId: string): Promise<boolean> {
  const [few] = await areFew(db, [[unreadBy(readerId)]], 1_000);
  return few === true;
}
