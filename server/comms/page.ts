type Key = string | number;

/** What a list is asked for. `after` is the cursor of the last row of the page before. */
export type PageRequest = { first: number; after?: string | undefined };

/** A page of a list; `position` is the feed position at which it was read. */
export type Page<Row> = {
  rows: { cursor: string; row: Row }[];
  hasMore: boolean;
  /** Behind what it has come to, which may be further than its last row. */
  endCursor: string | undefined;
  request: PageRequest;
  position: number;
};

export class InvalidCursor extends Error {
  override name = 'InvalidCursor';
}

/**
 * A page from one row more than was asked for, which tells whether there is another page. `stop`: the keys behind which
 * the next page begins, where this one has not come to the end of the list.
 */
export function toPage<Row>(
  request: PageRequest,
  found: Row[],
  position: number,
  keys: (row: Row) => readonly Key[],
  stop?: readonly Key[],
): Page<Row> {
  const rows = found.slice(0, request.first).map((row) => ({ cursor: writeCursor(keys(row)), row }));
  const isFull = found.length > request.first;
  return {
    rows,
    hasMore: isFull || stop !== undefined,
    endCursor: stop && !isFull ? writeCursor(stop) : rows.at(-1)?.cursor,
    request,
    position,
  };
}

function writeCursor(keys: readonly Key[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The keys of the row behind which the page begins: each of the type of its example. Throws `InvalidCursor`. */
export function readCursor<Keys extends readonly (string | number)[]>(cursor: string, ...examples: Keys): Keys {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(keys) &&
      keys.length === examples.length &&
      keys.every((key, index) => typeof key === typeof examples[index] && isUsable(key))
    ) {
      return keys as unknown as Keys;
    }
  } catch (error) {
    throw new InvalidCursor('not a cursor of this list', { cause: error });
  }
  throw new InvalidCursor('not a cursor of this list');
}

/** What PostgreSQL takes: no NUL in a text, and no number that is past every id and every time. */
function isUsable(key: string | number): boolean {
  return typeof key === 'string' ? !key.includes('\0') : Number.isSafeInteger(key) && Math.abs(key) <= LATEST_TIME;
}

/** Of a `Date`, in milliseconds. */
const LATEST_TIME = 8.64e15;
