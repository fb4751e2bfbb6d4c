import { Alert, Button, TextInput } from '@mantine/core';
import { IconAlertCircle, IconPlus } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { t } from '../language/t.ts';
import { useInputProblem } from '../shell/use-input-problem.ts';
import { ContactFields } from './ContactFields.tsx';
import classes from './CustomerForm.module.css';
import { type ContactDraft, type CustomerDraft, filledContacts, newContact } from './customer-draft.ts';

type Props = {
  draft: CustomerDraft;
  onChange(draft: CustomerDraft): void;
  /** Throws what the server doesn't take, which is shown at its field. */
  onSave(): Promise<void>;
  /** Above the fields. */
  children?: ReactNode;
  /** The buttons below them; `busy` while it is being saved. */
  actions(busy: boolean): ReactNode;
};

/** Who a customer is, and how they are reached. */
export function CustomerForm({ draft, onChange, onSave, children, actions }: Props) {
  const { form, problem, problemAt, setError } = useInputProblem();
  const [busy, setBusy] = useState(false);
  const { name, organization, contacts } = draft;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setError(undefined);
    setBusy(true);
    try {
      await onSave();
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  }

  const changeContact = (changed: ContactDraft, values: Partial<ContactDraft>) =>
    onChange({ ...draft, contacts: contacts.map((each) => (each === changed ? { ...each, ...values } : each)) });

  // A problem names a contact by its place among those that were sent.
  const sent = filledContacts(draft);
  const known = ['name', 'organization', ...sent.flatMap((_, at) => PARTS.map((part) => `contacts.${at}.${part}`))];

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      {children}
      {problem && !known.includes(problem.field ?? '') && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {problem.message}
        </Alert>
      )}
      <TextInput
        label={t('Name')}
        value={name}
        onChange={({ currentTarget }) => onChange({ ...draft, name: currentTarget.value })}
        error={problemAt('name')}
        maxLength={200}
        autoComplete="off"
        required
        data-autofocus
      />
      <TextInput
        label={t('Organisation')}
        value={organization}
        onChange={({ currentTarget }) => onChange({ ...draft, organization: currentTarget.value })}
        error={problemAt('organization')}
        maxLength={200}
        autoComplete="off"
      />
      <fieldset className={classes.contacts}>
        <legend>{t('Contact points')}</legend>
        <p className={classes.hint}>{t('Numbers in any usual form. The history of an unknown number comes along.')}</p>
        {contacts.map((contact, index) => {
          const at = sent.indexOf(contact);
          return (
            <ContactFields
              key={contact.key}
              number={index + 1}
              contact={contact}
              problems={{
                type: problemAt(`contacts.${at}.type`),
                value: problemAt(`contacts.${at}.value`),
                label: problemAt(`contacts.${at}.label`),
              }}
              onChange={(values) => changeContact(contact, values)}
              onRemove={() => onChange({ ...draft, contacts: contacts.filter((each) => each !== contact) })}
            />
          );
        })}
        <Button
          variant="default"
          leftSection={<IconPlus size={18} stroke={1.9} aria-hidden />}
          onClick={() => onChange({ ...draft, contacts: [...contacts, newContact('PHONE', '')] })}
        >
          {t('Add a contact point')}
        </Button>
      </fieldset>
      {actions(busy)}
    </form>
  );
}

const PARTS = ['type', 'value', 'label'];
