import { Alert, Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import actions from '../shell/FormActions.module.css';
import { causeOf } from '../shell/trouble-cause.ts';
import { SenderName } from './SenderName.tsx';
import classes from './UnlinkDialog.module.css';
import { useSenderLinks } from './use-sender-links.ts';

type Props = {
  sender: { conversationId: string; name: string | null; phone: string | null } | undefined;
  customer: { id: string; name: string };
  opened: boolean;
  onClose(): void;
};

/** Says what goes back before a sender is taken from a customer. */
export function UnlinkDialog({ sender, customer, opened, onClose }: Props) {
  const { undo } = useSenderLinks();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const who = sender && <SenderName sender={sender} />;

  async function takeBack() {
    if (!sender) return;
    setBusy(true);
    setError(undefined);
    try {
      await undo(sender.conversationId, customer.id);
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      opened={opened}
      title={<Sentence text="Undo the link of {{sender}}?" parts={{ sender: who }} />}
      onDismiss={onClose}
      onGone={() => setError(undefined)}
    >
      <p className={classes.text}>
        <Sentence
          text="All that {{sender}} wrote, and all that was written to them, then and since, leaves {{name}} and stands under the unknown sender again."
          parts={{ sender: who, name: <bdi>{customer.name}</bdi> }}
        />
      </p>
      <p className={classes.text}>
        {t('A customer who was made of this sender, and of whom nothing else is known, is removed.')}
      </p>
      {error !== undefined && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {causeOf(error)}
        </Alert>
      )}
      <div className={actions.actions}>
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          {t('Cancel')}
        </Button>
        <Button loading={busy} onClick={() => void takeBack()}>
          {t('Undo the link')}
        </Button>
      </div>
    </Dialog>
  );
}
