import DataLoader from 'dataloader';
import { type Staff, staffByIds } from '../auth/staff.ts';
import type { Session } from '../auth/staff-sessions.ts';
import { type Conversation, conversationsByIds } from '../comms/conversations.ts';
import { type Customer, customersByIds } from '../comms/customers.ts';
import type { Entry } from '../comms/entry.ts';
import { entriesByIds, entriesByMessageIds } from '../comms/inbox.ts';
import { type LinkedSender, linkedSenders } from '../comms/linked-senders.ts';
import { type NumberDoubt, numberDoubts } from '../comms/number-doubts.ts';
import { type ReadMark, readMarks } from '../comms/read-marks.ts';
import { settle } from '../comms/settling.ts';
import { isStorable } from '../comms/storable-text.ts';
import type { AppContext } from '../context.ts';

/** What a field may go by that is the same for everybody, as all of a subscription is. */
export type SharedContext = {
  app: AppContext;
  entries: DataLoader<number, Entry | null>;
  /** By WhatsApp's id of the message. */
  messages: DataLoader<string, Entry | null>;
  conversations: DataLoader<string, Conversation | null>;
  customers: DataLoader<string, Customer | null>;
  /** By the customer's id. */
  linkedSenders: DataLoader<string, LinkedSender[]>;
  numberDoubts: DataLoader<string, NumberDoubt[]>;
  staff: DataLoader<string, Staff | null>;
};

/** What a field may go by where one person asks. */
export type PersonalContext = SharedContext & {
  session: Session;
  readMarks: DataLoader<string, ReadMark | null>;
};

/** For one execution: what it loads, it loads once. */
export function sharedContext(app: AppContext): SharedContext {
  const db = app.database.kysely;
  const window = { businessNumberId: app.config.whatsapp.phoneNumberId };
  return {
    app,
    entries: loader(
      (ids: readonly number[]) => entriesByIds(db, ids),
      (entry) => entry.id,
    ),
    messages: loader(
      (ids: readonly string[]) => entriesByMessageIds(db, ids),
      (entry) => entry.extMessageId ?? '',
    ),
    conversations: loader(
      async (ids: readonly string[]) => {
        await settle(app.database);
        return conversationsByIds(db, ids, window);
      },
      (found) => found.id,
    ),
    customers: loader(
      (ids: readonly string[]) => customersByIds(db, ids),
      (customer) => customer.id,
    ),
    linkedSenders: listLoader(
      (ids) => linkedSenders(db, ids),
      (linked) => linked.customerId,
    ),
    numberDoubts: listLoader(
      (ids) => numberDoubts(db, ids),
      (doubt) => doubt.customerId,
    ),
    staff: loader(
      (ids: readonly string[]) => staffByIds(db, ids),
      (staff) => staff.id,
    ),
  };
}

export function personalContext(app: AppContext, session: Session): PersonalContext {
  return {
    ...sharedContext(app),
    session,
    readMarks: loader(
      (ids: readonly string[]) => readMarks(app.database.kysely, session.staff.id, ids),
      (mark) => mark.conversationId,
    ),
  };
}

function loader<Key, Row>(read: (keys: readonly Key[]) => Promise<Row[]>, keyOf: (row: Row) => Key) {
  return new DataLoader<Key, Row | null>(async (keys) => {
    const askable = keys.filter((key) => typeof key !== 'string' || isStorable(key));
    const rows = new Map((await read(askable)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

function listLoader<Row>(read: (keys: readonly string[]) => Promise<Row[]>, keyOf: (row: Row) => string) {
  return new DataLoader<string, Row[]>(async (keys) => {
    const rows = Map.groupBy(await read(keys), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  });
}
