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
            <strong>WhatsApp messages don’t go out at the moment.</strong> {channel.reason} {waiting(channel.queued)}
          </p>
        </div>
      )}
    </div>
  );
}

function waiting(queued: number): string {
  if (queued === 0) return 'None waits.';
  return queued === 1
    ? '1 message waits, and goes out by itself then.'
    : `${queued} messages wait, and go out by themselves then.`;
}
