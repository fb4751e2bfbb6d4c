import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import type { TimelineItem } from '../live/timelines.ts';
import classes from './Timeline.module.css';

/** Brings one to the end, and tells how much came there since one left it. */
export function ToNewest({ items, onClick }: { items: readonly TimelineItem[]; onClick(): void }) {
  const [seen] = useState(items.at(-1)?.key);
  const unseen = seen === undefined ? 0 : items.length - 1 - items.findLastIndex(({ key }) => key === seen);
  const news = unseen > 0 && unseen < items.length;
  return (
    <div className={classes.pill}>
      <Button
        variant={news ? 'filled' : 'default'}
        size="sm"
        radius="xl"
        aria-label={news ? undefined : t('To the newest')}
        onClick={onClick}
      >
        {news && <>{t('{{count}} new', { count: unseen })}&ensp;</>}
        <IconArrowDown size={16} aria-hidden />
      </Button>
    </div>
  );
}
