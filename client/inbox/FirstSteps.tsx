import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import type { StaffCountQuery, StaffCountQueryVariables } from '../operations.generated.ts';
import { useChannel } from '../send/channel.ts';
import { useMe } from '../session/me.ts';
import classes from './FirstSteps.module.css';

const QUERY: TypedDocumentNode<StaffCountQuery, StaffCountQueryVariables> = gql`
  query StaffCount { staff { id active } }
`;

/** How a company begins, and how far it is; `hasWritten`: somebody, to its number. */
export function FirstSteps({ hasWritten }: { hasWritten: boolean }) {
  const isAdmin = useMe().role === 'ADMIN';
  const channel = useChannel();
  const team = useQuery(QUERY, { skip: !isAdmin }).data?.staff.filter(({ active }) => active);
  const connected = channel !== undefined && channel.sending !== 'NOT_CONFIGURED';
  return (
    <section className={classes.steps} aria-labelledby="first-steps">
      <h2 id="first-steps">{t('Three steps to the first conversation')}</h2>
      <ol>
        <Step done={connected} title={t('Connect your WhatsApp number')}>
          {connected ? (
            t('Messages can go out from your number.')
          ) : (
            <>
              {channel?.reason ? spoken(channel.reason) : t('Messages can’t be sent yet.')}{' '}
              {t('How to is in the README, under “Meta’s side, step by step”.')}
            </>
          )}
        </Step>
        <Step done={hasWritten} title={t('Write a message to it')}>
          {hasWritten
            ? t('It is in the list: choose it, and answer.')
            : t('From any phone. It appears here by itself, without a reload.')}
        </Step>
        <Step done={!isAdmin || (team?.length ?? 0) > 1} title={t('Invite your colleagues')}>
          {isAdmin ? (
            <>
              {t('Everybody sees the same conversations.')} <Link to="/team">{t('To the team')}</Link>
            </>
          ) : (
            t('An admin adds them, on the page “Team”.')
          )}
        </Step>
      </ol>
    </section>
  );
}

function Step({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  const Icon = done ? IconCircleCheck : IconCircleDashed;
  return (
    <li data-done={done || undefined}>
      <Icon size={26} stroke={1.7} aria-hidden />
      <div>
        <h3>
          {title}
          <VisuallyHidden>{done ? t(', done') : t(', to do')}</VisuallyHidden>
        </h3>
        <p>{children}</p>
      </div>
    </li>
  );
}
