import { useEffect, useState } from 'react';
import { t } from '../language/t.ts';
import { Palette } from '../palette/Palette.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { ShortcutList } from './ShortcutList.tsx';
import { listenForShortcuts, useShortcut } from './shortcuts.ts';

/** Listens for the page's own keys, shows them at `?`, and finds whatever else there is to do. */
export function Keyboard() {
  const [helping, setHelping] = useState(false);
  const [finding, setFinding] = useState(false);
  useShortcut('palette', () => setFinding(true));
  useShortcut('help', () => setHelping(true));
  useEffect(listenForShortcuts, []);
  return (
    <>
      <Palette opened={finding} onClose={() => setFinding(false)} />
      <Dialog opened={helping} title={t('Keys')} onDismiss={() => setHelping(false)}>
        <ShortcutList />
      </Dialog>
    </>
  );
}
