import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox } from '@tabler/icons-react';
import { filterWords } from '../inbox/filter-words.ts';
import { t } from '../language/t.ts';
import type { InboxFilter } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';

export function LogEmpty({ filter, onClear }: { filter: InboxFilter; onClear(): void }) {
  const words = filterWords(filter);
  if (words.length === 0) {
    return (
      <Empty
        icon={<IconInbox size={36} stroke={1.4} aria-hidden />}
        title={t('Nothing has been said yet')}
        hint={t('The first message that a customer writes on WhatsApp appears here by itself. Leave this page open.')}
      />
    );
  }
  return (
    <Empty
      icon={<IconFilterOff size={36} stroke={1.4} aria-hidden />}
      title={
        filter.search
          ? t('Nothing found for “{{search}}”', { search: filter.search })
          : t('Nothing matches these filters')
      }
      hint={t('Shown is only: {{what}}.', { what: words.join(', ') })}
    >
      <Button variant="default" onClick={onClear}>
        {t('Clear filters')}
      </Button>
    </Empty>
  );
}
