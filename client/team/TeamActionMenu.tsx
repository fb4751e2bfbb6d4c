import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconDots, IconKey, IconUserCheck, IconUserOff, IconUserShield, IconUserX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { t } from '../language/t.ts';
import type { TeamRow_AccountFragment } from '../operations.generated.ts';
import type { TeamAction } from './TeamActionDialog.tsx';
import classes from './TeamActionMenu.module.css';

type Props = {
  person: Pick<TeamRow_AccountFragment, 'name' | 'active' | 'role'>;
  isSelf: boolean;
  onChoose(action: TeamAction): void;
};

/** What an admin can do about somebody. */
export function TeamActionMenu({ person, isSelf, onChoose }: Props) {
  const [opened, setOpened] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        <ActionIcon
          ref={target}
          variant="subtle"
          color="gray"
          size={42}
          aria-label={t('What to do about {{name}}', { name: person.name })}
          onClick={() => setOpened(!opened)}
        >
          <IconDots size={20} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        {actionsFor(person, isSelf).map((action) => {
          const { label, Icon } = items[action];
          return (
            <Button
              key={action}
              variant="subtle"
              className={classes.item}
              data-action={action}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              onClick={() => {
                // What is asked next gives the focus back to where it was: not to what is gone then.
                target.current?.focus();
                setOpened(false);
                onChoose(action);
              }}
            >
              {t(label)}
            </Button>
          );
        })}
      </Popover.Dropdown>
    </Popover>
  );
}

/** One's own password is changed on one's own page, and nobody locks themself out. */
function actionsFor({ active, role }: Props['person'], isSelf: boolean): TeamAction[] {
  if (!active) return ['reactivate'];
  const setRole = role === 'ADMIN' ? 'make-member' : 'make-admin';
  return isSelf ? [setRole] : [setRole, 'reset', 'deactivate'];
}

const items = {
  'make-admin': { label: 'Make an admin', Icon: IconUserShield },
  'make-member': { label: 'Make a member', Icon: IconUserX },
  reset: { label: 'Reset the password', Icon: IconKey },
  deactivate: { label: 'Deactivate', Icon: IconUserOff },
  reactivate: { label: 'Reactivate', Icon: IconUserCheck },
} as const satisfies Record<TeamAction, { label: string; Icon: typeof IconKey }>;
