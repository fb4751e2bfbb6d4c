import type { Range } from '@tanstack/react-virtual';

/** Up to here every row is in the page, for the browser's own search and for screen readers. */
const ALL_DRAWN = 200;
/** To take many rows out at once takes as long as to draw them. */
const LEAVE_AT_ONCE = 15;

/**
 * Which rows of a log are drawn: all of a short one, of a longer one those in sight, or, for who is at its end, those
 * that will be once they are there; what goes out of sight goes bit by bit.
 */
export function drawnRows(): (range: Range, atEnd: boolean) => number[] {
  let everLong = false;
  let before = { first: 0, last: -1 };

  return ({ startIndex, endIndex, overscan, count }, atEnd) => {
    everLong ||= count > ALL_DRAWN;
    const seen = atEnd
      ? { first: count - 1 - (endIndex - startIndex), last: count - 1 }
      : { first: startIndex, last: endIndex };
    const wanted = everLong
      ? { first: Math.max(seen.first - overscan, 0), last: Math.min(seen.last + overscan, count - 1) }
      : { first: 0, last: count - 1 };
    const { first, last } = before;
    const touches = wanted.first <= last && wanted.last >= first;
    if (touches) {
      wanted.first = Math.min(wanted.first, first + LEAVE_AT_ONCE);
      wanted.last = Math.max(wanted.last, Math.min(last - LEAVE_AT_ONCE, count - 1));
    }
    before = wanted;
    return Array.from({ length: wanted.last - wanted.first + 1 }, (_, index) => wanted.first + index);
  };
}
