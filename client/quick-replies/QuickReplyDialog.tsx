import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Alert, Button, Textarea, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import type { SaveQuickReplyMutation, SaveQuickReplyMutationVariables } from '../operations.generated.ts';
import { QUICK_REPLIES, type QuickReply } from '../send/quick-replies.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { useInputProblem } from '../shell/use-input-problem.ts';
import classes from './dialogs.module.css';

const SAVE: TypedDocumentNode<SaveQuickReplyMutation, SaveQuickReplyMutationVariables> = gql`
  mutation SaveQuickReply($input: SaveQuickReplyInput!) {
    saveQuickReply(input: $input) { quickReply { id shortcut text } }
  }
`;

/** What the page fills in by itself, and what it is called here. */
const VARIABLES = [
  { placeholder: '{{name}}', means: 'Customer’s name' },
  { placeholder: '{{first name}}', means: 'Customer’s first name' },
  { placeholder: '{{my name}}', means: 'Your name' },
] as const;

type Props = { editing: QuickReply | 'new' | undefined; onClose(): void };

export function QuickReplyDialog({ editing, onClose }: Props) {
  const [shown, setShown] = useState(editing);
  if (editing && editing !== shown) setShown(editing);
  return (
    <Dialog
      opened={editing !== undefined}
      title={shown === 'new' || !shown ? t('Add a quick reply') : t('Edit /{{shortcut}}', { shortcut: shown.shortcut })}
      onDismiss={onClose}
    >
      <QuickReplyForm reply={shown === 'new' ? undefined : shown} onClose={onClose} />
    </Dialog>
  );
}

function QuickReplyForm({ reply, onClose }: { reply: QuickReply | undefined; onClose(): void }) {
  const { form, problem, problemAt, setError } = useInputProblem();
  const [save, { loading }] = useMutation(SAVE, { refetchQueries: [QUICK_REPLIES], awaitRefetchQueries: true });
  const box = useRef<HTMLTextAreaElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (loading) return;
    setError(undefined);
    const values = new FormData(event.currentTarget);
    const input = { shortcut: String(values.get('shortcut')), text: String(values.get('text')) };
    try {
      await save({ variables: { input: reply ? { id: reply.id, ...input } : input } });
      onClose();
    } catch (error) {
      setError(error);
    }
  }

  function insert(placeholder: string) {
    const { current } = box;
    current?.focus();
    current?.setRangeText(placeholder, current.selectionStart, current.selectionEnd, 'end');
  }

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      {problem && problem.field !== 'shortcut' && problem.field !== 'text' && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {problem.message}
        </Alert>
      )}
      <TextInput
        label={t('Shortcut')}
        name="shortcut"
        description={t('One word to find it by, without the slash')}
        placeholder={t('hours')}
        defaultValue={reply?.shortcut}
        maxLength={41}
        autoComplete="off"
        autoCapitalize="none"
        error={problemAt('shortcut')}
        data-autofocus
      />
      <Textarea
        ref={box}
        label={t('Text')}
        name="text"
        size="md"
        dir="auto"
        autosize
        minRows={4}
        maxRows={10}
        defaultValue={reply?.text}
        error={problemAt('text')}
      />
      <fieldset className={classes.variables} aria-label={t('Filled in by itself')}>
        {VARIABLES.map(({ placeholder, means }) => (
          <Button key={placeholder} size="compact-sm" variant="default" onClick={() => insert(placeholder)}>
            {t(means)}
          </Button>
        ))}
        <p>
          <Sentence
            text="These are filled in by themselves. Anything else in double braces, such as {{example}}, has to be filled in before the message can be sent."
            parts={{ example: <span translate="no">{'{{order number}}'}</span> }}
          />
        </p>
      </fieldset>
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose} disabled={loading}>
          {t('Cancel')}
        </Button>
        <Button type="submit" loading={loading}>
          {t('Save')}
        </Button>
      </div>
    </form>
  );
}
