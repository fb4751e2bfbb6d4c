import { useReactiveVar } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { t } from '../language/t.ts';
import { belongs, inboxRule } from '../live/comms-lists.ts';
import type { CommsStep } from '../live/feed-log.ts';
import { useLive } from '../live/live-context.ts';
import type { InboxFilter } from '../operations.generated.ts';
import classes from './LogList.module.css';

type Props = { filter: InboxFilter; position: string; onShow(): void };

/** A searched list holds still, and offers what has come since. */
export function NewSince({ filter, position, onShow }: Props) {
  const steps = useReactiveVar(useLive().log.steps);
  const count = steps.filter(
    (step) => step.position > position && step.change === 'LOGGED' && fits(step, filter),
  ).length;
  if (count === 0) return null;
  return (
    <div className={classes.news}>
      <Button size="sm" radius="xl" variant="light" onClick={onShow}>
        {t('{{count}} new – show', { count })}
      </Button>
    </div>
  );
}

/** Nearly what the server would say; it has the last word once they are shown. */
function fits({ entry }: CommsStep, filter: InboxFilter): boolean {
  if (!belongs(entry, inboxRule(filter)) || (filter.unreadOnly && entry.direction !== 'INBOUND')) return false;
  const text = folded(
    [entry.body, entry.customer?.name, entry.customer?.organization, entry.senderName, entry.phone].join(' '),
  );
  return folded(filter.search ?? '')
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');
