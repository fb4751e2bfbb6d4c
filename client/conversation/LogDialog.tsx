import { useState } from 'react';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { LogForm } from './LogForm.tsx';

type Props = { conversationId: string; opened: boolean; onClose(): void };

/** For what was said elsewhere, so that the log is the whole story. */
export function LogDialog({ conversationId, opened, onClose }: Props) {
  const [text, setText] = useState('');
  const [leaving, setLeaving] = useState(false);
  const dismiss = () => (leaving ? setLeaving(false) : text.trim() === '' ? onClose() : setLeaving(true));
  return (
    <Dialog
      opened={opened}
      title={t('Log a call, meeting, mail or SMS')}
      onDismiss={dismiss}
      onGone={() => {
        setText('');
        setLeaving(false);
      }}
    >
      <LogForm
        conversationId={conversationId}
        text={text}
        onText={setText}
        leaving={leaving}
        onStay={() => setLeaving(false)}
        onDismiss={dismiss}
        onClose={onClose}
      />
    </Dialog>
  );
}
