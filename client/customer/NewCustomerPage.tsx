import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../language/t.ts';
import { FormActions } from '../shell/FormActions.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { useHeldBack } from '../shell/use-leaving.ts';
import { customerAddress } from './address.ts';
import { CustomerForm } from './CustomerForm.tsx';
import { type CustomerDraft, inputOf, isSameDraft, newContact } from './customer-draft.ts';
import classes from './NewCustomerPage.module.css';
import { useSaveCustomer } from './use-save-customer.ts';

/** A new customer; `?name=…&phone=…` fills in what is known. */
export function NewCustomerPage() {
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const { create } = useSaveCustomer();
  const [start] = useState<CustomerDraft>(() => ({
    name: address.get('name') ?? '',
    organization: '',
    contacts: [newContact('WHATSAPP', address.get('phone') ?? '')],
  }));
  const [draft, setDraft] = useState(start);
  const isSaved = useRef(false);
  const away = useHeldBack(() => !isSaved.current && !isSameDraft(start, draft));
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  async function save() {
    const customer = await create(inputOf(draft));
    isSaved.current = true;
    await navigate(customerAddress(customer.id));
  }

  return (
    <section ref={page} className={classes.page} aria-labelledby="new-customer-title">
      <PageTitle>{t('New customer')}</PageTitle>
      <div className={classes.card}>
        <h1 id="new-customer-title">{t('New customer')}</h1>
        <CustomerForm
          draft={draft}
          onChange={setDraft}
          onSave={save}
          actions={(busy) => (
            <FormActions
              submit={t('Save customer')}
              busy={busy}
              onCancel={() => void navigate(-1)}
              leaving={away.state === 'blocked' ? { onStay: away.reset, onDiscard: away.proceed } : undefined}
            />
          )}
        />
      </div>
    </section>
  );
}
