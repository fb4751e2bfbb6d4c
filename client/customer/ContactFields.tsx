import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ContactInput, ContactType } from '../operations.generated.ts';
import classes from './NewCustomerPage.module.css';

const TYPES: { value: ContactType; label: string }[] = [
  { value: 'WHATSAPP', label: 'WhatsApp' },
  { value: 'PHONE', label: 'Phone' },
  { value: 'EMAIL', label: 'E-mail' },
];

type Contact = ContactInput & { label: string };
type Props = {
  number: number;
  contact: Contact;
  problems: Record<'type' | 'value' | 'label', string | undefined>;
  onChange(changed: Partial<Contact>): void;
  onRemove(): void;
};

/** One way to reach a customer, as it is typed. */
export function ContactFields({ number, contact, problems, onChange, onRemove }: Props) {
  const email = contact.type === 'EMAIL';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset inside of a fieldset reads its legend twice
    <div role="group" aria-label={`Contact point ${number}`} className={classes.contact}>
      <NativeSelect
        label="Type"
        data={TYPES}
        value={contact.type}
        error={problems.type}
        onChange={({ currentTarget }) => onChange({ type: currentTarget.value as ContactType })}
      />
      <TextInput
        label={email ? 'Address' : 'Number'}
        type={email ? 'email' : 'tel'}
        dir="ltr"
        value={contact.value}
        error={problems.value}
        onChange={({ currentTarget }) => onChange({ value: currentTarget.value })}
      />
      <TextInput
        label="Label"
        placeholder="mobile, office…"
        value={contact.label}
        error={problems.label}
        maxLength={100}
        onChange={({ currentTarget }) => onChange({ label: currentTarget.value })}
      />
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size={42}
        aria-label={`Remove contact point ${number}`}
        onClick={onRemove}
      >
        <IconTrash size={20} stroke={1.7} aria-hidden />
      </ActionIcon>
    </div>
  );
}
