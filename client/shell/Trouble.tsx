import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

import { useState } from 'react';
import { type Text, t } from '../language/t.ts';
import classes from './Trouble.module.css';
import { causeOf } from './trouble-cause.ts';

/** What there are words for when it couldn't be loaded. */
export type Loaded = Text extends infer Key ? (Key extends `${infer What} couldn’t be loaded` ? What : never) : never;
type Props = { what: Loaded; error: unknown; onRetry(): unknown };

/** Something couldn't be read: what, why in plain words, and the way on. */
export function Trouble({ what, error, onRetry }: Props) {
  const [busy, setBusy] = useState(false);
  async function retry() {
    setBusy(true);
    try {
      await onRetry();
    } catch {
      // The query's own error is shown here anew.
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className={classes.card} role="alert">
      <IconAlertTriangle size={22} stroke={1.7} aria-hidden />
      <div className={classes.words}>
        <strong>{t(`${what} couldn’t be loaded`)}</strong>
        <span>{causeOf(error)}</span>
      </div>
      <Button variant="default" onClick={retry} loading={busy}>
        {t('Retry')}
      </Button>
    </div>
  );
}
