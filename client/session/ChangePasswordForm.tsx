import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Alert, Button, PasswordInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { t } from '../language/t.ts';
import type { ChangePasswordMutation, ChangePasswordMutationVariables } from '../operations.generated.ts';
import { useInputProblem } from '../shell/use-input-problem.ts';
import classes from './ChangePasswordForm.module.css';

const CHANGE: TypedDocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables> = gql`
  mutation ChangePassword($current: String!, $new: String!) {
    changePassword(current: $current, new: $new) { account { mustChangePassword } }
  }
`;

type Props = { email: string; currentLabel: string; button: string; onChanged(): unknown };

/** The password that one has, and the one that one wants. */
export function ChangePasswordForm({ email, currentLabel, button, onChanged }: Props) {
  const { form, problem, problemAt, setError } = useInputProblem();
  const [busy, setBusy] = useState(false);
  const [change] = useMutation(CHANGE);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    const values = new FormData(event.currentTarget);
    try {
      const variables = { current: String(values.get('current')), new: String(values.get('new')) };
      await change({ variables });
      form.current?.reset();
      await onChanged();
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      {problem && !problem.field && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {problem.message}
        </Alert>
      )}
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        label={currentLabel}
        name="current"
        autoComplete="current-password"
        error={problemAt('current')}
        visibilityToggleButtonProps={{ 'aria-label': t('Show password') }}
      />
      <PasswordInput
        label={t('New password')}
        name="new"
        description={t('At least 10 characters. A few words that only you would put together are good.')}
        autoComplete="new-password"
        error={problemAt('new')}
        visibilityToggleButtonProps={{ 'aria-label': t('Show new password') }}
      />
      <Button type="submit" size="md" loading={busy}>
        {button}
      </Button>
    </form>
  );
}
