import { Alert, Button } from '@mantine/core';
import { IconAlertCircle, IconArrowRight } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import actions from '../shell/FormActions.module.css';
import { causeOf } from '../shell/trouble-cause.ts';
import { CustomerPicker, type Picked } from './CustomerPicker.tsx';
import classes from './LinkDialog.module.css';
import { SenderName } from './SenderName.tsx';
import type { UnknownSender } from './unknown-sender.ts';
import { useSenderLinks } from './use-sender-links.ts';

type Props = { sender: UnknownSender; opened: boolean; onClose(): void; onNew(): void };

/** Gives an unknown sender to a customer who is there already. */
export function LinkDialog({ sender, opened, onClose, onNew }: Props) {
  return (
    <Dialog
      opened={opened}
      title={<Sentence text="Who is {{sender}}?" parts={{ sender: <SenderName sender={sender} /> }} />}
      onDismiss={onClose}
    >
      <LinkForm sender={sender} onClose={onClose} onNew={onNew} />
    </Dialog>
  );
}

function LinkForm({ sender, onClose, onNew }: Omit<Props, 'opened'>) {
  const { link } = useSenderLinks();
  const [picked, setPicked] = useState<Picked>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!picked || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await link(sender.id, picked);
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <CustomerPicker picked={picked} onPick={setPicked} onNew={onNew} />
      {error !== undefined && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {causeOf(error)}
        </Alert>
      )}
      <p role="status" className={classes.consequence} data-picked={picked ? true : undefined}>
        {picked ? (
          <>
            <IconArrowRight size={18} stroke={1.8} aria-hidden />
            <span>
              <Sentence
                text="The whole conversation moves to {{name}}, and so does what still comes. You can undo it."
                parts={{
                  name: (
                    <strong>
                      <bdi>{picked.name}</bdi>
                    </strong>
                  ),
                }}
              />
            </span>
          </>
        ) : (
          t('Choose the customer whom this conversation belongs to.')
        )}
      </p>
      <div className={actions.actions}>
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!picked}>
          {t('Link')}
        </Button>
      </div>
    </form>
  );
}
