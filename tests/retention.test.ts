import { expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { createDatabase, query } from './harness/database.ts';
import { deliver, freshNumber, freshWamid, postWebhook, statusWebhook, text } from './harness/meta.ts';
import { startServer } from './harness/server.ts';
import { test } from './harness/test.ts';

test('what is kept for a time goes after it: statuses and the feed after 30 days, Meta’s bodies after 90', async ({
  databaseUrl,
  server,
  staff,
}) => {
  const [old, recent] = [freshWamid(), freshWamid()];
  for (const id of [old, recent]) {
    expect((await postWebhook(server, statusWebhook({ id, status: 'read', timestamp: '1763000000' }))).status).toBe(
      200,
    );
  }
  const from = freshNumber();
  await deliver(server, text(from, 'First'));
  await deliver(server, text(from, 'Second'));
  await customerWith(staff, 'Of the steps', `+${freshNumber()}`);
  const age = (table: string, column: string, which: string, days: number) =>
    query(databaseUrl, `update ${table} set ${column} = now() - interval '${days} days' where ${which}`);
  await age('message_status', 'received_at', `ext_message_id = '${old}'`, 31);
  await age('message_status', 'received_at', `ext_message_id = '${recent}'`, 29);
  await age('webhook_body', 'received_at', 'id = (select min(id) from webhook_body)', 91);
  await age('webhook_body', 'received_at', 'id > (select min(id) from webhook_body)', 89);
  await age('comms_feed', 'created_at', 'position = (select min(position) from comms_feed)', 31);

  const kept = async () => {
    const [row] = await query<{ statuses: string[]; bodies: string; oldest: string; entries: string }>(
      databaseUrl,
      `select (select array_agg(ext_message_id) from message_status) as statuses,
        (select count(*) from webhook_body) as bodies,
        (select count(*) from comms_feed where created_at < now() - interval '30 days') as oldest,
        (select count(*) from comms_entry) as entries`,
    );
    return row;
  };
  expect(await kept()).toMatchObject({ bodies: '4', oldest: '1' });
  await using _ = await startServer({ databaseUrl });
  await expect.poll(kept).toEqual({ statuses: [recent], bodies: '3', oldest: '0', entries: '2' });
});

test('however much came together it goes, and what can’t go holds up nothing else', async () => {
  const databaseUrl = await createDatabase();
  await query(
    databaseUrl,
    `insert into webhook_body (sha256, bytes, received_at)
      select sha256(n::text::bytea), '', now() - interval '91 days' from generate_series(1, 30000) n;
    insert into comms_feed (position, subject, change, created_at) values (1, 'channel', 'UPDATED', now() - interval '31 days');
    update feed_head set position = 2;
    create function refuse() returns trigger language plpgsql as $$
    begin
      if (select count(*) from gone) > tg_argv[0]::integer then raise query_canceled; end if;
      return null;
    end $$;
    create trigger takes_long after delete on webhook_body referencing old table as gone
      for each statement execute function refuse(10000);
    create trigger is_stuck after delete on comms_feed referencing old table as gone
      for each statement execute function refuse(0)`,
  );
  await using _ = await startServer({ databaseUrl });
  await expect.poll(() => query(databaseUrl, 'select count(*) from webhook_body')).toEqual([{ count: '0' }]);
  expect(await query(databaseUrl, 'select count(*) from comms_feed where position = 1')).toEqual([{ count: '1' }]);
});
