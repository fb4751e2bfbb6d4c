import { expect } from 'vitest';
import { openScreen, browserTest as test } from '../harness/browser.ts';
import { customerWith } from '../harness/customers.ts';
import { query } from '../harness/database.ts';
import { deliver, freshNumber, text } from '../harness/meta.ts';
import { startServer } from '../harness/server.ts';
import { signIn, type TestStaff } from '../harness/staff.ts';

/** More than what a search looks up one by one. */
const MANY = 2_100;

test('a search that takes long ends its page where it has come to, and looks further back when one asks', async ({
  server,
  databaseUrl,
  staff,
  browser,
}) => {
  const plenty = Array.from({ length: MANY }, (_, index) => text(freshNumber(), `plenty ${index}`, { name: 'Plenty' }));
  for (let sent = 0; sent < MANY; sent += 300) await deliver(server, ...plenty.slice(sent, sent + 300));
  for (const name of ['Slow Anna', 'Slow Bertha', 'Slow Clara']) {
    const number = freshNumber();
    await customerWith(staff, name, `+${number}`);
    await deliver(server, text(number, 'something else'));
  }
  await query(databaseUrl, SLOW);
  await using slow = await startServer({ databaseUrl });
  const asked = await signIn(slow);

  for (const list of ['conversations', 'inbox'] as const) {
    const began = performance.now();
    const first = await pageOf(asked, list);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(first).toEqual({ edges: [], pageInfo: { hasNextPage: true, endCursor: expect.any(String) } });
    const second = await pageOf(asked, list, first.pageInfo.endCursor);
    expect(second.edges[0]?.node).toEqual(list === 'inbox' ? { body: `plenty ${MANY - 1}` } : { name: 'Plenty' });
  }

  const screen = await openScreen(browser, slow);
  for (const address of ['/inbox?q=plenty', '/log?q=plenty']) {
    const page = await screen.open(address);
    await page.getByRole('heading', { name: 'Nothing found yet' }).waitFor();
    await page.getByRole('button', { name: 'Look further back' }).click();
    await page
      .getByRole(address.startsWith('/inbox') ? 'link' : 'article')
      .filter({ hasText: `plenty ${MANY - 1}` })
      .waitFor();
  }
  await screen.close();
});

/** As where a customer's name comes from a disk that is slow. */
const SLOW = `
create schema slow;
create function slow.is_read(name text) returns boolean language plpgsql cost 100000 as $$
begin
  return name not like 'Slow%' or pg_sleep(0.25) is not null;
end $$;
create view slow.customer as select * from public.customer where slow.is_read(name);
do $$ begin execute format('alter database %I set search_path = slow, public', current_database()); end $$`;

interface Page {
  edges: { node: object }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function pageOf(staff: TestStaff, list: 'conversations' | 'inbox', after: string | null = null): Promise<Page> {
  const node = list === 'inbox' ? 'body' : 'name';
  const answer = await staff.ask<{ list: Page }>(
    `query Page($after: String) {
      list: ${list}(filter: { search: "plenty" }, first: 20, after: $after) {
        edges { node { ${node} } } pageInfo { hasNextPage endCursor }
      }
    }`,
    { after },
  );
  return answer.list;
}
