import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';
import { phoneKey } from './phone-number.ts';
import { searchText } from './search-text.ts';
import { isStorable } from './storable-text.ts';

/** Somebody on WhatsApp whom nobody knew, until they were given to a customer. */
export type LinkedSender = {
  customerId: string;
  /** The `unknown:…` that they were. */
  conversationId: string;
  name: string | null;
  phone: string | null;
  linkedAt: Date;
  linkedBy: string | null;
};

/** Who was given to these customers: of each the last first. */
export async function linkedSenders(db: Kysely<DB>, customerIds: readonly string[]): Promise<LinkedSender[]> {
  const { rows } = await sql<LinkedSender>`
    select l.customer_id, l.unknown_id as conversation_id, s.profile_name as name, s.phone, l.linked_at, l.linked_by
    from sender_link l join sender s on s.unknown_id = l.unknown_id
    where l.customer_id = any (${customerIds}) order by l.linked_at desc, s.id desc`.execute(db);
  return rows;
}

/** Gives an unknown sender's history to a customer. Nothing happens where it has a customer already. */
export async function linkConversation(
  db: Kysely<DB>,
  unknownId: string,
  customerId: string,
  staffId: string,
): Promise<void> {
  await sql`select link_conversation(${unknownId}, ${customerId}, ${staffId})`.execute(db);
}

/**
 * Takes a link back: what the sender and staff said to each other is unknown again. A customer who was made by the
 * link, and has nothing else, is removed. False where nobody of this id is linked.
 */
export async function unlinkConversation(db: Kysely<DB>, unknownId: string): Promise<boolean> {
  if (!isStorable(unknownId)) return false;
  const { rows: spoken } = await sql<{ isTheirs: boolean; goesTo: string | null; phone: string; senderName: string }>`
    select distinct e.sender_id is not distinct from s.id as is_theirs,
      case when e.sender_id is null and e.direction = 'OUTBOUND' then e.phone end as goes_to, e.phone, e.sender_name
    from sender_link l join sender s on s.unknown_id = l.unknown_id
    join comms_entry e on e.conversation_id = l.customer_id
    where l.unknown_id = ${unknownId} and (e.phone is not null or e.sender_name is not null)`.execute(db);
  const { rows: identifiers } = await sql<{ identifier: string }>`
    select i.identifier from sender s join sender_identifier i on i.sender_id = s.id
    where s.unknown_id = ${unknownId}`.execute(db);

  const keys = new Set(identifiers.map(({ identifier }) => identifier));
  const isToThem = (phone: string | null) => phone !== null && keys.has(`phone:${phoneKey(phone)}`);
  const phones = new Set(spoken.flatMap(({ goesTo }) => (goesTo !== null && isToThem(goesTo) ? [goesTo] : [])));
  const [theirs, others] = [true, false].map((wanted) =>
    searchNames(spoken.filter(({ isTheirs, goesTo }) => (isTheirs || isToThem(goesTo)) === wanted)),
  );
  const { rows } = await sql<{ unlinked: boolean }>`
    select unlink_conversation(${unknownId}, ${[...phones]}, ${theirs}, ${others}) as unlinked`.execute(db);
  return rows[0]?.unlinked === true;
}

/** What a conversation is found by: the names and numbers in it. */
function searchNames(spoken: { senderName: string | null; phone: string | null }[]): string {
  return [...new Set(spoken.map(({ senderName, phone }) => searchText(senderName, phone)))].join(' ').slice(0, 1000);
}
