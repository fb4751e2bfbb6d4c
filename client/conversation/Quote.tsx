import { VisuallyHidden } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { use } from 'react';
import { t } from '../language/t.ts';
import { useMe } from '../session/me.ts';
import { JumpContext } from './jump.ts';
import classes from './Quote.module.css';
import { excerptOf, type Quoted, sayerOf } from './quoted.ts';

type Props = {
  /** Null where it was never logged here. */
  quoted: Quoted | null;
  /** What the customer is called. */
  customer: string;
};

/** What something answers, above it; it leads there. */
export function Quote({ quoted, customer }: Props) {
  const { goTo } = use(JumpContext);
  if (!quoted) {
    return (
      <p className={classes.unknown}>
        <NotHere />
      </p>
    );
  }
  return (
    <button type="button" className={classes.quote} onClick={() => goTo(quoted.id)}>
      <VisuallyHidden>{t('In answer to')} </VisuallyHidden>
      <QuotedWords quoted={quoted} customer={customer} />
    </button>
  );
}

/** Whose words they are, and how they begin. */
export function QuotedWords({ quoted, customer }: { quoted: Quoted; customer: string }) {
  const me = useMe();
  return (
    <>
      <span className={classes.sayer} dir="auto">
        {sayerOf(quoted, customer, me)}
      </span>{' '}
      <span className={classes.excerpt} dir="auto">
        {excerptOf(quoted)}
      </span>
    </>
  );
}

/** In place of what is referred to, where nobody knows it here. */
export function NotHere() {
  return (
    <span className={classes.notHere}>
      <IconMessageOff size={16} stroke={1.8} aria-hidden />
      {t('A message that isn’t here')}
    </span>
  );
}
