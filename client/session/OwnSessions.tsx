import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useState } from 'react';
import { fullTime, shortTime } from '../conversation/moments.ts';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import type {
  EndMyOtherSessionsMutation,
  EndMyOtherSessionsMutationVariables,
  EndMySessionMutation,
  EndMySessionMutationVariables,
  OwnSessionsQuery,
  OwnSessionsQueryVariables,
} from '../operations.generated.ts';
import { Card } from '../shell/Card.tsx';
import { Tag } from '../shell/Tag.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './AccountPage.module.css';

export const OWN_SESSIONS: TypedDocumentNode<OwnSessionsQuery, OwnSessionsQueryVariables> = gql`
  query OwnSessions { mySessions { id current lastUsedAt createdAt address device } }
`;
const END: TypedDocumentNode<EndMySessionMutation, EndMySessionMutationVariables> = gql`
  mutation EndMySession($id: ID!) { endMySession(id: $id) { sessions { id } } }
`;
const END_OTHERS: TypedDocumentNode<EndMyOtherSessionsMutation, EndMyOtherSessionsMutationVariables> = gql`
  mutation EndMyOtherSessions { endMyOtherSessions { sessions { id } } }
`;

/** Where one is signed in, and the way to end it there. */
export function OwnSessions() {
  const { data, error, refetch } = useQuery(OWN_SESSIONS, { fetchPolicy: 'cache-and-network' });
  const [end] = useMutation(END);
  const [endOthers] = useMutation(END_OTHERS);
  const [ending, setEnding] = useState<string>();
  const [problem, setProblem] = useState<string>();

  async function attempt(what: string, mutate: () => Promise<unknown>) {
    setEnding(what);
    setProblem(undefined);
    try {
      await mutate();
    } catch (failure) {
      setProblem(causeOf(failure));
    }
    // Also where it failed: it may have ended by itself.
    await refetch().catch((failure: unknown) => setProblem(causeOf(failure)));
    setEnding(undefined);
  }

  if (error && !data) return <Trouble what="The list of your sessions" error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  return (
    <Card title={t('Where you are signed in')}>
      {problem && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <ul className={classes.sessions} aria-label={t('Where you are signed in')}>
        {data.mySessions.map(({ id, current, device, address, lastUsedAt, createdAt }) => (
          <li key={id}>
            {/iPhone|Android/.test(device) ? (
              <IconDeviceMobile size={24} stroke={1.5} aria-hidden />
            ) : (
              <IconDeviceDesktop size={24} stroke={1.5} aria-hidden />
            )}
            <div className={classes.session}>
              <strong>{spoken(device)}</strong>
              <span title={t('Signed in {{when}}', { when: fullTime(new Date(createdAt)) })}>
                {address && `${address} · `}
                {current ? t('in use now') : t('last used {{when}}', { when: shortTime(new Date(lastUsedAt)) })}
              </span>
            </div>
            {current ? (
              <Tag>{t('This one')}</Tag>
            ) : (
              <Button
                variant="default"
                aria-label={t('End {{device}}', { device: spoken(device) })}
                loading={ending === id}
                onClick={() => attempt(id, () => end({ variables: { id } }))}
              >
                {t('End')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data.mySessions.length > 1 && (
        <Button variant="default" loading={ending === 'others'} onClick={() => attempt('others', () => endOthers())}>
          {t('End all the others')}
        </Button>
      )}
    </Card>
  );
}
