import { Button } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './EntryMenuItem.module.css';

/** One thing that can be done with an entry. */
export function EntryMenuItem({
  icon: Icon,
  onClick,
  children,
}: {
  icon: TablerIcon;
  onClick(): void;
  children: ReactNode;
}) {
  return (
    <Button
      variant="subtle"
      className={classes.item}
      leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
