import type pg from 'pg';

/** A list as the page asks for it. `variables`: so many different ones. */
export type ListCase = {
  name: string;
  query: string;
  variables(client: pg.Client, count: number): Promise<object[]>;
};

const ENTRY = `fragment Entry on CommsEntry {
  id revision customerId customer { id revision name organization } type direction body status extMessageId phone
  senderName occurredAt loggedAt author { id name email role } idempotencyKey
  failure { code message next details retryable } statusTimes { sent delivered read failed }
}`;

const INBOX = `query Log($filter: InboxFilter, $after: String) {
  inbox(filter: $filter, first: 50, after: $after) { nodes { ...Entry } pageInfo { hasNextPage endCursor } position }
} ${ENTRY}`;

const CUSTOMER_COMMS = `query CommsPage($customerId: ID!, $after: String) {
  customerComms(customerId: $customerId, first: 50, after: $after) {
    nodes { ...Entry } pageInfo { hasNextPage endCursor } position
  }
} ${ENTRY}`;

const CONVERSATIONS = `query ConversationList($filter: InboxFilter, $after: String) {
  conversations(filter: $filter, first: 50, after: $after) {
    edges {
      node {
        id revision name phone lastActivityAt unanswered failed inboundCount unreadCount readUpToEntryId readRevision
        customer { id revision } lastEntry { id revision type direction body status author { id name } }
      }
      match { id revision type direction body status author { id name } }
    }
    pageInfo { hasNextPage endCursor }
    position
  }
}`;

const CUSTOMERS = `query CustomerList($search: String, $after: String) {
  customers(search: $search, first: 50, after: $after) {
    nodes { id revision name organization contacts { id type value display label } } pageInfo { hasNextPage endCursor }
  }
}`;

const same = (variables: object) => async () => [variables];
const words = (given: string[]) => async () => given.map((search) => ({ filter: { search } }));
const absent = async (_: pg.Client, count: number) =>
  Array.from({ length: count }, (_each, index) => ({ filter: { search: `zeppelin${index}` } }));

const COMMON = ['order', 'παραγγελία', 'yes please', 'good morning', 'ευχαριστώ'];
/** No message has both. */
const TWO_COMMON = ['order παραγγελία', 'good today', 'please arrived'];

export const LISTS: ListCase[] = [
  { name: 'inbox', query: INBOX, variables: same({}) },
  { name: 'inbox, deep', query: INBOX, variables: halfwayDown },
  { name: 'inbox, unread', query: INBOX, variables: same({ filter: { unreadOnly: true } }) },
  { name: 'inbox, of a type', query: INBOX, variables: same({ filter: { type: 'NOTE' } }) },
  { name: 'inbox, a common word', query: INBOX, variables: words(COMMON) },
  { name: 'inbox, two common words', query: INBOX, variables: words(TWO_COMMON) },
  { name: 'inbox, a rare word', query: INBOX, variables: rareWords },
  { name: 'inbox, an absent word', query: INBOX, variables: absent },
  { name: 'customerComms', query: CUSTOMER_COMMS, variables: customersWhoWrite },
  { name: 'customerComms, deep', query: CUSTOMER_COMMS, variables: halfwayDownTheirs },
  { name: 'conversations', query: CONVERSATIONS, variables: same({}) },
  { name: 'conversations, deep', query: CONVERSATIONS, variables: halfwayDownConversations },
  { name: 'conversations, unread', query: CONVERSATIONS, variables: same({ filter: { unreadOnly: true } }) },
  { name: 'conversations, unknown', query: CONVERSATIONS, variables: same({ filter: { unknownOnly: true } }) },
  { name: 'conversations, a common word', query: CONVERSATIONS, variables: words(COMMON) },
  { name: 'conversations, two common words', query: CONVERSATIONS, variables: words(TWO_COMMON) },
  { name: 'conversations, a rare word', query: CONVERSATIONS, variables: rareWords },
  { name: 'conversations, an absent word', query: CONVERSATIONS, variables: absent },
  { name: 'conversations, a name', query: CONVERSATIONS, variables: words(['maria badakis', 'nikos', 'eleni soudis']) },
  { name: 'customers', query: CUSTOMERS, variables: same({}) },
  {
    name: 'customers, a name',
    query: CUSTOMERS,
    variables: async () => ['maria badakis', 'nikos', 'eleni soudis', 'nobody at all'].map((search) => ({ search })),
  },
];

async function halfwayDown(client: pg.Client, count: number): Promise<object[]> {
  const { rows } = await client.query<{ newest: string }>('select max(id) as newest from comms_entry');
  const half = Math.round(Number(rows[0]?.newest) / 2);
  return Array.from({ length: count }, (_, index) => ({ after: cursor(half + index * 100) }));
}

/** Of numbers that stand in one entry each. */
async function rareWords(client: pg.Client, count: number): Promise<object[]> {
  const { rows } = await client.query<{ number: string }>(
    `select substring(body from 'no\\. (\\d+)') as number from comms_entry, feed_head
    where id > position / 3 and body like '% no. %' limit $1`,
    [count],
  );
  return rows.map(({ number }) => ({ filter: { search: number } }));
}

/** Who writes much among them as often as among the messages. */
async function customersWhoWrite(client: pg.Client, count: number): Promise<object[]> {
  const { rows } = await client.query<{ id: string }>(
    `select conversation_id as id from comms_entry
    where id in (select position * n / ($1::int + 1) from feed_head, generate_series(1, $1) n)`,
    [count],
  );
  return rows.map(({ id }) => ({ customerId: id }));
}

async function halfwayDownTheirs(client: pg.Client, count: number): Promise<object[]> {
  const { rows } = await client.query<{ id: string; occurredAt: Date; entry: string }>(
    `select c.id, e.occurred_at as "occurredAt", e.id as entry
    from (select id, inbound_count from conversation order by inbound_count desc limit $1) c
    cross join lateral (
      select id, occurred_at from comms_entry where conversation_id = c.id
      order by occurred_at desc, id desc offset c.inbound_count / 2 limit 1) e`,
    [count],
  );
  return rows.map(({ id, occurredAt, entry }) => ({
    customerId: id,
    after: cursor(occurredAt.getTime(), Number(entry)),
  }));
}

async function halfwayDownConversations(client: pg.Client, count: number): Promise<object[]> {
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select id, last_activity_at as at from conversation
    order by last_activity_at desc, id desc offset (select count(*) / 2 from conversation) limit $1`,
    [count],
  );
  return rows.map(({ id, at }) => ({ after: cursor(at.getTime(), id) }));
}

/** As the server writes them. */
function cursor(...keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}
