import { IconMessages } from '@tabler/icons-react';
import { useChannel } from '../send/channel.ts';
import { NotConfigured } from '../send/NotConfigured.tsx';
import { Empty } from '../shell/Empty.tsx';
import classes from './NothingOpen.module.css';

/** Beside the list, as long as nothing is open. */
export function NothingOpen() {
  const channel = useChannel();
  return (
    <div className={classes.place}>
      <Empty
        icon={<IconMessages size={36} stroke={1.4} aria-hidden />}
        title="No conversation is open"
        hint="Choose one from the list: what was said, and the box to answer in, appear here."
      >
        {channel?.sending === 'NOT_CONFIGURED' && <NotConfigured reason={channel.reason} />}
      </Empty>
    </div>
  );
}
