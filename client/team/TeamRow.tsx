import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Avatar } from '@mantine/core';
import { useState } from 'react';
import { fullTime, shortTime } from '../conversation/moments.ts';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import type { TeamRow_AccountFragment } from '../operations.generated.ts';
import { Tag } from '../shell/Tag.tsx';
import { type TeamAction, TeamActionDialog } from './TeamActionDialog.tsx';
import { TeamActionMenu } from './TeamActionMenu.tsx';
import classes from './TeamRow.module.css';

export const TEAM_ROW: TypedDocumentNode<TeamRow_AccountFragment> = gql`
  fragment TeamRow_account on StaffAccount { id name email role active mustChangePassword lastSeenAt }
`;

type Props = { account: FragmentType<TeamRow_AccountFragment>; isSelf: boolean };

/** Somebody on the team, and what an admin can do about them. */
export function TeamRow({ account, isSelf }: Props) {
  const { data, complete } = useFragment({ fragment: TEAM_ROW, from: account });
  const [action, setAction] = useState<TeamAction>();
  if (!complete) return null;
  return (
    <li className={classes.row} data-active={data.active}>
      <Avatar size={42} color="plum" name={data.name} aria-hidden />
      <div className={classes.who}>
        <span className={classes.name}>
          <bdi>{data.name}</bdi>
          {isSelf && <span className={classes.self}>{t('you')}</span>}
        </span>
        <span className={classes.email}>{data.email}</span>
      </div>
      <div className={classes.state}>
        {data.role === 'ADMIN' && <Tag>{t('Admin')}</Tag>}
        {data.active && <Presence mustChangePassword={data.mustChangePassword} lastSeenAt={data.lastSeenAt} />}
      </div>
      <TeamActionMenu person={data} isSelf={isSelf} onChoose={setAction} />
      <TeamActionDialog action={action} person={data} onClose={() => setAction(undefined)} />
    </li>
  );
}

function Presence({ mustChangePassword, lastSeenAt }: { mustChangePassword: boolean; lastSeenAt: string | null }) {
  if (mustChangePassword) return <span>{t('Has a one-time password')}</span>;
  if (!lastSeenAt) return <span>{t('Signed out')}</span>;
  const at = new Date(lastSeenAt);
  return (
    <span>
      <Sentence
        text="Last seen {{when}}"
        parts={{
          when: (
            <time dateTime={lastSeenAt} title={fullTime(at)}>
              {shortTime(at)}
            </time>
          ),
        }}
      />
    </span>
  );
}
