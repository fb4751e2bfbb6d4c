import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useState } from 'react';
import { fullTime, shortTime } from '../conversation/moments.ts';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import type {
  ParkedRow_DeliveryFragment,
  RerunParkedMutation,
  RerunParkedMutationVariables,
} from '../operations.generated.ts';
import { say } from '../shell/notices.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './ParkedRow.module.css';

export const PARKED_ROW: TypedDocumentNode<ParkedRow_DeliveryFragment> = gql`
  fragment ParkedRow_delivery on ParkedDelivery { id receivedAt problems { path reason } }
`;
const RERUN: TypedDocumentNode<RerunParkedMutation, RerunParkedMutationVariables> = gql`
  mutation RerunParked($id: ID!) { rerunParked(id: $id) { logged delivery { id problems { path reason } } } }
`;

const SHOWN_PROBLEMS = 5;

type Props = { delivery: FragmentType<ParkedRow_DeliveryFragment>; onDone(): Promise<unknown> };

/** One delivery that the log couldn't take in whole: when, why, and the way to try again. */
export function ParkedRow({ delivery, onDone }: Props) {
  const { data, complete } = useFragment({ fragment: PARKED_ROW, from: delivery });
  const [rerun] = useMutation(RERUN);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (!complete) return null;
  const { id, receivedAt, problems } = data;
  const received = new Date(receivedAt);

  async function runAgain() {
    setBusy(true);
    setProblem(undefined);
    try {
      const { data: answer } = await rerun({ variables: { id } });
      if (!answer) return;
      const { logged, delivery } = answer.rerunParked;
      const remains = delivery.problems.length > 0;
      if (logged > 0 || !remains) say({ words: outcome(logged) });
      if (remains) setProblem(t('It still can’t be logged, and stays here.'));
      else await onDone();
    } catch (error) {
      setProblem(causeOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <li className={classes.row}>
      <time className={classes.time} dateTime={receivedAt} title={fullTime(received)}>
        {shortTime(received)}
      </time>
      <div className={classes.problems}>
        {problems.slice(0, SHOWN_PROBLEMS).map(({ path, reason }) => (
          <p key={path + reason}>
            <span className={classes.reason}>{spoken(reason)}</span>
            {path && <span className={classes.path}>{path}</span>}
          </p>
        ))}
        {problems.length > SHOWN_PROBLEMS && (
          <p>{t('and {{count}} more', { count: problems.length - SHOWN_PROBLEMS })}</p>
        )}
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
      </div>
      <Button
        variant="default"
        leftSection={<IconRotateClockwise size={18} stroke={1.7} aria-hidden />}
        loading={busy}
        onClick={runAgain}
      >
        {t('Run again')}
      </Button>
    </li>
  );
}

function outcome(logged: number): string {
  if (logged === 0) return t('All of it is in the log already.');
  return t('{{count}} messages were logged.', { count: logged });
}
