import { Button } from '@mantine/core';
import { t } from '../language/t.ts';
import classes from './FormActions.module.css';

type Props = {
  /** What pressing the button does. */
  submit: string;
  busy: boolean;
  onCancel(): void;
  /** Somebody wants to leave though not everything is saved. */
  leaving?: { onStay(): void; onDiscard(): void } | undefined;
};

/** How a form ends; who is about to lose what they typed is asked first. */
export function FormActions({ submit, busy, onCancel, leaving }: Props) {
  if (leaving) {
    return (
      <div role="alert" className={classes.actions}>
        <p className={classes.question}>{t('What you typed isn’t saved.')}</p>
        <Button variant="default" onClick={leaving.onDiscard}>
          {t('Discard')}
        </Button>
        <Button onClick={leaving.onStay}>{t('Go on writing')}</Button>
      </div>
    );
  }
  return (
    <div className={classes.actions}>
      <Button variant="default" onClick={onCancel}>
        {t('Cancel')}
      </Button>
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </div>
  );
}
