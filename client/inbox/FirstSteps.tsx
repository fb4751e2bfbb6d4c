import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { StaffCountQuery, StaffCountQueryVariables } from '../operations.generated.ts';
import { useChannel } from '../send/channel.ts';
import { useMe } from '../session/me.ts';
import classes from './FirstSteps.module.css';

const QUERY: TypedDocumentNode<StaffCountQuery, StaffCountQueryVariables> = gql`
  query StaffCount { staff { id active } }
`;

/** Nothing has been said to anybody yet: what is to be done, and how far that is. */
export function FirstSteps() {
  const isAdmin = useMe().role === 'ADMIN';
  const channel = useChannel();
  const team = useQuery(QUERY, { skip: !isAdmin }).data?.staff.filter(({ active }) => active);
  const connected = channel !== undefined && channel.sending !== 'NOT_CONFIGURED';
  return (
    <section className={classes.steps} aria-labelledby="first-steps">
      <h2 id="first-steps">Three steps to the first conversation</h2>
      <ol>
        <Step done={connected} title="Connect your WhatsApp number">
          {connected
            ? 'Messages can go out from your number.'
            : `${channel?.reason ?? 'Messages can’t be sent yet.'} How to is in the README, under “Meta’s side, step by step”.`}
        </Step>
        <Step done={false} title="Write a message to it">
          From any phone. It appears here by itself, without a reload.
        </Step>
        <Step done={(team?.length ?? 0) > 1} title="Invite your colleagues">
          {isAdmin ? (
            <>
              Everybody sees the same conversations. <Link to="/team">To the team</Link>
            </>
          ) : (
            'An admin adds them, on the page “Team”.'
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
          <VisuallyHidden>{done ? ', done' : ', to do'}</VisuallyHidden>
        </h3>
        <p>{children}</p>
      </div>
    </li>
  );
}
