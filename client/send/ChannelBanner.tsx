import { IconAlertTriangle } from '@tabler/icons-react';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import classes from './ChannelBanner.module.css';
import { useWatchedChannel } from './channel.ts';

/** Nothing goes out: everybody is told, wherever they are. */
export function ChannelBanner() {
  const channel = useWatchedChannel();
  return (
    <div role="alert" className={classes.place}>
      {channel?.sending === 'STOPPED' && (
        <div className={classes.banner}>
          <IconAlertTriangle size={20} stroke={1.8} aria-hidden />
          <p>
            <strong>{t('WhatsApp messages don’t go out at the moment.')}</strong>{' '}
            {channel.queued > 0 && t('{{count}} messages wait.', { count: channel.queued })}{' '}
            {channel.reason && spoken(channel.reason)}
          </p>
        </div>
      )}
    </div>
  );
}
