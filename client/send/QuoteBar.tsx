import { CloseButton } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { QuotedWords } from '../conversation/Quote.tsx';
import { t } from '../language/t.ts';
import classes from './QuoteBar.module.css';
import type { Writing } from './use-writing.ts';

type Props = {
  writing: Writing;
  /** What the customer is called. */
  customer: string;
  /** Where one writes on. */
  box: RefObject<HTMLTextAreaElement | null>;
};

/** What the message that is being written answers, until it is taken off. */
export function QuoteBar({ writing: { draft, unquote }, customer, box }: Props) {
  if (!draft.replyTo || !unquote) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" className={classes.bar} aria-label={t('In answer to')}>
      <IconArrowBackUp size={18} stroke={1.8} aria-hidden />
      <div className={classes.words}>
        <QuotedWords quoted={draft.replyTo} customer={customer} />
      </div>
      <CloseButton
        aria-label={t('Don’t quote it')}
        onClick={() => {
          unquote();
          box.current?.focus();
        }}
      />
    </div>
  );
}
