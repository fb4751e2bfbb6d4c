import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { DB } from '../db/schema.generated.ts';
import { keepDoing } from './keep-doing.ts';

/** How long the feed is kept, and so how long a subscriber may have been away. */
const FEED_DAYS = 30;
/** How long what Meta sent is kept as it came. */
const BODY_DAYS = 90;
/** Statuses as Meta told them: what they say of a message that was sent here is kept with it. */
const STATUS_DAYS = 30;

const FORGET_EVERY_MS = 60 * 60 * 1000;
/** A statement has 2.5 seconds, also on slow disks, and all that came together while nobody forgot must go. */
const AT_ONCE = 10_000;

/** Removes what is past its time; the log itself is kept for ever. */
export function keepForgetting({ kysely }: Database, log: Logger): AsyncDisposable {
  return keepDoing(async (over) => {
    await forgetAll(() => forgetSteps(kysely), over);
    await forgetAll(() => forgetReceived(kysely, 'webhook_body', BODY_DAYS), over);
    await forgetAll(() => forgetReceived(kysely, 'message_status', STATUS_DAYS), over);
    return FORGET_EVERY_MS;
  });

  async function forgetAll(forgetSome: () => Promise<number>, over: AbortSignal): Promise<void> {
    try {
      for (let forgotten = AT_ONCE; forgotten >= AT_ONCE && !over.aborted; ) forgotten = await forgetSome();
    } catch (error) {
      log.warn({ err: error }, 'old rows could not be removed');
    }
  }
}

/** But for the newest: by it is known that the feed is still the same. */
async function forgetSteps(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ forgotten: number }>`
    with forgotten as (
      delete from comms_feed where position = any (array(
        select position from comms_feed
        where created_at < ${daysAgo(FEED_DAYS)} and position < (select position from feed_head) limit ${AT_ONCE}))
      returning position
    ), newest as (
      select max(position) as position from forgotten
    ), advanced as (
      update feed_head set oldest = newest.position + 1 from newest where newest.position >= oldest
    )
    select count(*) as forgotten from forgotten`.execute(db);
  return rows[0]?.forgotten ?? 0;
}

async function forgetReceived(db: Kysely<DB>, table: 'webhook_body' | 'message_status', days: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where id = any (array(
      select id from ${sql.table(table)} where received_at < ${daysAgo(days)} limit ${AT_ONCE}))`.execute(db);
  return Number(numAffectedRows);
}

function daysAgo(days: number) {
  return sql<Date>`now() - make_interval(days => ${days})`;
}
