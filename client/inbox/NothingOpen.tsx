import { IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
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
  const hasWritten = counts?.types.some(({ type, count }) => type === 'WHATSAPP' && count > 0);
  // Whose first message comes while they look at the steps sees that it is done.
  const [first, setFirst] = useState(false);
  if (hasWritten === false && !first) setFirst(true);
  if (first) {
    return (
      <div className={classes.place}>
        <FirstSteps hasWritten={hasWritten === true} />
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
