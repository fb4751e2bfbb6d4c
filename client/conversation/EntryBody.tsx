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

/** In the words of the server, for what it has no other words for. */
const UNSHOWN = /^WhatsApp sent something this program can't show \((.*)\)$/;

/** What was said; of a long text the beginning, until all of it is wanted. */
export function EntryBody({ text, marked }: Props) {
  const unshown = marked ? UNSHOWN.exec(text)?.[1] : undefined;
  const [open, setOpen] = useState(false);
  const folded = !open && isLong(text);
  const blocks = useMemo(() => {
    const all = marked ? readWhatsAppText(text) : readPlainText(text);
    return folded ? beginningOf(all) : all;
  }, [text, marked, folded]);
  if (unshown !== undefined) {
    return (
      <p className={classes.unshown}>
        {t('WhatsApp sent something this program can’t show (type: {{type}})', { type: unshown })}
      </p>
    );
  }
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
