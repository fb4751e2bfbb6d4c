import { expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { counts, markRead, newestId } from './harness/day-work.ts';
import { inbox } from './harness/feed.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import type { TestStaff } from './harness/staff.ts';
import { test } from './harness/test.ts';

/** More than what the lists look up one by one. */
const MANY = 2_100;

test('filters and searches find the same among many as among few', async ({ server, staff }) => {
  const known = freshNumber();
  const customer = await customerWith(staff, 'Rosa Plenty', `+${known}`);
  await deliver(server, text(known, 'plenty, and a quince'));
  const numbers = Array.from({ length: MANY }, freshNumber);
  for (let start = 0; start < MANY; start += 300) {
    await deliver(server, ...numbers.slice(start, start + 300).map((from) => text(from, 'plenty', { name: 'Plenty' })));
  }
  const newestFirst = [...numbers.toReversed().map((number) => `unknown:${number}`), customer.id];

  expect(await counts(staff)).toMatchObject({
    all: 1_000,
    unread: 1_000,
    unanswered: 1_000,
    unknown: 1_000,
    failed: 0,
  });
  expect((await counts(staff)).types[0]).toEqual({ type: 'WHATSAPP', count: 1_000 });
  for (const filter of [
    { unreadOnly: true },
    { type: 'WHATSAPP' },
    { search: 'plenty' },
    { search: 'PLEN', unreadOnly: true },
  ]) {
    const found = await everyPage(staff, filter);
    expect(
      found.map(({ id }) => id),
      JSON.stringify(filter),
    ).toEqual(newestFirst);
    const isSearch = 'search' in filter;
    expect(found.at(-1)?.match).toEqual(isSearch ? 'plenty, and a quince' : undefined);
  }
  // A rare word and a common one, a name and a word.
  for (const search of ['quince plenty', 'rosa quince', 'rosa plenty']) {
    expect(await everyPage(staff, { search })).toMatchObject([{ id: customer.id }]);
    expect((await inbox(staff, { search })).map(({ body }) => body)).toEqual(['plenty, and a quince']);
  }
  expect(await everyPage(staff, { type: 'NOTE' })).toEqual([]);

  expect((await inbox(staff, { unreadOnly: true }, 3)).map(({ customerId }) => customerId)).toEqual(
    newestFirst.slice(0, 3),
  );
  expect((await inbox(staff, { search: 'plenty' }, 3)).map(({ customerId }) => customerId)).toEqual(
    newestFirst.slice(0, 3),
  );
  const [newest = '', second] = newestFirst;
  await markRead(staff, newest, await newestId(staff, newest));
  expect((await everyPage(staff, { unreadOnly: true }))[0]?.id).toBe(second);
  expect((await inbox(staff, { unreadOnly: true }, 1))[0]?.customerId).toBe(second);
});

interface Found {
  id: string;
  match: string | undefined;
}

async function everyPage(staff: TestStaff, filter: Record<string, unknown>): Promise<Found[]> {
  const found: Found[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { conversations }: { conversations: Page } = await staff.ask(PAGE, { filter, after });
    found.push(...conversations.edges.map(({ node, match }) => ({ id: node.id, match: match?.body })));
    ({ endCursor: after, hasNextPage: more } = conversations.pageInfo);
  }
  return found;
}

interface Page {
  edges: { node: { id: string }; match: { body: string } | null }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const PAGE = /* GraphQL */ `
  query Page($filter: InboxFilter, $after: String) {
    conversations(filter: $filter, first: 200, after: $after) {
      edges { node { id } match { body } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
