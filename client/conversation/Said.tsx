import { IconPencil, IconTrash } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { EntryBody } from './EntryBody.tsx';
import { Quote } from './Quote.tsx';
import { customerName, textNow } from './quoted.ts';
import type { Referring } from './references.ts';
import classes from './Said.module.css';

/** What was said, with what it answers above, as it is since the customer edited or deleted it. */
export function Said({ entry }: { entry: Referring }) {
  const { type, refersTo, edited, deletedAt } = entry;
  return (
    <>
      {refersTo && <Quote quoted={refersTo.entry} customer={customerName(entry)} />}
      {deletedAt && (
        <p className={classes.mark} data-deleted>
          <IconTrash size={16} stroke={1.8} aria-hidden />
          {t('Deleted by the customer')}
        </p>
      )}
      <div className={classes.text} data-deleted={deletedAt ? true : undefined}>
        <EntryBody text={textNow(entry)} marked={type === 'WHATSAPP'} />
      </div>
      {edited && (
        <p className={classes.mark}>
          <IconPencil size={14} stroke={1.8} aria-hidden />
          {t('edited')}
        </p>
      )}
    </>
  );
}
