import { hash } from 'node:crypto';
import type { QueryConfig } from 'pg';
import { isDatabaseUnavailable } from '../db/database.ts';
import type { CommsDirection, CommsStatus, CommsType, Reference } from './entry.ts';
import { phoneKey } from './phone-number.ts';
import { searchText } from './search-text.ts';
import { storableText } from './storable-text.ts';

/** Something to be logged: with a conversation whose id is known, or with the sender whom it names. */
export type MessageItem = {
  kind: 'message';
  type: CommsType;
  direction: CommsDirection;
  status: CommsStatus;
  text: string;
  /** Whether it is part of the talk, so that somebody now waits for an answer (and the window opens). */
  spoken: boolean;
  conversationId?: string;
  /** Digits of the other side's number. */
  phone?: string | undefined;
  userId?: string | undefined;
  /** What the sender is known by from now on. */
  newPhone?: string | undefined;
  newUserId?: string | undefined;
  senderName?: string | undefined;
  extMessageId?: string | undefined;
  /** Stands in for a missing `extMessageId`. An item with neither can be logged twice. */
  itemHash?: string | undefined;
  businessNumberId?: string | undefined;
  occurredAt?: Date | undefined;
  /** For a history that is brought along. */
  loggedAt?: Date;
  authorId?: string;
  /** Belongs to the author for ever: what comes again with it is not logged again. */
  idempotencyKey?: string;
  /** Who gets it where Meta knows no number. */
  recipientUserId?: string;
  refersTo?: Reference | undefined;
};

/** What became of a message. */
export type StatusItem = {
  kind: 'status';
  extMessageId: string;
  status: string;
  occurredAt?: Date | undefined;
  callbackData?: string | undefined;
  errors?: { code: string | undefined; message: string | undefined; details: string | undefined }[] | undefined;
};

export type CommsItem = MessageItem | StatusItem;

/** A part of a webhook body that made no sense, kept with the body. */
export type BodyProblem = { path: string; reason: string };
export type WebhookBody = { bytes: Buffer; problems: BodyProblem[] };

/** The entry that each message became, or already was; and what of the items PostgreSQL can't hold. */
export type Appended = { entries: AppendedEntry[]; problems: BodyProblem[] };
type AppendedEntry = { entryId: number; logged: boolean };

export type Append = {
  /**
   * Logs what is new among the items, in their order, and keeps the webhook body they came in; answers after the
   * commit, with what became of them. An item that PostgreSQL can't hold is noted with its body.
   * Throws where the database can't take it, or not within the time; then trying again is safe.
   */
  append(work: { items: CommsItem[]; body?: WebhookBody; withinMs?: number }): Promise<Appended>;
  /** Tells the items of each batch written. */
  onBatch(listener: (itemCount: number) => void): void;
  /** Items that nobody has begun to write. */
  readonly waiting: number;
};

/** Runs one statement, in a transaction of its own. */
export type Writer = { write<Row extends object>(statement: QueryConfig): Promise<{ rows: Row[] }> };

/** What waits at the most, in items; what comes on top is refused, so that a database that is down costs no memory. */
const QUEUE_LIMIT = 20_000;
const BATCH_LIMIT = 1_000;

/**
 * The one door into the log. Everything waits in one queue, and one writer takes whatever is there: alone, a message
 * goes at once; under load the batches grow by themselves.
 */
export function createAppend(writer: Writer): Append {
  const queue: Job[] = [];
  let queued = 0;
  let writing = false;
  let tellBatch: (itemCount: number) => void = () => {};

  return {
    async append({ items, body, withinMs }) {
      const size = Math.max(1, items.length);
      if (queued > 0 && queued + size > QUEUE_LIMIT) throw new AppendOverloaded();
      const { promise, resolve, reject } = Promise.withResolvers<Appended>();
      const job: Job = { items, body, size, resolve, reject };
      queue.push(job);
      queued += size;
      if (!writing) void work();
      const timer = withinMs === undefined ? undefined : setTimeout(() => giveUp(job), withinMs);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
      }
    },
    onBatch(listener) {
      tellBatch = listener;
    },
    get waiting() {
      return queued;
    },
  };

  async function work(): Promise<void> {
    writing = true;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      tellBatch(batch.reduce((sum, job) => sum + job.items.length, 0));
      await writeJobs(writer, batch);
    }
    writing = false;
  }

  function takeBatch(): Job[] {
    const batch: Job[] = [];
    let size = 0;
    for (let job = queue[0]; job && (size === 0 || size + job.size <= BATCH_LIMIT); job = queue[0]) {
      queue.shift();
      queued -= job.size;
      size += job.size;
      batch.push(job);
    }
    return batch;
  }

  /** Gives up waiting, not the work: what is being written is written. What hasn't begun is left alone. */
  function giveUp(job: Job): void {
    job.reject(new AppendOverdue('no answer from the database in time'));
    const place = queue.indexOf(job);
    if (place < 0) return;
    queue.splice(place, 1);
    queued -= job.size;
  }
}

/** More waits to be logged than this process wants to hold. */
export class AppendOverloaded extends Error {
  override name = 'AppendOverloaded';
}

/** The database has not answered in time. */
export class AppendOverdue extends Error {
  override name = 'AppendOverdue';
}

type Job = {
  items: CommsItem[];
  body: WebhookBody | undefined;
  size: number;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
};

async function writeJobs(writer: Writer, jobs: Job[]): Promise<void> {
  let rows: (AppendedEntry | undefined)[][];
  try {
    rows = await write(writer, jobs);
  } catch (error) {
    if (!isItemsFault(error) || isDatabaseUnavailable(error)) {
      for (const job of jobs) job.reject(error);
    } else if (jobs.length > 1) {
      const middle = jobs.length >> 1;
      await writeJobs(writer, jobs.slice(0, middle));
      await writeJobs(writer, jobs.slice(middle));
    } else {
      await Promise.all(jobs.map((job) => writeInParts(writer, job, error)));
    }
    return;
  }
  // Behind what goes to the database next, which then works while these are answered.
  setImmediate(() => {
    jobs.forEach((job, index) => {
      job.resolve({ entries: (rows[index] ?? []).filter((row) => row !== undefined), problems: [] });
    });
  });
}

/** Finds, by halving, the item that PostgreSQL refuses; notes it with its body, and logs its neighbours. */
async function writeInParts(writer: Writer, job: Job, error: unknown): Promise<void> {
  const { items, body } = job;
  const part = (partItems: CommsItem[], partBody: WebhookBody | undefined) =>
    new Promise<Appended>((resolve, reject) => {
      void writeJobs(writer, [{ ...job, items: partItems, body: partBody, resolve, reject }]);
    });
  try {
    if (items.length > 1) {
      const middle = items.length >> 1;
      const first = await part(items.slice(0, middle), body);
      const second = await part(items.slice(middle), body);
      job.resolve({
        entries: [...first.entries, ...second.entries],
        problems: [...first.problems, ...second.problems],
      });
    } else if (items.length === 1 && body) {
      const path = `${items[0]?.kind} ${items[0]?.extMessageId?.slice(0, 200)}`;
      const problem = { path, reason: `the database can’t hold it (SQLSTATE ${sqlState(error)})` };
      await part([], { ...body, problems: [...body.problems, problem] });
      job.resolve({ entries: [], problems: [problem] });
    } else {
      job.reject(error);
    }
  } catch (partError) {
    job.reject(partError);
  }
}

async function write(writer: Writer, jobs: Job[]): Promise<(AppendedEntry | undefined)[][]> {
  const bodies = new Map<string, KeptBody>();
  const messages: object[] = [];
  const statuses: object[] = [];
  const known = new Map<string, number>();
  let ordinals = 0;
  const places = jobs.map((job) => {
    const body = job.body && keepOnce(bodies, job.body);
    return job.items.map((item) => {
      if (item.kind === 'status') {
        statuses.push(statusRow(item));
        return undefined;
      }
      const ordinal = ordinals + 1;
      const key = keyOf(item) ?? `item:${ordinal}`;
      const first = known.get(key);
      if (first !== undefined) return { ordinal: first, again: true };
      known.set(key, ordinal);
      ordinals = ordinal;
      messages.push(messageRow(item, ordinal, body?.index ?? null));
      return { ordinal, again: false };
    });
  });
  const [body] = bodies.values();
  const [message] = messages;
  const isLone = jobs.length === 1 && messages.length === 1 && statuses.length === 0;
  const statement =
    isLone && message && body?.problems.length === 0
      ? loneMessage(body, message)
      : statementFor([...bodies.values()], messages, statuses);
  const { rows } = await writer.write<Written>(statement);
  const [{ logged_after, entry_ids } = { logged_after: 0, entry_ids: [] }] = rows;
  return places.map((job) =>
    job.map((place) => {
      const entryId = place && entry_ids[place.ordinal - 1];
      return place && entryId !== undefined ? { entryId, logged: entryId > logged_after && !place.again } : undefined;
    }),
  );
}

type Written = { logged_after: number; entry_ids: number[] };

function statementFor(bodies: KeptBody[], messages: object[], statuses: object[]): QueryConfig {
  const lengths = bodies.map(({ bytes }) => bytes.length);
  const anyProblems = bodies.some(({ problems }) => problems.length > 0);
  let start = 1;
  const starts = lengths.map((length) => {
    start += length;
    return start - length;
  });
  return {
    name: 'append_entries',
    text: 'select logged_after, entry_ids from append_entries($1, $2, $3, $4, $5, $6, $7)',
    values: [
      Buffer.concat(bodies.map(({ sha256 }) => sha256)),
      Buffer.concat(bodies.map(({ bytes }) => bytes)),
      starts,
      lengths,
      anyProblems ? JSON.stringify(bodies.map(({ problems }) => (problems.length > 0 ? problems : null))) : '[]',
      storableJson(messages),
      storableJson(statuses),
    ],
  };
}

/** A webhook with one message, and nothing beside it: PostgreSQL takes three quarters of the time for it. */
function loneMessage({ sha256, bytes }: KeptBody, message: object): QueryConfig {
  return {
    name: 'append_message',
    text: 'select logged_after, entry_ids from append_message($1, $2, $3)',
    values: [sha256, bytes, storableJson(message)],
  };
}

/** The same for items that are one message, of which a batch may bring several copies. */
function keyOf({ extMessageId, itemHash, authorId, idempotencyKey }: MessageItem): string | undefined {
  if (extMessageId) return `id:${extMessageId}`;
  if (itemHash) return `hash:${itemHash}`;
  return authorId && idempotencyKey ? `key:${authorId}:${idempotencyKey}` : undefined;
}

type KeptBody = WebhookBody & { sha256: Buffer; index: number };

/** Copies of a body may come in one batch, and PostgreSQL takes a row only once a statement. */
function keepOnce(bodies: Map<string, KeptBody>, { bytes, problems }: WebhookBody): KeptBody | undefined {
  const sha256 = hash('sha256', bytes, 'buffer');
  const key = sha256.toString('latin1');
  const known = bodies.get(key);
  if (!known) bodies.set(key, { index: bodies.size + 1, sha256, bytes, problems });
  else if (known.problems.length < problems.length) known.problems = problems;
  return bodies.get(key);
}

function statusRow(item: StatusItem): object {
  return {
    ext_message_id: item.extMessageId,
    status: item.status,
    occurred_at: item.occurredAt,
    callback_data: item.callbackData,
    errors: item.errors,
  };
}

function messageRow(item: MessageItem, ordinal: number, bodyIndex: number | null): object {
  return {
    ordinal,
    body_index: bodyIndex,
    conversation_id: item.conversationId,
    type: item.type,
    direction: item.direction,
    text: item.text,
    status: item.status,
    ext_message_id: item.extMessageId,
    item_hash: item.itemHash,
    phone: item.phone,
    phone_key: item.phone && phoneKey(item.phone),
    user_id: item.userId,
    new_phone_key: item.newPhone && phoneKey(item.newPhone),
    new_user_id: item.newUserId,
    sender_name: item.senderName,
    sender_search: searchText(item.senderName, item.phone),
    business_number_id: item.businessNumberId,
    occurred_at: item.occurredAt,
    logged_at: item.loggedAt,
    author_id: item.authorId,
    idempotency_key: item.idempotencyKey,
    recipient_user_id: item.recipientUserId,
    reference_kind: item.refersTo?.kind,
    reference_id: item.refersTo?.extMessageId,
    reference_text: item.refersTo?.text,
    search_text: searchText(item.text),
    spoken: item.spoken,
  };
}

/** JSON whose texts PostgreSQL can hold. Most need no change, which their JSON shows. */
function storableJson(items: object): string {
  const json = JSON.stringify(items);
  if (!/\\u0000|\\ud[89a-f]/.test(json)) return json;
  return JSON.stringify(items, (_key, value) => (typeof value === 'string' ? storableText(value) : value));
}

/** Classes 22 (data), 23 (constraints) and 54 (limits) are an item's own fault; anything else is the database's. */
function isItemsFault(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error));
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
