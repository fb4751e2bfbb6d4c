import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { useLeaving } from '../shell/use-leaving.ts';
import { LogForm } from './LogForm.tsx';

type Props = { conversationId: string; opened: boolean; onClose(): void };

/** For what was said elsewhere, so that the log is the whole story. */
export function LogDialog({ conversationId, opened, onClose }: Props) {
  const leaving = useLeaving(onClose);
  return (
    <Dialog
      opened={opened}
      title={t('Log a call, meeting, mail or SMS')}
      onDismiss={leaving.leave}
      onGone={leaving.reset}
    >
      <LogForm conversationId={conversationId} leaving={leaving} onLogged={onClose} />
    </Dialog>
  );
}
