import { useEffect, useState } from 'react';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { ShortcutList } from './ShortcutList.tsx';
import { listenForShortcuts, useShortcut } from './shortcuts.ts';

/** Listens for the page's own keys, and shows them at `?`. */
export function Keyboard() {
  const [helping, setHelping] = useState(false);
  useShortcut('help', () => setHelping(true));
  useEffect(listenForShortcuts, []);
  return (
    <Dialog opened={helping} title={t('Keys')} onDismiss={() => setHelping(false)}>
      <ShortcutList />
    </Dialog>
  );
}
