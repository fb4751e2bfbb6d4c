import classes from './ConversationFilters.module.css';

/** What the server counts up to. */
const COUNTED = 1_000;

/** How many there are; nothing is drawn for none. */
export function ChipCount({ count }: { count: number | undefined }) {
  if (!count) return null;
  return <span className={classes.count}>{count < COUNTED ? count : `${COUNTED - 1}+`}</span>;
}
