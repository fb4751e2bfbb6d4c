import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { type ReactNode, type UIEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import classes from './LongList.module.css';
import { onShowNewest } from './newest.ts';
import { rem } from './rem.ts';
import { causeOf } from './trouble-cause.ts';
import { useMore } from './use-more.ts';

type Props = {
  label: string;
  role: 'feed' | 'log';
  /** From top to bottom. */
  keys: readonly string[];
  renderItem(index: number): ReactNode;
  estimatedHeight: number;
  /** The side that new items appear on; older ones are loaded on the other. */
  newestAt: 'top' | 'bottom';
  hasOlder: boolean;
  onLoadOlder(signal: AbortSignal): Promise<unknown>;
  /** What the reader has just added, which brings them there. */
  ownNewest?: string | undefined;
  /** Whether the newest item is on the screen. */
  onNewestShown?(shown: boolean): void;
};

/** Up to here every row is in the page, for the browser's own search and for screen readers. */
const ALL_RENDERED = 200;
const AT_EDGE_PX = 100;
const LOAD_AHEAD_PX = 800;
/** The height of the button that loads older items, above the list. */
const OLDER_PX = rem(4.25);

/**
 * A list that scrolls by itself, loads older items as one gets there, and never moves what somebody reads: new items
 * show at once to who is at their side of the list, the others are told how many there are.
 */
export function LongList({ keys, newestAt, ...props }: Props) {
  const { label, role, renderItem, estimatedHeight, hasOlder, onLoadOlder, ownNewest, onNewestShown } = props;
  const scroller = useRef<HTMLElement>(null);
  const [atEdge, setAtEdge] = useState(true);
  const lastTop = useRef(0);
  const older = useMore(onLoadOlder);
  const newest = newestAt === 'top' ? keys[0] : keys.at(-1);
  const unseen = useUnseen(keys, newestAt, newest, atEdge);

  const virtualizer = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedHeight,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 8,
    anchorTo: newestAt === 'top' && atEdge ? 'start' : 'end',
    followOnAppend: newestAt === 'bottom',
    scrollEndThreshold: AT_EDGE_PX,
    paddingStart: newestAt === 'bottom' && hasOlder ? OLDER_PX : 0,
    rangeExtractor,
  });
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = isAboveTheFold;

  const size = virtualizer.getTotalSize();
  // Items turn out taller than they were taken for.
  useLayoutEffect(() => {
    if (newestAt === 'bottom' && atEdge) toEnd(scroller.current);
  }, [size]);

  // What stands below the list grows.
  useEffect(() => {
    const list = scroller.current;
    if (!list || newestAt !== 'bottom' || !atEdge) return;
    const observer = new ResizeObserver(() => toEnd(list));
    observer.observe(list);
    return () => observer.disconnect();
  }, [newestAt, atEdge]);

  useLayoutEffect(() => {
    if (newestAt === 'bottom' && ownNewest !== undefined) toEnd(scroller.current);
  }, [newestAt, ownNewest]);

  useEffect(() => onNewestShown?.(atEdge), [atEdge, newest, onNewestShown]);

  function onScroll({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent<HTMLElement>) {
    const below = scrollHeight - clientHeight - scrollTop;
    const near = (newestAt === 'top' ? scrollTop : below) < AT_EDGE_PX;
    // Items that grow push the end away from who hasn't moved.
    const left = newestAt === 'top' || scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    if (near || left) setAtEdge(near);
    if (hasOlder && !older.failed && (newestAt === 'top' ? below : scrollTop) < LOAD_AHEAD_PX) void older.load();
  }

  function toNewest() {
    if (newestAt === 'top') virtualizer.scrollToOffset(0);
    else virtualizer.scrollToEnd();
    setAtEdge(true);
  }

  useEffect(() => (newestAt === 'bottom' ? onShowNewest(toNewest) : undefined));

  const loadOlder = hasOlder && (
    <div className={classes.older} data-at={newestAt === 'top' ? 'bottom' : 'top'}>
      {older.failed !== undefined && <span role="alert">{causeOf(older.failed)}</span>}
      <Button variant="default" onClick={() => void older.load()} loading={older.busy}>
        {newestAt === 'top' ? t('Load more') : t('Load older')}
      </Button>
    </div>
  );
  return (
    <div className={classes.frame}>
      <section
        className={classes.scroller}
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('{{label}}, scrolls', { label })}
      >
        <div className={classes.list}>
          {newestAt === 'bottom' && loadOlder}
          {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: a feed and a log both take a label */}
          <div role={role} aria-label={label} aria-live="off" aria-busy={older.busy} style={{ height: size }}>
            {virtualizer.getVirtualItems().map((item) => (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={classes.item}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {renderItem(item.index)}
              </div>
            ))}
          </div>
        </div>
        {newestAt === 'top' && loadOlder}
      </section>
      {unseen > 0 && (
        <Button className={classes.pill} data-at={newestAt} size="sm" radius="xl" onClick={toNewest}>
          {t('{{count}} new', { count: unseen })}&ensp;
          {newestAt === 'top' ? <IconArrowUp size={16} aria-hidden /> : <IconArrowDown size={16} aria-hidden />}
        </Button>
      )}
    </div>
  );
}

function toEnd(list: HTMLElement | null): void {
  if (list) list.scrollTop = list.scrollHeight;
}

/** How many items came on the newest side since somebody was last there. */
function useUnseen(
  keys: readonly string[],
  newestAt: 'top' | 'bottom',
  newest: string | undefined,
  atEdge: boolean,
): number {
  const [seen, setSeen] = useState(newest);
  if (atEdge && seen !== newest) setSeen(newest);
  if (atEdge || seen === undefined) return 0;
  const place = newestAt === 'top' ? keys.indexOf(seen) : keys.length - 1 - keys.lastIndexOf(seen);
  return Math.max(0, place);
}

/** What changes its height above what is read must not push it, whichever way one was scrolling. */
function isAboveTheFold(item: VirtualItem, _delta: number, list: Virtualizer<HTMLElement, Element>): boolean {
  const offset = list.scrollOffset ?? 0;
  return item.end <= offset || (item.start < offset && !list.itemSizeCache.has(item.key));
}

function rangeExtractor(range: Range): number[] {
  if (range.count > ALL_RENDERED) return defaultRangeExtractor(range);
  return Array.from({ length: range.count }, (_, index) => index);
}
