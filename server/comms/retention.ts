import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

/** How long the feed is kept, and so how long a subscriber may have been away. */
const FEED_DAYS = 30;
/** How long what Meta sent is kept as it came. */
const BODY_DAYS = 90;
/** Statuses of messages that nobody here sent. */
const STATUS_DAYS = 30;

/** Removes what is past its time; the log itself is kept for ever. */
export async function forgetOld(db: Kysely<DB>): Promise<void> {
  // The newest step stays: by it is known that the feed is still the same.
  await sql`
    with forgotten as (
      delete from comms_feed where created_at < ${daysAgo(FEED_DAYS)} and position < (select position from feed_head)
      returning position
    ), newest as (
      select max(position) as position from forgotten
    )
    update feed_head set oldest = newest.position + 1 from newest where newest.position >= oldest`.execute(db);
  await db.deleteFrom('webhookBody').where('receivedAt', '<', daysAgo(BODY_DAYS)).execute();
  await db.deleteFrom('messageStatus').where('receivedAt', '<', daysAgo(STATUS_DAYS)).execute();
}

function daysAgo(days: number) {
  return sql<Date>`now() - make_interval(days => ${days})`;
}
