import { IconPlugConnectedX } from '@tabler/icons-react';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import classes from './NotConfigured.module.css';

/** What the server lacks to send, in the place where one would write. */
export function NotConfigured({ reason }: { reason: string | null }) {
  return (
    <div className={classes.card} role="note" aria-label={t('Sending is not set up')}>
      <IconPlugConnectedX size={22} stroke={1.7} aria-hidden />
      <p>
        {reason ? spoken(reason) : t('Messages can’t be sent yet.')}{' '}
        {t('Receiving works. An admin can set it up: it is in the README, under “Meta’s side, step by step”.')}
      </p>
    </div>
  );
}
