import type { TimelineItem } from '../live/timelines.ts';
import { isSameDay } from './moments.ts';

const RUN_MS = 5 * 60_000;

/** Whether it is the first of its day. */
export function beginsDay(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return !before || !isSameDay(new Date(item.occurredAt), new Date(before.occurredAt));
}

/** Whether it goes on with what the same person said just before, so that it needn't say again who that is. */
export function goesOn(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return (
    before !== undefined &&
    item.type !== 'NOTE' &&
    !item.isChange &&
    !before.isChange &&
    item.type === before.type &&
    item.direction === before.direction &&
    item.authorId === before.authorId &&
    Date.parse(item.occurredAt) - Date.parse(before.occurredAt) <= RUN_MS
  );
}
