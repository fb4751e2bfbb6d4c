import type { FragmentType } from '@apollo/client';
import { VisuallyHidden } from '@mantine/core';
import { Link, NavLink, useNavigation } from 'react-router';
import { t } from '../language/t.ts';
import { LiveStatusMark } from '../live/LiveStatusMark.tsx';
import type { StaffMenu_StaffFragment } from '../operations.generated.ts';
import { PaletteButton } from '../palette/PaletteButton.tsx';
import { StaffMenu } from '../session/StaffMenu.tsx';
import { Brand } from './Brand.tsx';
import classes from './Header.module.css';
import { Patient } from './Patient.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { MAIN_PAGES } from './pages.ts';
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
          {staff && <PaletteButton />}
          <SchemeSwitch />
          {staff && <StaffMenu staff={staff} />}
        </div>
      </header>
      <nav className={classes.nav} aria-label={t('Main')}>
        {MAIN_PAGES.map(({ to, label, Icon }) => (
          <NavLink key={to} to={to} className={classes.link ?? ''}>
            <Icon size={20} stroke={1.7} aria-hidden />
            {t(label)}
            {to === '/inbox' && staff && <UnreadCount />}
          </NavLink>
        ))}
      </nav>
      <PageOnItsWay />
    </>
  );
}

/** One went to a page whose code isn't here yet. */
function PageOnItsWay() {
  const busy = useNavigation().state === 'loading';
  return (
    <div role="status" className={classes.onItsWay}>
      {busy && (
        <Patient>
          <VisuallyHidden>{t('Loading…')}</VisuallyHidden>
          <ProgressLine busy />
        </Patient>
      )}
    </div>
  );
}
