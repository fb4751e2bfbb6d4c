import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import type { RemoveQuickReplyMutation, RemoveQuickReplyMutationVariables } from '../operations.generated.ts';
import { QUICK_REPLIES, type QuickReply } from '../send/quick-replies.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './dialogs.module.css';

const REMOVE: TypedDocumentNode<RemoveQuickReplyMutation, RemoveQuickReplyMutationVariables> = gql`
  mutation RemoveQuickReply($id: ID!) { removeQuickReply(id: $id) { id } }
`;

type Props = { removing: QuickReply | undefined; onClose(): void };

export function RemoveDialog({ removing, onClose }: Props) {
  const [shown, setShown] = useState(removing);
  const [remove, { loading, error, reset }] = useMutation(REMOVE, {
    refetchQueries: [QUICK_REPLIES],
    awaitRefetchQueries: true,
  });
  if (removing && removing !== shown) setShown(removing);

  async function confirm() {
    if (!removing) return;
    try {
      await remove({ variables: { id: removing.id } });
      onClose();
    } catch {
      // Shown by what the mutation returned.
    }
  }

  return (
    <Dialog
      opened={removing !== undefined}
      title={t('Remove /{{shortcut}}?', { shortcut: shown?.shortcut ?? '' })}
      onDismiss={loading ? undefined : onClose}
      onGone={reset}
    >
      <div className={classes.form}>
        <p className={classes.text}>{t('Nobody on the team will find it any more. What was sent with it stays.')}</p>
        {error && (
          <p role="alert" className={classes.problem}>
            {causeOf(error)}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose} disabled={loading} data-autofocus>
            {t('Keep it')}
          </Button>
          <Button onClick={() => void confirm()} loading={loading}>
            {t('Remove')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
