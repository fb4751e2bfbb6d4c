import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import classes from './NumberDoubts.module.css';
import { type NumberDoubt, useNumberDoubts } from './number-doubts.ts';
import { useAddressHere } from './use-address-here.ts';

/** Who else has a number of this customer's, and with whom what comes from it is logged. */
export function NumberDoubts({ customerId }: { customerId: string }) {
  const doubts = useNumberDoubts(customerId);
  if (doubts.length === 0) return null;
  return (
    <section className={classes.doubts} aria-label={t('Numbers in doubt')}>
      {doubts.map((doubt) => (
        <p key={`${doubt.contact.id} ${doubt.other.id}`} className={classes.doubt}>
          <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
          <span>
            <WhoHasIt doubt={doubt} />{' '}
            {doubt.logsHere ? t('What comes from it is logged here.') : t('What comes from it is not logged here.')}
          </span>
        </p>
      ))}
      <details className={classes.why}>
        <summary>{t('Why is that?')}</summary>
        {t(
          'What comes from a number is logged with one customer: the one who had it already, or was linked to it. Else exactly the same number comes first, then a WhatsApp contact, then the customer who was made first.',
        )}
      </details>
    </section>
  );
}

/** The same in a few words, for the head of a conversation. */
export function NumberDoubtHint({ customerId }: { customerId: string }) {
  const [doubt] = useNumberDoubts(customerId);
  if (!doubt) return null;
  return (
    <span className={classes.hint}>
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <span>
        <WhoHasIt doubt={doubt} />
      </span>
    </span>
  );
}

function WhoHasIt({ doubt: { other, contact, sameDigits } }: { doubt: NumberDoubt }) {
  const addressOf = useAddressHere();
  const parts = {
    name: (
      <Link to={addressOf(other.id)}>
        <bdi>{other.name}</bdi>
      </Link>
    ),
    number: <bdi className={classes.number}>{contact.display}</bdi>,
  };
  return sameDigits ? (
    <Sentence text="{{name}} has the number {{number}} too." parts={parts} />
  ) : (
    <Sentence text="{{name}} has another form of the number {{number}}, perhaps the same one." parts={parts} />
  );
}
