import { Button } from '@mantine/core';
import { type Range, useVirtualizer, type VirtualItem, type Virtualizer } from '@tanstack/react-virtual';
import { memo, type UIEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import type { TimelineItem } from '../live/timelines.ts';
import { onShowNewest } from '../shell/newest.ts';
import { rem } from '../shell/rem.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import { useMore } from '../shell/use-more.ts';
import { drawnRows } from './drawn-rows.ts';
import { MomentTip } from './MomentTip.tsx';
import { dayName } from './moments.ts';
import { beginsDay, goesOn } from './runs.ts';
import { StickyDay, type StickyDayHandle } from './StickyDay.tsx';
import classes from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry.tsx';
import { ToNewest } from './ToNewest.tsx';

type Props = {
  /** Oldest first. */
  items: readonly TimelineItem[];
  /** Where what is new begins. */
  firstNew: string | undefined;
  /** What the reader came for, unless it isn't to be found. */
  hit: string | undefined;
  /** How often they came for it. */
  visits: number;
  /** The key of what the reader has just written, which brings them there. */
  ownNewest: string | undefined;
  hasOlder: boolean;
  onLoadOlder(): Promise<unknown>;
  /** Whether the newest is on the screen. */
  onEndShown(shown: boolean): void;
  /** Somebody wants to be at the newest. */
  onToNewest(): void;
};

const AT_END_PX = 100;
const LOAD_AHEAD_PX = 800;
/** The height of the button that loads older ones. */
const OLDER_PX = rem(4.25);
const ESTIMATED_PX = 84;

/**
 * A conversation from the oldest that is loaded to the newest. It never moves what somebody reads: who is at the end
 * sees what is new at once, the others are told how much there is.
 */
export const Timeline = memo(function Timeline({
  items,
  firstNew,
  hit,
  visits,
  ownNewest,
  hasOlder,
  onLoadOlder,
  onEndShown,
  onToNewest,
}: Props) {
  const scroller = useRef<HTMLElement>(null);
  const stickyDay = useRef<StickyDayHandle>(null);
  const [atEnd, setAtEnd] = useState(hit === undefined);
  const lastTop = useRef(0);
  const older = useMore(onLoadOlder);
  const newest = items.at(-1)?.key;
  const [rows] = useState(drawnRows);

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    overscan: 8,
    // Who is at the end is kept there below, by the list's height alone.
    anchorTo: atEnd ? 'start' : 'end',
    useFlushSync: false,
    // What turns out taller or shorter than it was taken for needs no drawing anew.
    directDomUpdates: true,
    paddingStart: hasOlder ? OLDER_PX : 0,
    rangeExtractor: useCallback((range: Range) => rows(range, atEnd), [rows, atEnd]),
  });
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = atEnd ? () => false : isAboveTheFold;

  // What is in it grows, or what stands below it: once a frame, when the page has been laid out anyway.
  useLayoutEffect(() => {
    const list = scroller.current;
    if (!list?.lastElementChild || !atEnd) return;
    const observer = new ResizeObserver(() => toEnd(list));
    observer.observe(list);
    observer.observe(list.lastElementChild);
    return () => observer.disconnect();
  }, [atEnd]);

  const ownShown = useRef(ownNewest);
  useLayoutEffect(() => {
    if (ownShown.current === ownNewest) return;
    ownShown.current = ownNewest;
    toEnd(scroller.current);
  }, [ownNewest]);

  const visit = hit && `${visits} ${hit}`;
  const hitShown = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (visit === hitShown.current) return;
    const place = hit === undefined ? -1 : items.findIndex(({ id }) => id === hit);
    if (hit !== undefined && place < 0) return;
    hitShown.current = visit;
    if (place < 0) return;
    virtualizer.scrollToIndex(place, { align: 'center' });
    // Where all of it fits, nobody will scroll to the end.
    const beyond = virtualizer.getTotalSize() - (scroller.current?.clientHeight ?? 0);
    setAtEnd(beyond < AT_END_PX);
  }, [hit, visit, items, virtualizer]);

  useEffect(() => onEndShown(atEnd), [atEnd, newest, onEndShown]);

  function onScroll({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent<HTMLElement>) {
    const near = scrollHeight - clientHeight - scrollTop < AT_END_PX;
    // Items that grow push the end away from who hasn't moved. Who waits to be brought elsewhere has seen no end.
    if ((near || scrollTop < lastTop.current) && hitShown.current === visit) setAtEnd(near);
    lastTop.current = scrollTop;
    if (hasOlder && !older.failed && scrollTop < LOAD_AHEAD_PX) void older.load();
    stickyDay.current?.scrolledTo(near ? 0 : scrollTop);
  }

  function toNewest() {
    virtualizer.scrollToEnd();
    setAtEnd(true);
    onToNewest();
  }
  useEffect(() => onShowNewest(toNewest));

  return (
    <div className={classes.frame}>
      <section
        className={classes.scroller}
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('{{label}}, scrolls', { label: t('Comms') })}
      >
        <StickyDay ref={stickyDay} items={items} rowAt={(offset) => virtualizer.getVirtualItemForOffset(offset)} />
        <div className={classes.list}>
          {hasOlder && (
            <div className={classes.older}>
              {older.failed !== undefined && <span role="alert">{causeOf(older.failed)}</span>}
              <Button variant="default" onClick={() => void older.load()} loading={older.busy}>
                {t('Load older')}
              </Button>
            </div>
          )}
          <div ref={virtualizer.containerRef} role="log" aria-label={t('Comms')} aria-live="off" aria-busy={older.busy}>
            {virtualizer.getVirtualItems().map(({ key, index }) => (
              <div key={key} ref={virtualizer.measureElement} data-index={index} className={classes.item}>
                <Row items={items} index={index} firstNew={firstNew} hit={hit} visits={visits} />
              </div>
            ))}
          </div>
        </div>
      </section>
      <MomentTip within={scroller} />
      {!atEnd && <ToNewest items={items} onClick={toNewest} />}
    </div>
  );
});

type RowProps = Pick<Props, 'items' | 'firstNew' | 'hit' | 'visits'> & { index: number };

function Row({ items, index, firstNew, hit, visits }: RowProps) {
  const item = items[index];
  const before = items[index - 1];
  if (!item) return null;
  const newDay = beginsDay(item, before);
  const isFirstNew = item.id === firstNew;
  return (
    <TimelineEntry
      id={item.id}
      day={newDay ? dayName(new Date(item.occurredAt)) : undefined}
      firstNew={isFirstNew}
      goesOn={!newDay && !isFirstNew && goesOn(item, before)}
      hit={item.id === hit ? visits : undefined}
    />
  );
}

const estimateSize = () => ESTIMATED_PX;

function toEnd(list: HTMLElement | null): void {
  if (list) list.scrollTop = list.scrollHeight;
}

/** What changes its height above what is read must not push it, whichever way one was scrolling. */
function isAboveTheFold(item: VirtualItem, _delta: number, list: Virtualizer<HTMLElement, Element>): boolean {
  const offset = list.scrollOffset ?? 0;
  return item.end <= offset || (item.start < offset && !list.itemSizeCache.has(item.key));
}
