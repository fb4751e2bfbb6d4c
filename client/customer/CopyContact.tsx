import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../language/t.ts';

/** Copies a number or an address, to be pasted elsewhere. */
export function CopyContact({ text }: { text: string }) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const label = clipboard.copied ? t('Copied') : t('Copy {{text}}', { text });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      aria-label={label}
      title={clipboard.error ? t('The browser didn’t let it be copied: select it and copy it by hand.') : label}
      onClick={() => clipboard.copy(text)}
    >
      <Icon size={16} stroke={1.8} aria-hidden />
    </ActionIcon>
  );
}
