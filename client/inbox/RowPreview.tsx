import { VisuallyHidden } from '@mantine/core';
import { MARKS } from '../conversation/EntryStatus.tsx';
import { t } from '../language/t.ts';
import { Found } from './Found.tsx';
import classes from './RowPreview.module.css';
import { isTrouble, type Preview, type TroubleStatus } from './row-preview.ts';

type Props = {
  preview: Preview;
  /** What was searched for, where this is what was found. */
  search: string | null | undefined;
};

/** What stands in for the whole conversation, in one line. */
export function RowPreview({ preview: { by, text, status, isDraft }, search }: Props) {
  return (
    <span className={classes.preview} data-draft={isDraft || undefined}>
      {isTrouble(status) ? <Trouble status={status} /> : status && <Tick status={status} />}
      {by && <span className={classes.by}>{by}: </span>}
      <bdi>{search ? <Found text={text} search={search} /> : text}</bdi>
    </span>
  );
}

function Trouble({ status }: { status: TroubleStatus }) {
  const { icon: Icon, word } = MARKS[status];
  return (
    <span className={classes.failed}>
      <Icon size={15} stroke={2.2} aria-hidden />
      {t(word)}
      <VisuallyHidden>: </VisuallyHidden>
    </span>
  );
}

function Tick({ status }: { status: NonNullable<Preview['status']> }) {
  const { icon: Icon, word } = MARKS[status];
  return (
    <span className={classes.tick} data-status={status} title={t(word)}>
      <Icon size={16} stroke={status === 'READ' ? 2.6 : 1.9} aria-hidden />
      <VisuallyHidden>{t(word)}: </VisuallyHidden>
    </span>
  );
}
