import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../language/t.ts';
import { FormActions } from '../shell/FormActions.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { customerAddress } from './address.ts';
import { CustomerForm } from './CustomerForm.tsx';
import { type CustomerDraft, inputOf, newContact } from './customer-draft.ts';
import classes from './NewCustomerPage.module.css';
import { useSaveCustomer } from './use-save-customer.ts';

/** A new customer; `?name=…&phone=…` fills in what is known. */
export function NewCustomerPage() {
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const { create } = useSaveCustomer();
  const [draft, setDraft] = useState<CustomerDraft>(() => ({
    name: address.get('name') ?? '',
    organization: '',
    contacts: [newContact('WHATSAPP', address.get('phone') ?? '')],
  }));
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  async function save() {
    const customer = await create(inputOf(draft));
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
          actions={(busy) => <FormActions submit={t('Save customer')} busy={busy} onCancel={() => void navigate(-1)} />}
        />
      </div>
    </section>
  );
}
