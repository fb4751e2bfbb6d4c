import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Alert, Button, Checkbox, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import type { AddStaffMutation, AddStaffMutationVariables } from '../operations.generated.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { useInputProblem } from '../shell/use-input-problem.ts';
import classes from './dialogs.module.css';
import { OneTimePassword } from './OneTimePassword.tsx';

const ADD: TypedDocumentNode<AddStaffMutation, AddStaffMutationVariables> = gql`
  mutation AddStaff($input: AddStaffInput!) {
    addStaff(input: $input) { oneTimePassword account { id name } }
  }
`;

type Props = { opened: boolean; onClose(): void; onAdded(): unknown };

/** A new account: who it is for, and then the password to give them. */
export function AddMemberDialog({ opened, onClose, onAdded }: Props) {
  const [added, setAdded] = useState<AddStaffMutation['addStaff']>();
  return (
    <Dialog
      opened={opened}
      title={
        added ? (
          <Sentence text="{{name}} can sign in now" parts={{ name: <bdi>{added.account.name}</bdi> }} />
        ) : (
          t('Add somebody')
        )
      }
      // A password that is shown once isn't lost by a slip.
      onDismiss={added ? undefined : onClose}
      onGone={() => setAdded(undefined)}
    >
      {added ? (
        <OneTimePassword name={added.account.name} password={added.oneTimePassword} onDone={onClose} />
      ) : (
        <AddMemberForm
          onCancel={onClose}
          onAdded={(person) => {
            setAdded(person);
            onAdded();
          }}
        />
      )}
    </Dialog>
  );
}

function AddMemberForm({
  onCancel,
  onAdded,
}: {
  onCancel(): void;
  onAdded(added: AddStaffMutation['addStaff']): void;
}) {
  const { form, problem, problemAt, setError } = useInputProblem();
  const [add, { loading }] = useMutation(ADD);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (loading) return;
    setError(undefined);
    const values = new FormData(event.currentTarget);
    const input = {
      name: String(values.get('name')),
      email: String(values.get('email')),
      role: values.has('admin') ? ('ADMIN' as const) : ('MEMBER' as const),
    };
    try {
      const { data } = await add({ variables: { input } });
      if (data) onAdded(data.addStaff);
    } catch (error) {
      setError(error);
    }
  }

  return (
    <form ref={form} className={classes.body} onSubmit={submit} noValidate>
      {problem && !problem.field && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {problem.message}
        </Alert>
      )}
      <TextInput
        label={t('Name')}
        name="name"
        description={t('As customers and colleagues know them')}
        maxLength={100}
        autoComplete="off"
        error={problemAt('name')}
        data-autofocus
      />
      <TextInput label={t('E-mail')} name="email" type="email" autoComplete="off" error={problemAt('email')} />
      <Checkbox name="admin" label={t('Admin')} description={t('Looks after the team too')} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onCancel} disabled={loading}>
          {t('Cancel')}
        </Button>
        <Button type="submit" loading={loading}>
          {t('Add')}
        </Button>
      </div>
    </form>
  );
}
