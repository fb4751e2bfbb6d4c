/** What a list is asked for. `after` is the cursor of the last row of the page before. */
export type PageRequest = { first: number; after?: string | undefined };

/** A page of a list; `position` is the feed position at which it was read. */
export type Page<Row> = {
  rows: { cursor: string; row: Row }[];
  hasMore: boolean;
  request: PageRequest;
  position: number;
};

export class InvalidCursor extends Error {
  override name = 'InvalidCursor';
}

/** A page from one row more than was asked for, which tells whether there is another page. */
export function toPage<Row>(
  request: PageRequest,
  rows: Row[],
  position: number,
  keys: (row: Row) => readonly (string | number)[],
): Page<Row> {
  return {
    rows: rows.slice(0, request.first).map((row) => ({ cursor: writeCursor(keys(row)), row })),
    hasMore: rows.length > request.first,
    request,
    position,
  };
}

function writeCursor(keys: readonly (string | number)[]): string {
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
