import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { SendOutcome_EntryFragment } from '../operations.generated.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './SendOutcome.module.css';
import { useDecisions } from './use-decisions.ts';

export const SEND_OUTCOME: TypedDocumentNode<SendOutcome_EntryFragment> = gql`
  fragment SendOutcome_entry on CommsEntry {
    id
    revision
    status
    idempotencyKey
    failure { code message next details retryable }
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
    <div className={classes.trouble} data-status={data.status}>
      <p>
        <strong>{told.what}</strong> {told.why}
      </p>
      <div className={classes.actions}>
        <Decisions entry={data} />
        {data.failure && !isStandIn(data.id) && (
          <Button size="sm" variant="subtle" color="gray" aria-expanded={detailed} onClick={onDetails}>
            {t('Details')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Decisions({ entry: { id, status, idempotencyKey, failure } }: { entry: SendOutcome_EntryFragment }) {
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
      {error !== undefined && <span role="alert">{causeOf(error)}</span>}
    </>
  );
}

function troubleOf({ id, status, failure }: SendOutcome_EntryFragment): { what: string; why: string } | undefined {
  const why = failure ? `${spoken(failure.message)} ${spoken(failure.next)}` : '';
  if (isStandIn(id)) return failure ? { what: t('Not sent yet – try again.'), why } : undefined;
  if (status === 'FAILED') return { what: t('Not sent.'), why };
  if (status === 'UNKNOWN') {
    return { what: t('No answer from WhatsApp yet – it may have arrived.'), why: failure ? spoken(failure.next) : '' };
  }
  // It goes on by itself: what to do next is for when it failed.
  return status === 'QUEUED' && failure ? { what: t('Waiting.'), why: spoken(failure.message) } : undefined;
}
