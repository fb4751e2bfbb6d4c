import { useMemo, useState } from 'react';
import { t } from '../language/t.ts';
import classes from './EntryBody.module.css';
import { FormattedText } from './FormattedText.tsx';
import { beginningOf, isLong } from './folded-text.ts';
import { readPlainText, readWhatsAppText } from './formatted-text.ts';

type Props = {
  text: string;
  /** With WhatsApp's marks. */
  marked: boolean;
};

/** What was said; of a long text the beginning, until all of it is wanted. */
export function EntryBody({ text, marked }: Props) {
  const [open, setOpen] = useState(false);
  const folded = !open && isLong(text);
  const blocks = useMemo(() => {
    const all = marked ? readWhatsAppText(text) : readPlainText(text);
    return folded ? beginningOf(all) : all;
  }, [text, marked, folded]);
  return (
    <>
      <div className={classes.body}>
        <FormattedText blocks={blocks} />
      </div>
      {folded && (
        <button type="button" className={classes.more} onClick={() => setOpen(true)}>
          {t('Show all')}
        </button>
      )}
    </>
  );
}
