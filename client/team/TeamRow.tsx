import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { ActionIcon, Avatar, Badge, Menu } from '@mantine/core';
import { IconDots, IconKey, IconUserCheck, IconUserOff, IconUserShield, IconUserX } from '@tabler/icons-react';
import { useState } from 'react';
import { fullTime, shortTime } from '../conversation/moments.ts';
import type { TeamRow_AccountFragment } from '../operations.generated.ts';
import { type TeamAction, TeamActionDialog } from './TeamActionDialog.tsx';
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
          {isSelf && <span className={classes.self}>you</span>}
        </span>
        <span className={classes.email}>{data.email}</span>
      </div>
      <div className={classes.state}>
        {data.role === 'ADMIN' && (
          <Badge variant="light" color="plum" tt="none">
            Admin
          </Badge>
        )}
        {data.active && <Presence mustChangePassword={data.mustChangePassword} lastSeenAt={data.lastSeenAt} />}
      </div>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={42} aria-label={`What to do about ${data.name}`}>
            <IconDots size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actionsFor(data, isSelf).map((name) => {
            const { label, Icon } = items[name];
            return (
              <Menu.Item
                key={name}
                leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
                {...(name === 'deactivate' && { color: 'var(--danger)' })}
                onClick={() => setAction(name)}
              >
                {label}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <TeamActionDialog action={action} person={data} onClose={() => setAction(undefined)} />
    </li>
  );
}

function Presence({ mustChangePassword, lastSeenAt }: { mustChangePassword: boolean; lastSeenAt: string | null }) {
  if (mustChangePassword) return <span>Has a one-time password</span>;
  if (!lastSeenAt) return <span>Signed out</span>;
  const at = new Date(lastSeenAt);
  return (
    <span>
      Last seen{' '}
      <time dateTime={lastSeenAt} title={fullTime(at)}>
        {shortTime(at)}
      </time>
    </span>
  );
}

/** One's own password is changed on one's own page, and nobody locks themself out. */
function actionsFor({ active, role }: Pick<TeamRow_AccountFragment, 'active' | 'role'>, isSelf: boolean): TeamAction[] {
  if (!active) return ['reactivate'];
  const setRole = role === 'ADMIN' ? 'make-member' : 'make-admin';
  return isSelf ? [setRole] : [setRole, 'reset', 'deactivate'];
}

const items: Record<TeamAction, { label: string; Icon: typeof IconKey }> = {
  'make-admin': { label: 'Make an admin', Icon: IconUserShield },
  'make-member': { label: 'Make a member', Icon: IconUserX },
  reset: { label: 'Reset the password', Icon: IconKey },
  deactivate: { label: 'Deactivate', Icon: IconUserOff },
  reactivate: { label: 'Reactivate', Icon: IconUserCheck },
};
