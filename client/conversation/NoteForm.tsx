import { Button } from '@mantine/core';
import { IconLock, IconNote } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import { noteDraftId } from '../send/drafts.ts';
import { MessageBox } from '../send/MessageBox.tsx';
import { newKey } from '../send/outgoing.ts';
import { useSending } from '../send/sending-context.ts';
import { useDraft } from '../send/use-draft.ts';
import { showNewest } from '../shell/newest.ts';
import { problemOf } from '../shell/use-input-problem.ts';
import classes from './NoteForm.module.css';
import { useLogComms } from './use-log-comms.ts';

/** Writes down what only staff are to see. The text stays until the server has it. */
export function NoteForm({ conversationId }: { conversationId: string }) {
  const draftId = noteDraftId(conversationId);
  const { drafts } = useSending();
  const [{ text, tried, problem }, change] = useDraft(draftId);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const logComms = useLogComms();

  async function save() {
    if (busy || text.trim() === '') return;
    const key = tried?.text === text ? tried.key : newKey();
    change({ tried: { key, text, to: '' } });
    setBusy(true);
    try {
      await logComms({
        customerId: conversationId,
        type: 'NOTE',
        direction: 'INTERNAL',
        body: text,
        idempotencyKey: key,
      });
      if (drafts.read(draftId).text === text) drafts.finish(draftId);
      showNewest();
    } catch (error) {
      change({ problem: problemOf(error) });
    } finally {
      setBusy(false);
      box.current?.focus();
    }
  }

  return (
    <form
      className={classes.form}
      aria-label={t('Write a note')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className={classes.who}>
        <IconLock size={15} stroke={1.9} aria-hidden />
        {t('Only staff see this. It isn’t sent to the customer.')}
      </p>
      <div className={classes.line}>
        <MessageBox
          ref={box}
          aria-label={t('Note')}
          placeholder={t('Note for colleagues')}
          value={text}
          readOnly={busy}
          error={problem?.message}
          onChange={(typed) => change({ text: typed })}
          onSend={() => void save()}
        />
        <Button
          type="submit"
          size="md"
          className={classes.save}
          loading={busy}
          leftSection={<IconNote size={18} aria-hidden />}
        >
          {t('Save note')}
        </Button>
      </div>
    </form>
  );
}
