import type { VirtualItem } from '@tanstack/react-virtual';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { TimelineItem } from '../live/timelines.ts';
import { rem } from '../shell/rem.ts';
import { dayName } from './moments.ts';
import { beginsDay } from './runs.ts';
import classes from './StickyDay.module.css';

export type StickyDayHandle = { scrolledTo(top: number): void };

type Props = {
  ref: Ref<StickyDayHandle>;
  items: readonly TimelineItem[];
  rowAt(offset: number): VirtualItem | undefined;
};

/** The height of the day's heading, here and in the list. */
const HEADING_PX = rem(2.75);
/** Then it would only be in the way of what is read. */
const SHOWN_MS = 1_500;

/** While somebody scrolls: the day of what is on top of the screen, where its own heading is above that. */
export function StickyDay({ ref, items, rowAt }: Props) {
  const [day, setDay] = useState<string>();
  const place = useRef<HTMLDivElement>(null);
  const hiding = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(hiding.current), []);
  useImperativeHandle(ref, () => ({
    scrolledTo(top) {
      const row = rowAt(top);
      const item = row && items[row.index];
      if (!item) return;
      const next = items[row.index + 1];
      const headed = beginsDay(item, items[row.index - 1]) && top < row.start + HEADING_PX;
      const pushed = next && beginsDay(next, item) ? Math.min(0, row.end - top - HEADING_PX) : 0;
      setDay(headed || top <= 0 ? undefined : dayName(new Date(item.occurredAt)));
      clearTimeout(hiding.current);
      hiding.current = setTimeout(() => setDay(undefined), SHOWN_MS);
      if (place.current) place.current.style.transform = `translateY(${pushed}px)`;
    },
  }));
  return (
    <div ref={place} className={classes.place} aria-hidden="true">
      {day && <span className={classes.day}>{day}</span>}
    </div>
  );
}
