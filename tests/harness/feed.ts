import type { TestServer } from './server.ts';
import type { TestStaff } from './staff.ts';
import { type Subscriber, subscribe } from './subscriber.ts';

/** The fields that tests of the log look at. */
export const ENTRY = /* GraphQL */ `
  fragment Entry on CommsEntry {
    id revision customerId customer { id name } type direction body status extMessageId phone senderName occurredAt loggedAt businessNumberId
  }
`;

export interface Entry {
  id: string;
  revision: number;
  customerId: string;
  customer: { id: string; name: string } | null;
  type: string;
  direction: string;
  body: string;
  status: string;
  extMessageId: string | null;
  phone: string | null;
  senderName: string | null;
  occurredAt: string;
  loggedAt: string;
  businessNumberId: string | null;
}

export interface Logged {
  position: string;
  change: 'LOGGED' | 'UPDATED';
  entry: Entry;
}

export interface FeedFilter {
  after?: string;
  customerId?: string;
  type?: string;
}

/** Follows the log from `after`, or from where it stands now; what is logged once this returns is seen. */
export async function follow(server: TestServer, staff: TestStaff, filter: FeedFilter = {}): Promise<Feed> {
  const after = filter.after ?? (await feedPosition(staff));
  const subscriber = subscribe<{ commsLogged: Logged }>(server, staff, COMMS_LOGGED, { ...filter, after });
  return {
    start: after,
    closed: subscriber.closed,
    drop: () => subscriber.drop(),
    waiting: () => subscriber.waiting(),
    next: async () => (await subscriber.next()).commsLogged,
    take: async (count) => {
      const taken: Logged[] = [];
      while (taken.length < count) taken.push((await subscriber.next()).commsLogged);
      return taken;
    },
    [Symbol.asyncDispose]: () => subscriber[Symbol.asyncDispose](),
  };
}

export interface Feed extends AsyncDisposable, Pick<Subscriber<unknown>, 'drop' | 'closed' | 'waiting'> {
  /** The position that it began after. */
  start: string;
  next(): Promise<Logged>;
  take(count: number): Promise<Logged[]>;
}

export async function feedPosition(staff: TestStaff): Promise<string> {
  const data = await staff.ask<{ feedPosition: string }>('query Position { feedPosition }');
  return data.feedPosition;
}

export const COMMS_LOGGED = /* GraphQL */ `
  subscription Logged($after: String, $customerId: ID, $type: CommsType) {
    commsLogged(after: $after, customerId: $customerId, type: $type) {
      position
      change
      entry { ...Entry }
    }
  }
  ${ENTRY}
`;

/** The newest entries of everybody's log. */
export async function inbox(staff: TestStaff, filter: Record<string, unknown> = {}, first = 50): Promise<Entry[]> {
  const data = await staff.ask<{ inbox: { nodes: Entry[] } }>(
    `query Inbox($filter: InboxFilter, $first: Int) { inbox(filter: $filter, first: $first) { nodes { ...Entry } } } ${ENTRY}`,
    { filter, first },
  );
  return data.inbox.nodes;
}

/** One customer's or unknown sender's log. */
export async function commsOf(staff: TestStaff, customerId: string): Promise<Entry[]> {
  const data = await staff.ask<{ customerComms: { nodes: Entry[] } }>(
    `query Comms($id: ID!) { customerComms(customerId: $id) { nodes { ...Entry } } } ${ENTRY}`,
    { id: customerId },
  );
  return data.customerComms.nodes;
}
