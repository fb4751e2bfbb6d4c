import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { ContactType } from '../operations.generated.ts';
import classes from './CustomerForm.module.css';
import { CONTACT_TYPES, contactTypeName } from './contact-types.ts';
import type { ContactDraft } from './customer-draft.ts';

type Props = {
  number: number;
  contact: ContactDraft;
  problems: Record<'type' | 'value' | 'label', string | undefined>;
  onChange(changed: Partial<ContactDraft>): void;
  onRemove(): void;
};

/** One way to reach a customer, as it is typed. */
export function ContactFields({ number, contact, problems, onChange, onRemove }: Props) {
  const email = contact.type === 'EMAIL';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset inside of a fieldset reads its legend twice
    <div
      role="group"
      aria-label={t('Contact point {{number}}', { number: String(number) })}
      className={classes.contact}
    >
      <NativeSelect
        label={t('Type')}
        data={CONTACT_TYPES.map((type) => ({ value: type, label: contactTypeName(type) }))}
        value={contact.type}
        error={problems.type}
        onChange={({ currentTarget }) => onChange({ type: currentTarget.value as ContactType })}
      />
      <TextInput
        label={email ? t('Address') : t('Number')}
        type={email ? 'email' : 'tel'}
        dir="ltr"
        autoComplete="off"
        value={contact.value}
        error={problems.value}
        onChange={({ currentTarget }) => onChange({ value: currentTarget.value })}
      />
      <TextInput
        label={t('Label')}
        placeholder={t('mobile, office…')}
        autoComplete="off"
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
        aria-label={t('Remove contact point {{number}}', { number: String(number) })}
        onClick={onRemove}
      >
        <IconTrash size={20} stroke={1.7} aria-hidden />
      </ActionIcon>
    </div>
  );
}
