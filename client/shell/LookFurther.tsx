import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { Empty } from './Empty.tsx';
import { causeOf } from './trouble-cause.ts';
import { useMore } from './use-more.ts';

/** Says of a list that nothing of what is newer belongs to it, and looks through the rest, which takes longer. */
export function LookFurther({ onLook, onClear }: { onLook(signal: AbortSignal): Promise<unknown>; onClear(): void }) {
  const { load, busy, failed } = useMore(onLook);
  return (
    <Empty
      icon={<IconSearch size={36} stroke={1.4} aria-hidden />}
      title={t('Nothing found yet')}
      hint={t('There is so much that only the newer part has been looked through.')}
    >
      {failed !== undefined && <p role="alert">{causeOf(failed)}</p>}
      <Button onClick={() => void load()} loading={busy}>
        {t('Look further back')}
      </Button>
      <Button variant="default" onClick={onClear}>
        {t('Clear filters')}
      </Button>
    </Empty>
  );
}
