import { IconAlertTriangle } from '@tabler/icons-react';
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
            <strong>WhatsApp messages don’t go out at the moment.</strong> {waiting(channel.queued)} {channel.reason}
          </p>
        </div>
      )}
    </div>
  );
}

function waiting(queued: number): string {
  if (queued === 0) return '';
  return queued === 1 ? '1 message waits.' : `${queued.toLocaleString()} messages wait.`;
}
