import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Button, Popover, UnstyledButton, VisuallyHidden } from '@mantine/core';
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
    <Popover position="bottom-end" width={240} trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        <UnstyledButton className={classes.me}>
          <span className={classes.initials} data-initials={initialsOf(data.name)} />
          <VisuallyHidden>{data.name}, your account</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <div className={classes.who}>
          <strong>{data.name}</strong>
          <span>{data.email}</span>
        </div>
        <Button
          variant="default"
          fullWidth
          leftSection={<IconLogout size={18} stroke={1.7} aria-hidden />}
          onClick={() => void leave()}
        >
          Sign out
        </Button>
        {problem && (
          <p role="alert" className={classes.problem}>
            You are still signed in: the server can’t be reached.
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const initials = words.length > 1 ? [words[0], words.at(-1)] : words;
  return initials
    .map((word) => word?.[Symbol.iterator]().next().value ?? '')
    .join('')
    .toLocaleUpperCase();
}
