import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { Alert, Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import type {
  DeactivateStaffMutation,
  DeactivateStaffMutationVariables,
  ReactivateStaffMutation,
  ReactivateStaffMutationVariables,
  ResetStaffMutation,
  ResetStaffMutationVariables,
  SetStaffRoleMutation,
  SetStaffRoleMutationVariables,
} from '../operations.generated.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './dialogs.module.css';
import { OneTimePassword } from './OneTimePassword.tsx';

const RESET: TypedDocumentNode<ResetStaffMutation, ResetStaffMutationVariables> = gql`
  mutation ResetStaff($id: ID!) {
    resetStaff(id: $id) { oneTimePassword account { id active mustChangePassword lastSeenAt } }
  }
`;
const DEACTIVATE: TypedDocumentNode<DeactivateStaffMutation, DeactivateStaffMutationVariables> = gql`
  mutation DeactivateStaff($id: ID!) { deactivateStaff(id: $id) { account { id active lastSeenAt } } }
`;
const REACTIVATE: TypedDocumentNode<ReactivateStaffMutation, ReactivateStaffMutationVariables> = gql`
  mutation ReactivateStaff($id: ID!) { reactivateStaff(id: $id) { account { id active lastSeenAt } } }
`;
const SET_ROLE: TypedDocumentNode<SetStaffRoleMutation, SetStaffRoleMutationVariables> = gql`
  mutation SetStaffRole($id: ID!, $role: StaffRole!) { setStaffRole(id: $id, role: $role) { account { id role } } }
`;

export type TeamAction = 'make-admin' | 'make-member' | 'reset' | 'deactivate' | 'reactivate';
type Props = { action: TeamAction | undefined; person: { id: string; name: string }; onClose(): void };

/** Asks once more before something is done about somebody, and shows what came of it. */
export function TeamActionDialog({ action, person, onClose }: Props) {
  const client = useApolloClient();
  const [asked, setAsked] = useState<TeamAction>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [oneTimePassword, setOneTimePassword] = useState<string>();
  // While it fades out, the dialog still says what it said.
  if (action && action !== asked) setAsked(action);
  const words = asked && wordsFor[asked];
  const title = oneTimePassword ? '{{name}} has a new password' : words?.title;

  async function carryOut() {
    if (!action) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const password = await perform(action);
      if (password) setOneTimePassword(password);
      else onClose();
    } catch (error) {
      setProblem(causeOf(error));
    } finally {
      setBusy(false);
    }
  }

  async function perform(action: TeamAction): Promise<string | undefined> {
    const { id } = person;
    switch (action) {
      case 'reset':
        return (await client.mutate({ mutation: RESET, variables: { id } })).data?.resetStaff.oneTimePassword;
      case 'deactivate':
        return void (await client.mutate({ mutation: DEACTIVATE, variables: { id } }));
      case 'reactivate':
        return void (await client.mutate({ mutation: REACTIVATE, variables: { id } }));
      case 'make-admin':
        return void (await client.mutate({ mutation: SET_ROLE, variables: { id, role: 'ADMIN' } }));
      case 'make-member':
        return void (await client.mutate({ mutation: SET_ROLE, variables: { id, role: 'MEMBER' } }));
    }
  }

  function forget() {
    setAsked(undefined);
    setProblem(undefined);
    setOneTimePassword(undefined);
  }

  return (
    <Dialog
      opened={action !== undefined}
      title={title && <Sentence text={title} parts={{ name: <bdi>{person.name}</bdi> }} />}
      // A password that is shown once isn't lost by a slip.
      onDismiss={busy || oneTimePassword ? undefined : onClose}
      onGone={forget}
    >
      {oneTimePassword ? (
        <OneTimePassword name={person.name} password={oneTimePassword} onDone={onClose} />
      ) : (
        words && (
          <div className={classes.body}>
            {problem && (
              <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
                {problem}
              </Alert>
            )}
            <p className={classes.text}>{t(words.text)}</p>
            <div className={classes.actions}>
              <Button variant="default" onClick={onClose} disabled={busy}>
                {t('Cancel')}
              </Button>
              <Button
                {...(asked === 'deactivate' && { className: classes.danger })}
                onClick={carryOut}
                loading={busy}
                data-autofocus
              >
                {t(words.button)}
              </Button>
            </div>
          </div>
        )
      )}
    </Dialog>
  );
}

const wordsFor = {
  'make-admin': {
    title: 'Make {{name}} an admin?',
    text: 'Admins add people, reset passwords, deactivate accounts and make others an admin.',
    button: 'Make an admin',
  },
  'make-member': {
    title: 'Make {{name}} a member?',
    text: 'A member works with the customers, and can do nothing about the team.',
    button: 'Make a member',
  },
  reset: {
    title: 'Reset the password of {{name}}?',
    text: 'They are signed out everywhere, and sign in again with a one-time password that you are shown next.',
    button: 'Reset the password',
  },
  deactivate: {
    title: 'Deactivate {{name}}?',
    text: 'They are signed out everywhere at once and can’t sign in any more. Their name stays on what they sent.',
    button: 'Deactivate',
  },
  reactivate: {
    title: 'Reactivate {{name}}?',
    text: 'They can sign in again with the password that they had. If it may be forgotten, reset it afterwards.',
    button: 'Reactivate',
  },
} as const satisfies Record<TeamAction, { title: string; text: string; button: string }>;
