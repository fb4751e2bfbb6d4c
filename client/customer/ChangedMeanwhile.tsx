import { Button } from '@mantine/core';
import type { MouseEvent } from 'react';
import { t } from '../language/t.ts';
import classes from './ChangedMeanwhile.module.css';
import type { Conflict } from './merge-drafts.ts';

type Props = { tookOver: boolean; conflicts: Conflict[]; onDecide(side: 'mine' | 'theirs'): void };

/** Somebody else saved the same customer while one was writing; where it is about the same thing, one chooses. */
export function ChangedMeanwhile({ tookOver, conflicts, onDecide }: Props) {
  // The buttons go, and who was on one of them is to stay in the form.
  function decide(side: 'mine' | 'theirs', { currentTarget }: MouseEvent<HTMLButtonElement>) {
    currentTarget.form?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    onDecide(side);
  }

  if (conflicts.length > 0) {
    return (
      <div role="alert" className={classes.note}>
        <strong>{t('Somebody changed this meanwhile')}</strong>
        <ul className={classes.list}>
          {conflicts.map((conflict) => (
            <li key={`${conflict.of} ${conflict.before}`}>{wordsOf(conflict)}</li>
          ))}
        </ul>
        <div className={classes.choice}>
          <Button variant="default" size="xs" onClick={(event) => decide('theirs', event)}>
            {t('Take theirs')}
          </Button>
          <Button variant="default" size="xs" onClick={(event) => decide('mine', event)}>
            {t('Keep mine')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div role="status" className={classes.status}>
      {tookOver && (
        <p className={classes.note}>
          {t('Somebody changed this meanwhile. It is taken over here; what you typed is still there.')}
        </p>
      )}
    </div>
  );
}

function wordsOf({ of, before, theirs }: Conflict): string {
  switch (of) {
    case 'name':
      return t('The name is “{{value}}” now.', { value: theirs });
    case 'organization':
      return theirs ? t('The organisation is “{{value}}” now.', { value: theirs }) : t('The organisation was removed.');
    case 'contact':
      return theirs
        ? t('“{{before}}” is “{{value}}” now.', { before, value: theirs })
        : t('“{{before}}” was removed.', { before });
  }
}
