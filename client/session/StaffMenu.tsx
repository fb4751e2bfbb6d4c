import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Popover, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { LanguageSwitch } from '../language/LanguageSwitch.tsx';
import { locale } from '../language/language.ts';
import { t } from '../language/t.ts';
import type { StaffMenu_StaffFragment } from '../operations.generated.ts';
import { ADMIN_PAGES, STAFF_PAGES } from '../shell/pages.ts';
import { SignOutButton } from './SignOutButton.tsx';
import classes from './StaffMenu.module.css';

export const STAFF_MENU: TypedDocumentNode<StaffMenu_StaffFragment> = gql`
  fragment StaffMenu_staff on Staff { id name email role }
`;

export function StaffMenu({ staff }: { staff: FragmentType<StaffMenu_StaffFragment> }) {
  const { data, complete } = useFragment({ fragment: STAFF_MENU, from: staff });
  const { key: here } = useLocation();
  const [openedAt, setOpenedAt] = useState<string>();
  const opened = openedAt === here;
  const setOpened = (open: boolean) => setOpenedAt(open ? here : undefined);
  // It does not outlast its page, whichever way one leaves it.
  if (openedAt && !opened) setOpened(false);
  if (!complete) return null;

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={240}
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <UnstyledButton className={classes.me} onClick={() => setOpened(!opened)}>
          <span className={classes.initials} data-initials={initialsOf(data.name)} />
          <VisuallyHidden>{t('{{name}}, your account', { name: data.name })}</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <div className={classes.who}>
          <strong>{data.name}</strong>
          <span>{data.email}</span>
        </div>
        <nav className={classes.links} aria-label={t('Your account and the team')}>
          {(data.role === 'ADMIN' ? [...STAFF_PAGES, ...ADMIN_PAGES] : STAFF_PAGES).map(({ to, label, Icon }) => (
            <Link key={to} to={to}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {t(label)}
            </Link>
          ))}
        </nav>
        <LanguageSwitch />
        <SignOutButton />
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
    .toLocaleUpperCase(locale);
}
