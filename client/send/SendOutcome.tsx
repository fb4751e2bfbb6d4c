import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { detailsAddress } from '../customer/address.ts';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { SendOutcome_EntryFragment } from '../operations.generated.ts';
import { spellTimeLeft, useTimeLeft } from '../shell/time-left.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './SendOutcome.module.css';
import { TellAdmin } from './TellAdmin.tsx';
import { useDecisions } from './use-decisions.ts';

export const SEND_OUTCOME: TypedDocumentNode<SendOutcome_EntryFragment> = gql`
  fragment SendOutcome_entry on CommsEntry {
    id
    revision
    status
    idempotencyKey
    customer { id revision }
    failure { code message next details retryable needsAdmin }
    nextTryAt
    discarded { at by { id name } }
  }
`;

type Props = {
  entry: FragmentType<SendOutcome_EntryFragment>;
  detailed: boolean;
  onDetails(): void;
};

/** Why a message waits, failed or isn't known about, with what can be done. */
export function SendOutcome({ entry, detailed, onDetails }: Props) {
  const { data, complete } = useFragment({ fragment: SEND_OUTCOME, from: entry });
  if (!complete) return null;
  const told = troubleOf(data);
  if (!told) return null;
  return (
    <div className={classes.trouble} data-status={data.discarded ? 'DISCARDED' : data.status}>
      <p>
        <strong>{told.what}</strong> {told.why} {data.nextTryAt && <NextTry at={data.nextTryAt} />}
      </p>
      <div className={classes.actions}>
        {!data.discarded && (
          <>
            <Decisions entry={data} />
            {data.failure?.needsAdmin && <TellAdmin failure={data.failure} />}
          </>
        )}
        {data.failure && !isStandIn(data.id) && (
          <Button size="sm" variant="default" aria-expanded={detailed} onClick={onDetails}>
            {t('Details')}
          </Button>
        )}
      </div>
    </div>
  );
}

function NextTry({ at }: { at: string }) {
  const left = useTimeLeft(at);
  return left > 0 ? t('It is tried again in {{time}}.', { time: spellTimeLeft(left) }) : t('It is being tried again.');
}

function Decisions({ entry: { id, status, idempotencyKey, customer, failure } }: { entry: SendOutcome_EntryFragment }) {
  const { busy, error, retry, settle, sendAgain, edit } = useDecisions();
  const again = { size: 'sm', loading: busy === 'again', disabled: busy !== undefined } as const;
  const key = isStandIn(id) ? idempotencyKey : undefined;
  return (
    <>
      {key && (
        <>
          <Button {...again} onClick={() => void sendAgain(key)}>
            {t('Try again')}
          </Button>
          <Button size="sm" variant="default" disabled={busy !== undefined} onClick={() => edit(key)}>
            {t('Edit')}
          </Button>
        </>
      )}
      {status === 'UNKNOWN' && (
        <>
          <Button
            size="sm"
            variant="default"
            loading={busy === 'arrived'}
            disabled={busy !== undefined}
            onClick={() => void settle(id)}
          >
            {t('It arrived')}
          </Button>
          <Button {...again} onClick={() => void retry(id)}>
            {t('It did not – try again')}
          </Button>
        </>
      )}
      {status === 'FAILED' && failure?.retryable && (
        <Button {...again} onClick={() => void retry(id)}>
          {t('Try again')}
        </Button>
      )}
      {status === 'FAILED' && failure && customer && NUMBER_IN_DOUBT.includes(failure.code) && (
        <Button component={Link} size="sm" variant="default" to={detailsAddress(customer.id)}>
          {t('Check the number')}
        </Button>
      )}
      {error !== undefined && <span role="alert">{causeOf(error)}</span>}
    </>
  );
}

/** Meta's codes for who can't be reached by this number, and for the company's own. */
const NUMBER_IN_DOUBT = ['131026', '131021'];

function troubleOf({
  id,
  status,
  failure,
  discarded,
}: SendOutcome_EntryFragment): { what: string; why: string } | undefined {
  const why = failure ? `${spoken(failure.message)} ${spoken(failure.next)}` : '';
  if (isStandIn(id)) return failure ? { what: t('Not sent yet – try again.'), why } : undefined;
  if (discarded) return { what: t('Not sent.'), why: discardedBy(discarded) };
  if (status === 'FAILED') return { what: t('Not sent.'), why };
  if (status === 'UNKNOWN') {
    return { what: t('No answer from WhatsApp yet – it may have arrived.'), why: failure ? spoken(failure.next) : '' };
  }
  if (status !== 'QUEUED' || !failure) return undefined;
  // It goes on by itself, some of it once an admin has done their part.
  const then = failure.needsAdmin ? `${why} ${t('Then it goes out by itself.')}` : spoken(failure.message);
  return { what: t('Waiting.'), why: then };
}

function discardedBy({ by }: NonNullable<SendOutcome_EntryFragment['discarded']>): string {
  return by ? t('{{name}} discarded it.', { name: by.name }) : t('It was discarded.');
}
