/** Entry ids are decimal numbers in strings, longer than a JavaScript number holds. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export type Ordered = { id: string; occurredAt: string };
export type Order = (a: Ordered, b: Ordered) => number;

/** The inbox: what was logged last is first. */
export const newestLoggedFirst: Order = (a, b) => compareIds(b.id, a.id);

/** One customer's log: what happened last is first. */
export const newestFirst: Order = (a, b) =>
  a.occurredAt === b.occurredAt ? compareIds(b.id, a.id) : a.occurredAt < b.occurredAt ? 1 : -1;
