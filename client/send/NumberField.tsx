import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import type { Recipient } from './recipients.ts';

type Props = {
  recipients: Recipient[];
  to: string;
  error: string | undefined;
  /** An unknown sender is that number, and no other. */
  fixed: boolean;
  readOnly?: boolean;
  onChange(to: string): void;
};

const ANOTHER = 'another';

/** The number that a message goes to: one of the customer's, or another that is typed. */
export function NumberField({ recipients, to, error, fixed, readOnly = false, onChange }: Props) {
  const several = recipients.length > 1;
  const [another, setAnother] = useState(several && !recipients.some((recipient) => recipient.to === to));
  return (
    <>
      {several && (
        <NativeSelect
          label={t('To')}
          value={another ? ANOTHER : to}
          disabled={readOnly}
          error={another ? undefined : error}
          data={[
            ...recipients.map((recipient) => ({ value: recipient.to, label: recipient.label })),
            { value: ANOTHER, label: t('Another number…') },
          ]}
          onChange={({ currentTarget: { value } }) => {
            setAnother(value === ANOTHER);
            onChange(value === ANOTHER ? '' : value);
          }}
        />
      )}
      {(!several || another) && (
        <TextInput
          label={several ? t('Other number') : t('To')}
          type="tel"
          dir="ltr"
          placeholder="+30 697 401 5758"
          value={to}
          error={error}
          readOnly={fixed || readOnly}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </>
  );
}
