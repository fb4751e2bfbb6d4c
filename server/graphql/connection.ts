import type { Page, PageRequest } from '../comms/page.ts';
import { badInput } from './errors.ts';

/** The page that a list field asks for. */
export function pageRequest({ first, after }: { first?: number | null; after?: string | null }): PageRequest {
  const count = first ?? 50;
  if (count < 1 || count > 200) throw badInput('first', `first is 1 to 200, and ${count} was given.`);
  return { first: count, after: after ?? undefined };
}

/** A page as a Relay connection. */
export function connection<Row>({ rows, hasMore, endCursor, request }: Page<Row>) {
  return {
    edges: rows.map(({ cursor, row }) => ({ cursor, node: row })),
    nodes: rows.map(({ row }) => row),
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: request.after !== undefined,
      startCursor: rows[0]?.cursor ?? null,
      endCursor: endCursor ?? null,
    },
  };
}
