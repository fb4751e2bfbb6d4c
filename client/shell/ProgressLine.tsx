import classes from './ProgressLine.module.css';

/** Says that newer content is on its way, without covering what is there. */
export function ProgressLine({ busy }: { busy: boolean }) {
  return <div className={classes.line} data-busy={busy || undefined} aria-hidden="true" />;
}
