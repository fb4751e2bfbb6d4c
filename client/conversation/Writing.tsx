import { Button } from '@mantine/core';
import { IconLock, IconPencilPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import { Composer } from '../send/Composer.tsx';
import { noteDraftId } from '../send/drafts.ts';
import { useDraftText } from '../send/use-draft.ts';
import { Choice } from './Choice.tsx';
import { LogDialog } from './LogDialog.tsx';
import { NoteForm } from './NoteForm.tsx';
import classes from './Writing.module.css';

export const WRITING = 'writing';

/** Under a conversation: answering, writing down a note, or what happened elsewhere. */
export function Writing({ conversationId }: { conversationId: string }) {
  const [mode, setMode] = useState<'reply' | 'note'>('reply');
  const [logging, setLogging] = useState(false);
  const noteBegun = useDraftText(noteDraftId(conversationId)) !== undefined;
  const place = useRef<HTMLDivElement>(null);
  /** Somebody wants to write, and there is no box yet. */
  const awaited = useRef(false);
  useEffect(focusIfAwaited, [mode]);
  useShortcut('reply', () => write('reply'));
  useShortcut('note', () => write('note'));
  useShortcut('logCall', () => setLogging(true));

  function write(what: typeof mode) {
    awaited.current = true;
    if (what === mode) focusIfAwaited();
    else setMode(what);
  }

  function choose(what: typeof mode) {
    awaited.current = false;
    setMode(what);
  }

  function focusIfAwaited() {
    const box = awaited.current && place.current?.querySelector('textarea');
    if (!box) return;
    awaited.current = false;
    box.focus();
  }

  return (
    <div id={WRITING} className={classes.place} data-mode={mode} ref={place}>
      <div className={classes.bar}>
        <Choice
          label={t('What to write')}
          value={mode}
          onChange={choose}
          options={[
            { value: 'reply', label: t('Reply') },
            {
              value: 'note',
              label: (
                <>
                  <IconLock size={15} stroke={1.9} aria-hidden />
                  {noteBegun && mode === 'reply' ? t('Note, begun') : t('Note')}
                </>
              ),
            },
          ]}
        />
        <Button
          variant="default"
          size="sm"
          title={t('A call, meeting, mail or SMS')}
          leftSection={<IconPencilPlus size={17} stroke={1.8} aria-hidden />}
          onClick={() => setLogging(true)}
        >
          {t('Log a call…')}
        </Button>
      </div>
      {mode === 'reply' ? (
        <Composer conversationId={conversationId} onReady={focusIfAwaited} />
      ) : (
        <NoteForm conversationId={conversationId} />
      )}
      <LogDialog conversationId={conversationId} opened={logging} onClose={() => setLogging(false)} />
    </div>
  );
}
