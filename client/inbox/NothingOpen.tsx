import { IconMessages } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { useConversationCounts } from '../live/conversation-counts.ts';
import { useChannel } from '../send/channel.ts';
import { NotConfigured } from '../send/NotConfigured.tsx';
import { Empty } from '../shell/Empty.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import classes from './NothingOpen.module.css';

/** Beside the list, as long as nothing is open. */
export function NothingOpen() {
  const channel = useChannel();
  const counts = useConversationCounts();
  if (counts?.all === 0) {
    return (
      <div className={classes.place}>
        <FirstSteps />
      </div>
    );
  }
  return (
    <div className={classes.place}>
      <Empty
        icon={<IconMessages size={36} stroke={1.4} aria-hidden />}
        title={t('No conversation is open')}
        hint={t('Choose one from the list: what was said, and the box to answer in, appear here.')}
      >
        {channel?.sending === 'NOT_CONFIGURED' && <NotConfigured reason={channel.reason} />}
      </Empty>
    </div>
  );
}
