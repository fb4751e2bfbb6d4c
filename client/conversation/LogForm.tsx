import { Alert, Textarea, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import type { CommsDirection, CommsType } from '../operations.generated.ts';
import { newKey } from '../send/outgoing.ts';
import { FormActions } from '../shell/FormActions.tsx';
import { say } from '../shell/notices.ts';
import { useInputProblem } from '../shell/use-input-problem.ts';
import { type Leaving, useUnsaved } from '../shell/use-leaving.ts';
import { Choice } from './Choice.tsx';
import { LOOKS } from './comms-looks.ts';
import classes from './LogForm.module.css';
import { localMinute } from './moments.ts';
import { useLogComms } from './use-log-comms.ts';

type Props = {
  conversationId: string;
  leaving: Leaving;
  onLogged(): void;
};

const KINDS = ['CALL', 'MEETING', 'EMAIL', 'SMS'] as const satisfies CommsType[];
type Kind = (typeof KINDS)[number];
const FIELDS = ['type', 'direction', 'occurredAt', 'body'];

export function LogForm({ conversationId, leaving, onLogged }: Props) {
  const { form, problem, problemAt, setError } = useInputProblem();
  const [type, setType] = useState<Kind>('CALL');
  const [direction, setDirection] = useState<CommsDirection>('INBOUND');
  const [opened] = useState(() => new Date());
  const [when, setWhen] = useState(() => localMinute(opened));
  const [text, setText] = useState('');
  const { question } = leaving;
  useUnsaved(leaving, text.trim() !== '');
  const [busy, setBusy] = useState(false);
  /** The same again is logged once. */
  const tried = useRef({ key: '', what: '' });
  const box = useRef<HTMLTextAreaElement>(null);
  const logComms = useLogComms();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setError(undefined);
    setBusy(true);
    try {
      // Within this minute is now, and within that of the opening is then: behind what was said some seconds before.
      const now = when === '' || when === localMinute(new Date());
      const at = when === localMinute(opened) ? opened : new Date(when);
      const occurredAt = now ? null : at.toISOString();
      const input = { customerId: conversationId, type, direction, body: text, occurredAt };
      const what = JSON.stringify(input);
      if (tried.current.what !== what) tried.current = { key: newKey(), what };
      await logComms({ ...input, idempotencyKey: tried.current.key });
      say({ words: t('{{kind}} logged', { kind: t(LOOKS[type].label) }) });
      onLogged();
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      {problem && !FIELDS.includes(problem.field ?? '') && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
          {problem.message}
        </Alert>
      )}
      <Choice
        label={t('Kind')}
        labelShown
        value={type}
        error={problemAt('type')}
        onChange={setType}
        options={KINDS.map((kind) => ({ value: kind, label: t(LOOKS[kind].label) }))}
      />
      <Choice
        label={t('From whom')}
        labelShown
        value={direction}
        error={problemAt('direction')}
        onChange={setDirection}
        options={[
          { value: 'INBOUND', label: t('From the customer') },
          { value: 'OUTBOUND', label: t('From us') },
        ]}
      />
      <TextInput
        label={t('When')}
        type="datetime-local"
        value={when}
        error={problemAt('occurredAt')}
        onChange={({ currentTarget }) => setWhen(currentTarget.value)}
      />
      <Textarea
        ref={box}
        data-autofocus
        label={t('What was said')}
        size="md"
        dir="auto"
        autosize
        minRows={4}
        maxRows={10}
        value={text}
        error={problemAt('body')}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <FormActions
        submit={t('Log it')}
        busy={busy}
        onCancel={leaving.leave}
        leaving={
          question && {
            ...question,
            onStay() {
              question.onStay();
              box.current?.focus();
            },
          }
        }
      />
    </form>
  );
}
