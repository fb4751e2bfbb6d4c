import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type UIEvent, useEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import { useLive } from '../live/live-context.ts';
import { useMe } from '../session/me.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import { useMore } from '../shell/use-more.ts';
import { CONVERSATION_ROW, ConversationRow, ROW_PX } from './ConversationRow.tsx';
import classes from './ConversationRows.module.css';
import { useHeldOrder } from './use-held-order.ts';
import { useHold } from './use-hold.ts';

type Props = {
  edges: readonly Edge[];
  /** The address of the list; undefined, while these rows are still another's. */
  list: string | undefined;
  openId: string | undefined;
  hasMore: boolean;
  onLoadMore(signal: AbortSignal): Promise<unknown>;
};

type Edge = {
  node: { id: string; lastEntry: { author: { id: string } | null } | null };
  match: { id: string } | null;
};

const LOAD_AHEAD_PX = 600;
const OVERSCAN = 12;
const ROW = { fragment: CONVERSATION_ROW, fragmentName: 'ConversationRow_conversation' };

/** The rows, which never move under the pointer. */
export function ConversationRows({ edges, list, openId, hasMore, onLoadMore }: Props) {
  const { cache } = useLive();
  const scroller = useRef<HTMLDivElement>(null);
  const hold = useHold();
  const more = useMore(onLoadMore, list);
  const address = useMemo(() => new URLSearchParams(list), [list]);
  const me = useMe();
  const byId = useMemo(() => new Map(edges.map((edge) => [edge.node.id, edge])), [edges]);
  const order = useHeldOrder({
    ids: useMemo(() => [...byId.keys()], [byId]),
    list: list ?? '…',
    held: hold.held,
    openId,
    isThere: (id) => cache.readFragment({ ...ROW, id: `Conversation:${id}` }) !== null,
    isNews: (id) => byId.get(id)?.node.lastEntry?.author?.id !== me.id,
  });
  const virtualizer = useVirtualizer({
    count: order.shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => order.shown[index] ?? index,
    overscan: OVERSCAN,
  });

  // Another list begins at its top, or with the open row in sight.
  useEffect(() => {
    const place = openId === undefined ? -1 : order.shown.indexOf(openId);
    if (place > 0) virtualizer.scrollToIndex(place, { align: 'auto' });
    else virtualizer.scrollToOffset(0);
  }, [list]);

  useShortcut('nextConversation', () => step(1));
  useShortcut('previousConversation', () => step(-1));

  /** From the row that has the focus, else from the open one. */
  function step(by: 1 | -1) {
    const rows = scroller.current;
    const at = rows?.querySelector<HTMLElement>('[data-id]:focus-within')?.dataset.id ?? openId;
    const from = at === undefined ? -1 : order.shown.indexOf(at);
    const to = Math.min(Math.max(from + by, 0), order.shown.length - 1);
    // A row far away is drawn once it is in sight.
    flushSync(() => virtualizer.scrollToIndex(to, { align: 'auto' }));
    rows
      ?.querySelector<HTMLElement>(`[data-id="${CSS.escape(order.shown[to] ?? '')}"] a`)
      ?.focus({ focusVisible: true, preventScroll: true });
  }

  function onScroll(event: UIEvent<HTMLElement>) {
    hold.onScroll(event);
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
    if (hasMore && !more.failed && scrollHeight - clientHeight - scrollTop < LOAD_AHEAD_PX) void more.load();
  }

  function update() {
    order.update();
    virtualizer.scrollToOffset(0);
  }

  return (
    <div className={classes.area} data-arrows {...hold.area}>
      <div className={classes.scroller} ref={scroller} onScroll={onScroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: Safari takes a list without bullets for none */}
        <div
          role="list"
          aria-label={t('Conversations')}
          className={classes.rows}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const id = order.shown[index];
            return (
              id !== undefined && (
                // biome-ignore lint/a11y/useSemanticElements: as above
                <div
                  key={key}
                  role="listitem"
                  aria-setsize={hasMore ? -1 : order.shown.length}
                  aria-posinset={index + 1}
                  className={classes.item}
                  data-id={id}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <ConversationRow id={id} open={id === openId} list={address} matchId={byId.get(id)?.match?.id} />
                </div>
              )
            );
          })}
        </div>
        {hasMore && (
          <div className={classes.more}>
            {more.failed !== undefined && <span role="alert">{causeOf(more.failed)}</span>}
            <Button variant="default" onClick={() => void more.load()} loading={more.busy}>
              {t('Load more')}
            </Button>
          </div>
        )}
      </div>
      {order.waiting > 0 && (
        <Button
          className={classes.update}
          size="compact-md"
          radius="xl"
          rightSection={<IconArrowUp size={16} aria-hidden />}
          onClick={update}
        >
          {t('{{count}} new – update order', { count: order.waiting })}
        </Button>
      )}
    </div>
  );
}
