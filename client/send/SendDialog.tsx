import { useState } from 'react';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { useAddressee } from './recipients.ts';
import { SendForm } from './SendForm.tsx';
import { useSending } from './sending-context.ts';

type Props = { conversationId: string; opened: boolean; onClose(): void };

/** Writes to somebody, from wherever one is. */
export function SendDialog({ conversationId, opened, onClose }: Props) {
  const { drafts } = useSending();
  const addressee = useAddressee(conversationId, { skip: !opened });
  const [leaving, setLeaving] = useState(false);
  const name = addressee.conversation?.name;

  function dismiss() {
    if (leaving) setLeaving(false);
    else if (drafts.read(conversationId).text.trim() === '') onClose();
    else setLeaving(true);
  }

  return (
    <Dialog
      opened={opened}
      title={name ? t('Send WhatsApp to {{name}}', { name }) : t('Send WhatsApp')}
      onDismiss={dismiss}
      onGone={() => setLeaving(false)}
    >
      <SendForm
        conversationId={conversationId}
        addressee={addressee}
        leaving={leaving}
        onStay={() => setLeaving(false)}
        onDismiss={dismiss}
        onClose={onClose}
      />
    </Dialog>
  );
}
