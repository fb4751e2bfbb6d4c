import { useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { FormActions } from '../shell/FormActions.tsx';
import { type Leaving, useLeaving, useUnsaved } from '../shell/use-leaving.ts';
import { CustomerForm } from './CustomerForm.tsx';
import { type CustomerDraft, inputOf, isSameDraft, newContact } from './customer-draft.ts';
import { SenderName } from './SenderName.tsx';
import type { UnknownSender } from './unknown-sender.ts';
import { useSaveCustomer } from './use-save-customer.ts';
import { useSenderLinks } from './use-sender-links.ts';

type Props = { sender: UnknownSender; opened: boolean; onClose(): void };

/** Makes a customer of an unknown sender. */
export function NewCustomerDialog({ sender, opened, onClose }: Props) {
  const leaving = useLeaving(onClose);
  return (
    <Dialog
      opened={opened}
      title={<Sentence text="New customer: {{sender}}" parts={{ sender: <SenderName sender={sender} /> }} />}
      wide
      onDismiss={leaving.leave}
      onGone={leaving.reset}
    >
      <NewForm sender={sender} leaving={leaving} onMade={onClose} />
    </Dialog>
  );
}

function NewForm({ sender, leaving, onMade }: { sender: UnknownSender; leaving: Leaving; onMade(): void }) {
  const [start] = useState<CustomerDraft>(() => ({
    name: sender.name ?? '',
    organization: '',
    contacts: sender.phone ? [newContact('WHATSAPP', `+${sender.phone}`)] : [],
  }));
  const [draft, setDraft] = useState(start);
  const { create } = useSaveCustomer();
  const { showLinked } = useSenderLinks();
  const isChanged = !isSameDraft(start, draft);
  useUnsaved(leaving, isChanged);

  async function save() {
    const customer = await create({ ...inputOf(draft), conversationId: sender.id });
    onMade();
    await showLinked(sender.id, customer);
  }

  return (
    <CustomerForm
      draft={draft}
      onChange={setDraft}
      onSave={save}
      actions={(busy) => (
        <FormActions submit={t('Save customer')} busy={busy} onCancel={leaving.leave} leaving={leaving.question} />
      )}
    />
  );
}
