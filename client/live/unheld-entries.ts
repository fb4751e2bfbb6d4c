import type { NormalizedCacheObject } from '@apollo/client';

const ENTRY = 'CommsEntry:';

/** The entries in the cache that are neither among these nor in anything else that is there, nor what one of those refers to. */
export function unheldEntries(store: NormalizedCacheObject, heldIds: Iterable<string>): string[] {
  const held = new Set<string>();
  for (const id of heldIds) held.add(ENTRY + id);
  for (const [id, fields] of Object.entries(store)) if (!id.startsWith(ENTRY)) noteRefs(fields, held);
  for (const id of [...held]) noteRefs(store[id]?.refersTo, held);
  return Object.keys(store).filter((id) => id.startsWith(ENTRY) && !held.has(id));
}

function noteRefs(value: unknown, held: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if ('__ref' in value) {
    if (typeof value.__ref === 'string') held.add(value.__ref);
  } else for (const child of Object.values(value)) noteRefs(child, held);
}
