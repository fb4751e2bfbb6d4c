import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Avatar, Menu, UnstyledButton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import type { StaffMenu_StaffFragment } from '../operations.generated.ts';
import classes from './StaffMenu.module.css';
import { signOut } from './sign-in.ts';

export const STAFF_MENU: TypedDocumentNode<StaffMenu_StaffFragment> = gql`
  fragment StaffMenu_staff on Staff { id name email }
`;

export function StaffMenu({ staff }: { staff: FragmentType<StaffMenu_StaffFragment> }) {
  const { data, complete } = useFragment({ fragment: STAFF_MENU, from: staff });
  const [problem, setProblem] = useState(false);
  if (!complete) return null;

  async function leave() {
    try {
      await signOut();
      // A fresh page: nothing of this person stays in memory.
      location.assign('/sign-in');
    } catch {
      setProblem(true);
    }
  }

  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={`${data.name}, your account`}>
          <Avatar size={34} color="plum" name={data.name} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{data.name}</strong>
          <span>{data.email}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.7} aria-hidden />} onClick={leave}>
          Sign out
        </Menu.Item>
        {problem && (
          <p role="alert" className={classes.problem}>
            You are still signed in: the server can’t be reached.
          </p>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
