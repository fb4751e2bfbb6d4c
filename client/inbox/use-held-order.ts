import { useState } from 'react';

type Options = {
  /** The order as it is. */
  ids: readonly string[];
  /** Another list than before starts anew. */
  list: string;
  /** Somebody is pointing at the rows, or reading further down: nothing may move. */
  held: boolean;
  /** What is open stays in sight, also where the filter would take it out. */
  openId: string | undefined;
  /** Whether what is no more in the order can still be shown. */
  isThere(id: string): boolean;
  /** What somebody did themself moves its row too, and isn't new to them. */
  isNews(id: string): boolean;
};

type HeldOrder = {
  /** The order that is shown. */
  shown: readonly string[];
  /** How many rows with news would move, or come, if it were brought up to date. */
  waiting: number;
  update(): void;
};

/** An order that doesn't change under the pointer. */
export function useHeldOrder({ ids, list, held, openId, isThere, isNews }: Options): HeldOrder {
  const [before, setBefore] = useState<{ list: string; shown: readonly string[] }>({ list, shown: [] });
  const current = new Set(ids);
  const last = before.list === list ? before.shown.filter((id) => current.has(id) || isThere(id)) : [];
  const shown = held && last.length > 0 ? withLoaded(last, ids) : withKept(ids, last, openId);
  if (before.list !== list || !sameOrder(before.shown, shown)) setBefore({ list, shown });
  return {
    shown,
    waiting: held ? movedCount(ids.filter(isNews), shown) : 0,
    update: () => setBefore({ list, shown: withKept(ids, last, openId) }),
  };
}

/** Older rows that were loaded go on below. */
function withLoaded(shown: readonly string[], ids: readonly string[]): readonly string[] {
  const known = new Set(shown);
  const end = ids.findLastIndex((id) => known.has(id));
  const loaded = end < 0 ? [] : ids.slice(end + 1);
  return loaded.length > 0 ? [...shown, ...loaded] : shown;
}

function withKept(ids: readonly string[], before: readonly string[], openId: string | undefined): readonly string[] {
  const place = openId === undefined || ids.includes(openId) ? -1 : before.indexOf(openId);
  if (openId === undefined || place < 0) return ids;
  const below = before.slice(place + 1).find((id) => ids.includes(id));
  const at = below === undefined ? ids.length : ids.indexOf(below);
  return ids.toSpliced(at, 0, openId);
}

/** All but those that may stay where they are: the longest run that both orders have in common. */
function movedCount(ids: readonly string[], shown: readonly string[]): number {
  const places = new Map(shown.map((id, place) => [id, place]));
  const ends: number[] = [];
  for (const id of ids) {
    const place = places.get(id);
    if (place === undefined) continue;
    ends[ends.findLastIndex((end) => end < place) + 1] = place;
  }
  return ids.length - ends.length;
}

const sameOrder = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, index) => id === b[index]);
