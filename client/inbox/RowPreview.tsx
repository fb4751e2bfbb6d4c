import { VisuallyHidden } from '@mantine/core';
import { MARKS } from '../conversation/EntryStatus.tsx';
import classes from './RowPreview.module.css';
import type { Preview } from './row-preview.ts';

/** What stands in for the whole conversation, in one line. */
export function RowPreview({ preview: { by, text, status, isDraft } }: { preview: Preview }) {
  return (
    <span className={classes.preview} data-draft={isDraft || undefined}>
      {status && <Tick status={status} />}
      {by && <span className={classes.by}>{by}: </span>}
      <bdi className={classes.text}>{text}</bdi>
    </span>
  );
}

function Tick({ status }: { status: NonNullable<Preview['status']> }) {
  const { icon: Icon, word } = MARKS[status];
  return (
    <span className={classes.tick} data-status={status} title={word}>
      <Icon size={16} stroke={status === 'READ' ? 2.6 : 1.9} aria-hidden />
      {status === 'FAILED' ? word : <VisuallyHidden>{word}: </VisuallyHidden>}
    </span>
  );
}
