import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Alert, Button, TextInput } from '@mantine/core';
import { IconAlertCircle, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../language/t.ts';
import type { ContactInput, CreateCustomerMutation, CreateCustomerMutationVariables } from '../operations.generated.ts';
import { PageTitle } from '../shell/PageTitle.tsx';
import { useInputProblem } from '../shell/use-input-problem.ts';
import { customerAddress } from './address.ts';
import { ContactFields } from './ContactFields.tsx';
import classes from './NewCustomerPage.module.css';

const CREATE: TypedDocumentNode<CreateCustomerMutation, CreateCustomerMutationVariables> = gql`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) { customer { id revision name } }
  }
`;

type Row = ContactInput & { key: number; label: string };

/** A new customer; out of an unknown number the name and the number are filled in. */
export function NewCustomerPage() {
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const { form, problem, problemAt, setError } = useInputProblem();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const nextKey = useRef(1);
  const [name, setName] = useState(address.get('name') ?? '');
  const [organization, setOrganization] = useState('');
  const [contacts, setContacts] = useState<Row[]>([
    { key: 0, type: 'WHATSAPP', value: address.get('phone') ?? '', label: '' },
  ]);
  const [create, { loading }] = useMutation(CREATE);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (loading) return;
    setError(undefined);
    // Rows left empty are no contacts; a problem names the row by its place among the others.
    const filled = contacts.filter((row) => row.value.trim());
    try {
      const { data } = await create({
        variables: {
          input: {
            name: name.trim(),
            organization: organization.trim() || null,
            contacts: filled.map(({ type, value, label }) => ({
              type,
              value: value.trim(),
              label: label.trim() || null,
            })),
          },
        },
      });
      if (data) await navigate(customerAddress(data.createCustomer.customer.id));
    } catch (error) {
      setError(error);
    }
  }

  const filledKeys = contacts.filter((row) => row.value.trim()).map((row) => row.key);
  const known = new Set(['name', 'organization', ...filledKeys.flatMap((_, at) => contactFields(at))]);

  return (
    <section className={classes.page} aria-labelledby="new-customer-title">
      <PageTitle>{t('New customer')}</PageTitle>
      <form ref={form} className={classes.card} onSubmit={submit} noValidate>
        <h1 id="new-customer-title">{t('New customer')}</h1>
        {problem && !known.has(problem.field ?? '') && (
          <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
            {problem.message}
          </Alert>
        )}
        <TextInput
          ref={first}
          label={t('Name')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={problemAt('name')}
          maxLength={200}
          required
        />
        <TextInput
          label={t('Organisation')}
          value={organization}
          onChange={({ currentTarget }) => setOrganization(currentTarget.value)}
          error={problemAt('organization')}
          maxLength={200}
        />
        <fieldset className={classes.contacts}>
          <legend>{t('Contact points')}</legend>
          <p className={classes.hint}>
            {t('Numbers in any usual form. The history of an unknown number comes along.')}
          </p>
          {contacts.map((row, index) => {
            const at = filledKeys.indexOf(row.key);
            return (
              <ContactFields
                key={row.key}
                number={index + 1}
                contact={row}
                problems={{
                  type: problemAt(`contacts.${at}.type`),
                  value: problemAt(`contacts.${at}.value`),
                  label: problemAt(`contacts.${at}.label`),
                }}
                onChange={(changed) =>
                  setContacts(contacts.map((other) => (other === row ? { ...row, ...changed } : other)))
                }
                onRemove={() => setContacts(contacts.filter((other) => other !== row))}
              />
            );
          })}
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} stroke={1.9} aria-hidden />}
            onClick={() => setContacts([...contacts, { key: nextKey.current++, type: 'PHONE', value: '', label: '' }])}
          >
            {t('Add a contact point')}
          </Button>
        </fieldset>
        <div className={classes.actions}>
          <Button variant="default" onClick={() => void navigate(-1)}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={loading}>
            {t('Save customer')}
          </Button>
        </div>
      </form>
    </section>
  );
}

const contactFields = (at: number) => ['type', 'value', 'label'].map((part) => `contacts.${at}.${part}`);
