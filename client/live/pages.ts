import type { Reference } from '@apollo/client';

/** The pages of a list that were read so far, joined. */
export type Paged = { nodes: readonly Reference[]; pageInfo: { hasNextPage: boolean } };

export function joinNextPage<List extends Paged>(existing: List, incoming: List): List {
  const known = new Set(existing.nodes.map((ref) => ref.__ref));
  return {
    ...existing,
    nodes: [...existing.nodes, ...incoming.nodes.filter((ref) => !known.has(ref.__ref))],
    pageInfo: incoming.pageInfo,
  };
}

/** A first page that was read again; the pages below it stay where they join on without a gap. */
export function joinFirstPage<List extends Paged>(existing: List | undefined, incoming: List): List {
  const lastIncoming = incoming.nodes.at(-1)?.__ref;
  const joint = existing?.nodes.findIndex((ref) => ref.__ref === lastIncoming) ?? -1;
  if (!existing || joint < 0) return incoming;
  return { ...incoming, nodes: [...incoming.nodes, ...existing.nodes.slice(joint + 1)], pageInfo: existing.pageInfo };
}
