import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { t } from '../language/t.ts';
import type { CustomerToEditQuery, CustomerToEditQueryVariables } from '../operations.generated.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { FormActions } from '../shell/FormActions.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { type Leaving, useLeaving, useUnsaved } from '../shell/use-leaving.ts';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import { type CustomerDraft, changesOf, draftOf } from './customer-draft.ts';
import { useCustomerDraft } from './use-customer-draft.ts';
import { useSaveCustomer } from './use-save-customer.ts';

const QUERY: TypedDocumentNode<CustomerToEditQuery, CustomerToEditQueryVariables> = gql`
  query CustomerToEdit($id: ID!) {
    customer(id: $id) { id revision name organization contacts { id type value label } }
  }
`;

type Props = { customerId: string; opened: boolean; onClose(): void };

/** Puts right who a customer is, and how they are reached. */
export function EditCustomerDialog({ customerId, opened, onClose }: Props) {
  const { data, error, refetch } = useQuery(QUERY, { variables: { id: customerId }, skip: !opened });
  const saved = useMemo(() => (data?.customer ? draftOf(data.customer) : undefined), [data?.customer]);
  const leaving = useLeaving(onClose);
  return (
    <Dialog opened={opened} title={t('Edit the customer')} wide onDismiss={leaving.leave} onGone={leaving.reset}>
      {error && !saved && <Trouble what="The customer" error={error} onRetry={() => refetch()} />}
      {saved && <EditForm customerId={customerId} saved={saved} leaving={leaving} onSaved={onClose} />}
    </Dialog>
  );
}

type FormProps = { customerId: string; saved: CustomerDraft; leaving: Leaving; onSaved(): void };

function EditForm({ customerId, saved, leaving, onSaved }: FormProps) {
  const client = useApolloClient();
  const { update } = useSaveCustomer();
  /** As it was when this was sent: what comes back of it is nobody else's change. */
  const [sentOver, setSentOver] = useState<CustomerDraft>();
  const writing = useCustomerDraft(sentOver ?? saved);
  const { isChanged, conflicts } = writing;
  useUnsaved(leaving, isChanged);

  async function save() {
    const { data } = await client.query({ query: QUERY, variables: { id: customerId }, fetchPolicy: 'network-only' });
    const now = data?.customer ? draftOf(data.customer) : saved;
    const merged = writing.mergedWith(now);
    // They are shown now, to be decided.
    if (merged.conflicts.length > 0) return;
    const changes = changesOf(now, merged.draft);
    if (Object.keys(changes).length > 0) {
      setSentOver(now);
      try {
        await update({ id: customerId, ...changes });
      } catch (error) {
        setSentOver(undefined);
        throw error;
      }
    }
    onSaved();
  }

  return (
    <CustomerForm
      draft={writing.draft}
      onChange={writing.change}
      onSave={save}
      actions={(busy) => (
        <FormActions submit={t('Save')} busy={busy} onCancel={leaving.leave} leaving={leaving.question} />
      )}
    >
      <ChangedMeanwhile tookOver={writing.tookOver} conflicts={conflicts} onDecide={writing.decide} />
    </CustomerForm>
  );
}
