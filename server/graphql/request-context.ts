import DataLoader from 'dataloader';
import type { Session } from '../auth/auth.ts';
import { type Staff, staffByIds } from '../auth/staff.ts';
import { type Conversation, conversationsByIds, type ReadMark, readMarks } from '../comms/conversations.ts';
import { type Customer, customersByIds } from '../comms/customers.ts';
import type { Entry } from '../comms/entry.ts';
import { entriesByIds } from '../comms/inbox.ts';
import { isStorable } from '../comms/storable-text.ts';
import type { AppContext } from '../context.ts';

/** What a field may go by that is the same for everybody, as all of a subscription is. */
export type SharedContext = {
  app: AppContext;
  entries: DataLoader<number, Entry | undefined>;
  conversations: DataLoader<string, Conversation | undefined>;
  customers: DataLoader<string, Customer | undefined>;
  staff: DataLoader<string, Staff | undefined>;
};

/** What a field may go by where one person asks. */
export type PersonalContext = SharedContext & {
  session: Session;
  readMarks: DataLoader<string, ReadMark | undefined>;
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
    conversations: loader(
      (ids: readonly string[]) => conversationsByIds(db, ids, window),
      (found) => found.id,
    ),
    customers: loader(
      (ids: readonly string[]) => customersByIds(db, ids),
      (customer) => customer.id,
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
  return new DataLoader<Key, Row | undefined>(async (keys) => {
    const askable = keys.filter((key) => typeof key !== 'string' || isStorable(key));
    const rows = new Map((await read(askable)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key));
  });
}
