import type { Reference } from '@apollo/client';

/** The pages of a list that were read so far, joined. */
export type Paged = { nodes: readonly Reference[]; pageInfo: { hasNextPage: boolean } };

export function joinNextPage<List extends Paged>(existing: List, incoming: List): List {
  return { ...existing, nodes: withNextRows(existing.nodes, incoming.nodes, refOf), pageInfo: incoming.pageInfo };
}

/** A first page that was read again; the pages below it stay where they join on without a gap. */
export function joinFirstPage<List extends Paged>(existing: List | undefined, incoming: List): List {
  const below = existing && rowsBelow(existing.nodes, incoming.nodes, refOf);
  return below ? { ...incoming, nodes: [...incoming.nodes, ...below], pageInfo: existing.pageInfo } : incoming;
}

export function withNextRows<Row>(rows: readonly Row[], next: readonly Row[], refOf: (row: Row) => string): Row[] {
  const known = new Set(rows.map(refOf));
  return [...rows, ...next.filter((row) => !known.has(refOf(row)))];
}

/** What goes on below a first page, where that ends among these rows. */
export function rowsBelow<Row>(
  rows: readonly Row[],
  first: readonly Row[],
  refOf: (row: Row) => string,
): Row[] | undefined {
  const last = first.at(-1);
  const joint = last === undefined ? -1 : rows.findIndex((row) => refOf(row) === refOf(last));
  if (joint < 0) return undefined;
  const known = new Set(first.map(refOf));
  return rows.slice(joint + 1).filter((row) => !known.has(refOf(row)));
}

const refOf = (ref: Reference) => ref.__ref;
