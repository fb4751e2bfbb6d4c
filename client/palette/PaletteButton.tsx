import { ActionIcon } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { doNow, drawnKey, SHORTCUTS } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';

const { words, keys } = SHORTCUTS.palette;

/** For who has no keyboard, or doesn't know the key yet. */
export function PaletteButton() {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={40}
      aria-label={t(words)}
      title={`${t(words)} (${drawnKey(keys[0])})`}
      onClick={() => doNow('palette')}
    >
      <IconSearch size={20} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
