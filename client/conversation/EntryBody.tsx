import { useState } from 'react';
import classes from './EntryBody.module.css';

const FOLDED_AT = 1_400;
const SHOWN_FOLDED = 900;

/** What was said, as text and nothing else. */
export function EntryBody({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const folded = !open && text.length > FOLDED_AT;
  return (
    <>
      <p dir="auto" className={classes.body}>
        {folded ? `${text.slice(0, SHOWN_FOLDED).toWellFormed().trimEnd()}…` : text}
      </p>
      {folded && (
        <button type="button" className={classes.more} onClick={() => setOpen(true)}>
          Show all
        </button>
      )}
    </>
  );
}
