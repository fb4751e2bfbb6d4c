import { expect } from 'vitest';
import { customerWith } from './harness/customers.ts';
import { query } from './harness/database.ts';
import { deliver, freshNumber, freshWamid, postWebhook, statusWebhook, text } from './harness/meta.ts';
import { startServer } from './harness/server.ts';
import { test } from './harness/test.ts';

test('what is kept for a time goes after it: statuses of nobody’s messages and the feed after 30 days, Meta’s bodies after 90', async ({
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
