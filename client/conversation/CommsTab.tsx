import { Button } from '@mantine/core';
import { IconFilterOff, IconMessages } from '@tabler/icons-react';
import { memo, useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { doNow } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import type { CommsType } from '../operations.generated.ts';
import { useChannel } from '../send/channel.ts';
import { Empty } from '../shell/Empty.tsx';
import { onShowNewest } from '../shell/newest.ts';
import { Patient } from '../shell/Patient.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { withParam } from '../shell/with-param.ts';
import classes from './CommsTab.module.css';
import { CommsTabSkeleton } from './CommsTabSkeleton.tsx';
import { asCommsType, LOOKS } from './comms-looks.ts';
import { EntryMenu } from './EntryMenu.tsx';
import { HitSearch } from './HitSearch.tsx';
import { JumpContext, useJump } from './jump.ts';
import { Timeline } from './Timeline.tsx';
import { TypeChips } from './TypeChips.tsx';
import { useFirstNew } from './use-first-new.ts';
import { useHit } from './use-hit.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useTimeline } from './use-timeline.ts';
import { Writing } from './Writing.tsx';

/**
 * Everything said with one customer, as a timeline with the newest at the end, and the box to answer in. Where the same
 * conversation gets another id, all of it stays as it is: another conversation is for another key.
 */
export const CommsTab = memo(function CommsTab({ conversationId: id }: { conversationId: string }) {
  const [address, setAddress] = useSearchParams();
  const type = asCommsType(address.get('only'));
  const set = (name: string, value: string) => setAddress(withParam(address, name, value), { replace: true });
  return (
    <div className={classes.tab}>
      <div className={classes.chips}>
        <TypeChips chosen={type} onChoose={(chosen) => set('only', chosen ?? '')} />
      </div>
      <div className={classes.said}>
        <Comms
          key={type}
          conversationId={id}
          type={type}
          entryId={address.get('entry') ?? undefined}
          onClearType={() => set('only', '')}
          onEntry={(entryId) => set('entry', entryId ?? '')}
        />
      </div>
      <Writing conversationId={id} />
    </div>
  );
});

type CommsProps = {
  conversationId: string;
  type: CommsType | undefined;
  entryId: string | undefined;
  onClearType(): void;
  /** The address is to ask for this one, or for none. */
  onEntry(entryId: string | undefined): void;
};

/** More than this isn't kept of what nobody scrolled back to. */
const LONGEST_AT_END = 1_000;

function Comms({ conversationId, type, entryId, onClearType, onEntry }: CommsProps) {
  const loaded = useTimeline(conversationId, type);
  const { timeline, movingOn, error, restart, loadOlder } = loaded;
  const firstNew = useFirstNew(conversationId, timeline);
  const hit = useHit(entryId, loaded);
  const [endShown, setEndShown] = useState(false);
  useMarkRead({
    conversationId,
    newest: timeline?.newestId,
    endShown: endShown && firstNew.known && !type && !movingOn,
  });
  const showEnd = useCallback((shown: boolean) => setEndShown(shown), []);
  const onLeaveEntry = () => onEntry(undefined);
  const toNewest = useCallback(() => entryId && onEntry(undefined), [entryId, onEntry]);
  const { visits, jump } = useJump(entryId, onEntry);
  // What is newest may be of another kind.
  useEffect(() => onShowNewest(() => type && onClearType()));
  const long = endShown && timeline !== undefined && timeline.items.length > LONGEST_AT_END;
  useEffect(() => {
    if (long) void restart();
  }, [long, restart]);

  return (
    <JumpContext value={jump}>
      <EntryMenu conversationId={conversationId}>
        {error !== undefined && <Trouble what="The log" error={error} onRetry={restart} />}
        <HitSearch hit={hit} onGiveUp={onLeaveEntry} />
        {!timeline && error === undefined && (
          <Patient>
            <CommsTabSkeleton />
          </Patient>
        )}
        {timeline?.items.length === 0 && <NothingSaid type={type} onClear={onClearType} />}
        {timeline && timeline.items.length > 0 && (
          <Timeline
            items={timeline.items}
            firstNew={firstNew.id}
            hit={hit?.state === 'looking' || hit?.state === 'found' ? hit.id : undefined}
            visits={visits}
            ownNewest={timeline.ownNewest}
            hasOlder={timeline.hasOlder}
            onLoadOlder={loadOlder}
            onEndShown={showEnd}
            onToNewest={toNewest}
          />
        )}
      </EntryMenu>
    </JumpContext>
  );
}

function NothingSaid({ type, onClear }: { type: CommsType | undefined; onClear(): void }) {
  const channel = useChannel();
  const canSend = channel !== undefined && channel.sending !== 'NOT_CONFIGURED';
  const Icon = type ? IconFilterOff : IconMessages;
  return (
    <Empty
      icon={<Icon size={36} stroke={1.4} aria-hidden />}
      title={
        type ? t('Nothing of this kind: {{kind}}', { kind: t(LOOKS[type].plural) }) : t('Nothing has been said yet')
      }
      hint={
        type ? t('There may be other communication.') : t('The next message with this customer appears here by itself.')
      }
    >
      {type ? (
        <Button variant="default" onClick={onClear}>
          {t('Clear filters')}
        </Button>
      ) : (
        canSend && <Button onClick={() => doNow('reply')}>{t('Send the first WhatsApp')}</Button>
      )}
    </Empty>
  );
}
