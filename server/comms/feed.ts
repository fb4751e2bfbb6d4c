import { type Kysely, sql } from 'kysely';
import type { ClientBase, QueryConfig, QueryResult } from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { DB } from '../db/schema.generated.ts';
import { type CommsType, type Entry, entryColumns } from './entry.ts';
import { formatPosition, type Place, parsePosition, readEpoch } from './feed-position.ts';

/** One step of the feed: that something was logged, changed or moved. What it is now stands in its own table. */
export type Step = Place & {
  subject: 'entry' | 'conversation' | 'customer' | 'channel' | 'read_mark';
  change: 'LOGGED' | 'UPDATED' | 'MOVED' | 'REMOVED';
  entryId: number | null;
  commsType: CommsType | null;
  /** The conversation or customer (their ids are the same). */
  subjectId: string | null;
  /** The conversation that an entry left, or that was moved. */
  previousId: string | null;
  /** Set: of no concern to anybody else. */
  staffId: string | null;
};

const POLL_MS = 1_000;
const PAGE = 500;
const RECENT = 5_000;

export type Feed = AsyncDisposable & {
  /** The position as the outside sees it. */
  format(position: number): Promise<string>;
  formatStep(step: Step): string;
  /** Where a subscriber goes on: at `after`, else at the newest step. `resync` where the feed can't go on from there. */
  startingPoint(after: string | undefined): Promise<{ position: number } | 'resync'>;
  /** Up to `PAGE` steps after a position, in order, without gaps. */
  read(after: number): Promise<Step[]>;
  /**
   * Runs a statement that adds steps, and reads them right behind it over the same connection: a millisecond sooner than
   * any word of it could come back.
   */
  write<Row extends object>(statement: QueryConfig): Promise<QueryResult<Row>>;
  /** Names the one that is told every step from here on. */
  follow(follower: Follower): void;
  /** For who begins to follow: what came while nobody did is read now. */
  hint(): void;
  /** Shows each page of steps to a passer-by, who returns by the function. */
  watch(watcher: (steps: Step[]) => void): () => void;
  /** Up to which step the follower has been told. */
  readonly tail: number;
};

/**
 * What follows the feed: told each page of steps with the entries they are about, in order, once; the next page waits
 * until it is done.
 */
export type Follower = {
  /** Whether anybody is there whom it tells. */
  readonly isFollowed: boolean;
  steps(steps: Step[], entries: Entry[]): Promise<void>;
  /** The database is another one, or was put back: nothing goes on from any position given out before. */
  broken(): void;
};

/**
 * Follows the feed table: woken by the database's notifications, which may be lost, and by a poll.
 * While the database can't be reached it tries again for ever.
 */
export async function openFeed(database: Database, log: Logger): Promise<Feed> {
  const db = database.kysely;
  let follower: Follower | undefined;
  const watchers = new Set<(steps: Step[]) => void>();
  let epoch = await readEpoch(db);
  let tail = await readPlace(db, (await readHead(db)).position);
  let recent: Step[] = [];
  let closed = false;
  let reachable = true;
  let wake: () => void = () => {};
  let hinted = false;
  /** Word came of what nobody is there to be told, which is left to the poll. */
  let leftToPoll = false;
  let resting = false;
  /** What is read already, behind a statement of this process on the connection that has this id. */
  let ahead: { rows: Promise<NextRow[]>; processId: number } | undefined;
  /** Since when this process has written without hearing of anything. */
  let unheardSince: number | undefined;
  const hint = () => {
    hinted = true;
    wake();
  };
  const hear = (processId?: number) => {
    unheardSince = undefined;
    // Of what that connection has written the read behind it will tell.
    if (ahead && ahead.processId === processId) return;
    if (follower?.isFollowed || watchers.size > 0) hint();
    else leftToPoll = true;
  };

  const following = keepReading();
  const listener = listen(database, hear, log);

  return {
    async format(position) {
      const known = position === tail.position ? tail : recent[position - (recent[0]?.position ?? 0)];
      return formatPosition(epoch, known ?? (await readPlace(db, position)));
    },
    formatStep: (step) => formatPosition(epoch, step),
    async startingPoint(after) {
      const head = await readHead(db);
      if (after === undefined) return { position: head.position };
      const place = parsePosition(epoch, after);
      if (!place || place.position > head.position || place.position < head.oldest - 1) return 'resync';
      const { position, stamp } = await readPlace(db, place.position);
      return stamp === place.stamp ? { position } : 'resync';
    },
    async read(after) {
      const first = recent[0]?.position;
      if (first !== undefined && first <= after + 1) return recent.slice(after + 1 - first, after + 1 - first + PAGE);
      return readSteps(database, after);
    },
    async write<Row extends object>(statement: QueryConfig) {
      const client = await database.pool.connect();
      const written = client.query<Row>(statement);
      const rows = resting && follower?.isFollowed ? readNext(client, tail.position - 1, true) : undefined;
      if (rows) {
        ahead = { rows, processId: processIdOf(client) };
        unheardSince ??= performance.now();
        hint();
      }
      void Promise.allSettled([written, rows]).then(([writing]) => {
        client.release(writing.status === 'rejected' ? writing.reason : undefined);
      });
      return written;
    },
    follow(toldFollower) {
      follower = toldFollower;
    },
    hint,
    watch(watcher) {
      watchers.add(watcher);
      hint();
      return () => watchers.delete(watcher);
    },
    get tail() {
      return tail.position;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      wake();
      listener.close();
      await following;
    },
  };

  async function keepReading(): Promise<void> {
    let told = true;
    while (!closed) {
      hinted = false;
      leftToPoll = false;
      try {
        const before = tail.position;
        const caughtUp = await readOn();
        if (!reachable) log.info('the feed goes on');
        reachable = true;
        if (!told && tail.position > before) listener.prove();
        if (unheardSince !== undefined && performance.now() - unheardSince > POLL_MS) {
          unheardSince = undefined;
          listener.prove();
        }
        told = true;
        if (!caughtUp) continue;
      } catch (error) {
        if (reachable) log.warn({ err: error }, 'the feed waits for the database');
        reachable = false;
      }
      await pause();
      told = hinted || leftToPoll;
    }
  }

  /** Whether there was nothing more to read. */
  async function readOn(): Promise<boolean> {
    // The last known step is read again, which tells whether this is still the feed that was followed.
    const reading = ahead?.rows ?? readNext(database.pool, tail.position - 1, follower?.isFollowed === true);
    const rows = await reading.finally(() => {
      ahead = undefined;
    });
    const told = tail.stamp === 0 ? rows : rows.slice(1);
    const steps = told.map(stepOf);
    const known = tail.stamp === 0 || (rows[0]?.position === tail.position && rows[0].stamp === tail.stamp);
    const continued = steps[0] === undefined || steps[0].position === tail.position + 1;
    if (!known || !continued || (!reachable && (await readEpoch(db)) !== epoch)) {
      await startOver();
      return true;
    }
    const last = steps.at(-1);
    if (!last) return true;
    // What the follower fails at comes again.
    recent.length = Math.max(0, tail.position + 1 - (recent[0]?.position ?? tail.position + 1));
    recent.push(...steps);
    if (recent.length > 2 * RECENT) recent = recent.slice(-RECENT);
    await follower?.steps(steps, told.filter(hasEntry));
    tail = last;
    for (const watcher of watchers) watcher(steps);
    return steps.length < PAGE;
  }

  async function startOver(): Promise<void> {
    log.warn('the feed is not the one that was followed: everybody reads anew');
    epoch = await readEpoch(db);
    tail = await readPlace(db, (await readHead(db)).position);
    recent = [];
    follower?.broken();
  }

  /** Until the poll is due, or something wakes it. */
  function pause(): Promise<void> {
    if (hinted || closed) return Promise.resolve();
    return new Promise((resolve) => {
      const goOn = () => {
        resting = false;
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(goOn, POLL_MS);
      resting = true;
      wake = goOn;
    });
  }
}

/** The newest position, the newest of each subscription, and the oldest that is kept. */
export async function readHead(db: Kysely<DB>) {
  return db
    .selectFrom('feedHead')
    .select(['position', 'commsPosition', 'inboxPosition', 'oldest'])
    .executeTakeFirstOrThrow();
}

/** How much there is after a position, and since when. */
export async function readBehind(db: Kysely<DB>, position: number): Promise<{ steps: number; seconds: number }> {
  const { rows } = await sql<{ steps: number; seconds: number }>`
    select greatest(head.position - ${position}, 0) as steps, coalesce((
      select extract(epoch from clock_timestamp() - f.created_at)::float8 from feed_step f
      where f.position > ${position} order by f.position limit 1), 0) as seconds
    from feed_head head`.execute(db);
  return rows[0] ?? { steps: 0, seconds: 0 };
}

/** Past the query builder, which takes longer over a row than all the rest. */
async function readSteps({ pool }: Database, after: number): Promise<Step[]> {
  const { rows } = await pool.query<Step>(
    `select ${STEP_COLUMNS} from feed_step s where position > $1 order by position limit ${PAGE}`,
    [after],
  );
  return rows;
}

/**
 * One more than a page, for whoever follows with the entries, so that telling them needs no second look. Since
 * positions have no gaps the range says how few they are, and the plan that is kept goes by the index however young the
 * log is: of 5,000 entries this takes 0.3 ms, and planned anew, with a look for the entries, 3 ms.
 */
async function readNext(source: Pick<ClientBase, 'query'>, after: number, followed: boolean): Promise<NextRow[]> {
  const { rows } = await source.query<NextRow>({
    name: followed ? 'read_next' : 'read_next_steps',
    text: `select ${STEP_COLUMNS}, ${followed ? entryColumns : 'null as id'}
      from feed_step s ${followed ? STEP_ENTRY : ''}
      where s.position > $1 and s.position <= $1 + ${PAGE + 1} order by s.position limit ${PAGE + 1}`,
    values: [after],
  });
  return rows;
}

/** Of the process that serves the connection, as its notifications name it. */
function processIdOf(client: ClientBase): number {
  return 'processID' in client ? Number(client.processID) : 0;
}

type NextRow = Step & (Entry | { id: null });

function stepOf(row: NextRow): Step {
  const { position, subject, change, entryId, commsType, subjectId, previousId, staffId, stamp } = row;
  return { position, subject, change, entryId, commsType, subjectId, previousId, staffId, stamp };
}

function hasEntry(row: NextRow): row is Step & Entry {
  return row.id !== null;
}

async function readPlace(db: Kysely<DB>, position: number): Promise<Place> {
  const row = await db
    .selectFrom('feedStep')
    .select(sql.raw<number>(STAMP).as('stamp'))
    .where('position', '=', position)
    .executeTakeFirst();
  return { position, stamp: row?.stamp ?? 0 };
}

const STAMP = '(extract(epoch from created_at) * 1000)::bigint';
const STEP_COLUMNS = `s.position, s.subject, s.change, s.entry_id as "entryId", s.comms_type as "commsType",
  s.subject_id as "subjectId", s.previous_id as "previousId", s.staff_id as "staffId", ${STAMP} as stamp`;
const STEP_ENTRY = 'left join lateral (select * from comms_entry where id = s.entry_id limit 1) e on true';

type Listener = {
  /** For who was not told what there is: a connection whose other side is gone looks like one on which nothing happens. */
  prove(): void;
  close(): void;
};

const LISTEN = 'listen comms_feed';

/** Keeps a connection that listens, as far as the database allows. */
function listen(database: Database, heard: (processId?: number) => void, log: Logger): Listener {
  let closed = false;
  let prove = () => {};
  let client: ReturnType<Database['createClient']> | undefined;
  let retry: NodeJS.Timeout | undefined;
  void connect();
  return {
    prove: () => prove(),
    close() {
      closed = true;
      clearTimeout(retry);
      // Not waited for: of a server that is frozen or gone the end never comes.
      client?.end().catch((error: unknown) => log.debug({ err: error }, 'the listening connection was gone'));
    },
  };

  async function connect(): Promise<void> {
    const fresh = database.createClient();
    client = fresh;
    let lost = false;
    const again = (error: Error | undefined) => {
      if (lost || closed) return;
      lost = true;
      prove = () => {};
      log.debug({ err: error }, 'the listening connection is lost, the poll serves until it is back');
      void fresh.end().catch(() => {
        // It is being thrown away because it is broken.
      });
      retry = setTimeout(() => void connect(), POLL_MS);
    };
    fresh.on('error', again);
    fresh.on('end', () => again(undefined));
    fresh.on('notification', ({ processId }) => heard(processId));
    try {
      await fresh.connect();
      await fresh.query(LISTEN);
      prove = () => void fresh.query(LISTEN).catch(again);
      heard();
    } catch (error) {
      again(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
