import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox, IconSearchOff } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { InboxFilter } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { filterWords } from './filter-words.ts';

/** Why there are no rows, and the way back to some. */
export function ListEmpty({ filter, onClear }: { filter: InboxFilter; onClear(): void }) {
  const words = filterWords(filter);
  if (words.length === 0) {
    return (
      <Empty
        icon={<IconInbox size={36} stroke={1.4} aria-hidden />}
        title={t('No conversations yet')}
        hint={t('The first message that a customer writes on WhatsApp appears here by itself.')}
      />
    );
  }
  const hasTitleSaidIt = words.length === 1 && filter.search !== undefined;
  const Icon = filter.search ? IconSearchOff : IconFilterOff;
  return (
    <Empty
      icon={<Icon size={36} stroke={1.4} aria-hidden />}
      title={
        filter.search ? t('Nothing found for “{{search}}”', { search: filter.search }) : t('No conversation matches')
      }
      hint={!hasTitleSaidIt && t('Shown is only: {{what}}.', { what: words.join(', ') })}
    >
      <Button variant="default" onClick={onClear}>
        {t('Clear filters')}
      </Button>
    </Empty>
  );
}
