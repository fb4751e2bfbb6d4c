import type { FragmentType } from '@apollo/client';
import { IconInbox, IconStack2, IconUsers } from '@tabler/icons-react';
import { Link, NavLink } from 'react-router';
import { t } from '../language/t.ts';
import { LiveStatusMark } from '../live/LiveStatusMark.tsx';
import type { StaffMenu_StaffFragment } from '../operations.generated.ts';
import { StaffMenu } from '../session/StaffMenu.tsx';
import { Brand } from './Brand.tsx';
import classes from './Header.module.css';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import { UnreadCount } from './UnreadCount.tsx';

export function Header({ staff }: { staff: FragmentType<StaffMenu_StaffFragment> | undefined }) {
  return (
    <>
      <header className={classes.header}>
        <Link to="/inbox" className={classes.home} aria-label={t('Comms, to the inbox')}>
          <Brand />
        </Link>
        <div className={classes.end}>
          <LiveStatusMark />
          <SchemeSwitch />
          {staff && <StaffMenu staff={staff} />}
        </div>
      </header>
      <nav className={classes.nav} aria-label={t('Main')}>
        <NavLink to="/inbox" className={classes.link ?? ''}>
          <IconInbox size={20} stroke={1.7} aria-hidden />
          {t('Inbox')}
          {staff && <UnreadCount />}
        </NavLink>
        <NavLink to="/log" className={classes.link ?? ''}>
          <IconStack2 size={20} stroke={1.7} aria-hidden />
          {t('Everything')}
        </NavLink>
        <NavLink to="/customers" className={classes.link ?? ''}>
          <IconUsers size={20} stroke={1.7} aria-hidden />
          {t('Customers')}
        </NavLink>
      </nav>
    </>
  );
}
