import pg from 'pg';
import { type Lab, post, startProduct, WARM_UP_SECONDS } from '../lab.ts';
import { messagesFor, sentMessageId } from '../load/webhook-body.ts';
import type { Run, Sample } from '../measured.ts';
import { followLog } from './subscriptions.ts';

const RATE = 4_000;
/** What Meta makes of a number with 1,000 messages a second: of four webhooks three bring the status of one. */
export const statuses: Run[] = [
  { part: 'ingest', title: '4,000 webhooks/s, nobody watching', measure: (lab) => measure(lab, 0) },
  { part: 'ingest', title: '4,000 webhooks/s, 100 watching', measure: (lab) => measure(lab, 100) },
];

async function measure(lab: Lab, watching: number): Promise<Sample> {
  const databaseUrl = await lab.createDatabase();
  const seconds = lab.quick ? 5 : 20;
  await logSentMessages(databaseUrl, messagesFor((WARM_UP_SECONDS + seconds) * RATE));
  const name = `${RATE} webhooks/s, ${watching} watching`;
  const sample: Sample = {};
  {
    await using program = await startProduct(databaseUrl);
    await using followers = watching > 0 ? await followLog(program, 'product', { count: watching }) : undefined;
    const load = { connections: 256, rate: RATE, messagesEach: 1, statuses: true };
    const posted = await post([program], { ...load, warmUpSeconds: WARM_UP_SECONDS, seconds }, (began) =>
      followers?.count(began, seconds),
    );
    sample[`${name}: ack p50, ms`] = posted.p50;
    sample[`${name}: ack p99, ms`] = posted.p99;
    sample[`${name}: refused`] = posted.refused;
    if (followers) {
      const followed = await followers.finish(posted);
      sample[`${name}: live p50, ms`] = followed.p50;
      sample[`${name}: live p99, ms`] = followed.p99;
      sample[`${name}: missed or twice`] = followed.missed + followed.twice + followed.disordered + followed.ended;
    }
  }
  await lab.drop(databaseUrl);
  return sample;
}

/** So many messages that were sent, of which WhatsApp has said no more than that it takes them. */
async function logSentMessages(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into conversation (id, phone, last_activity_at)
    select 'unknown:30697' || 4000000 + n, '30697' || 4000000 + n, now() from generate_series(0, 999) n`,
  );
  await client.query(
    `insert into comms_entry (id, conversation_id, type, direction, body, status, ext_message_id, phone, occurred_at, logged_at)
    select n + 1, 'unknown:30697' || 4000000 + n % 1000, 'WHATSAPP', 'OUTBOUND', 'Your order is on its way.', 'SENT',
      $2 || n, '30697' || 4000000 + n % 1000, now(), now()
    from generate_series(0, $1 - 1) n`,
    [count, sentMessageId(0).replace(/0$/, '')],
  );
  await client.query(
    `insert into send_attempt (entry_id, number, wamid, outcome, sent_at)
    select id, 1, ext_message_id, 'ACCEPTED', now() from comms_entry`,
  );
  await client.query('update feed_head set position = $1, comms_position = $1, inbox_position = $1', [count]);
  await client.query('update settled_head set position = $1', [count]);
  // Of a table that is known to be empty the planner believes that it stays so.
  await client.query('vacuum analyze conversation, comms_entry, send_attempt');
  await client.end();
}
