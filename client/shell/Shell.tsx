import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useDeferredValue } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { Alerts } from '../alerts/Alerts.tsx';
import { TabIcon } from '../alerts/TabIcon.tsx';
import { Announcements } from '../conversation/Announcements.tsx';
import { Keyboard } from '../keyboard/Keyboard.tsx';
import { t } from '../language/t.ts';
import { LiveUpdates } from '../live/LiveUpdates.tsx';
import type { ShellQuery, ShellQueryVariables } from '../operations.generated.ts';
import { ChannelBanner } from '../send/ChannelBanner.tsx';
import { Sending } from '../send/Sending.tsx';
import { FirstPasswordPage } from '../session/FirstPasswordPage.tsx';
import { MeContext } from '../session/me.ts';
import { SignedOutDialog } from '../session/SignedOutDialog.tsx';
import { STAFF_MENU } from '../session/StaffMenu.tsx';
import { signInAddress } from '../session/sign-in-address.ts';
import { isSignedOut } from '../session/signed-out.ts';
import { Header } from './Header.tsx';
import { NoticeBar } from './NoticeBar.tsx';
import { PaneBoundary } from './PaneBoundary.tsx';
import classes from './Shell.module.css';
import { SkipTo } from './SkipTo.tsx';
import { Trouble } from './Trouble.tsx';
import { Waiting } from './Waiting.tsx';

const QUERY: TypedDocumentNode<ShellQuery, ShellQueryVariables> = gql`
  query Shell { me { id name email role ...StaffMenu_staff } myAccount { mustChangePassword } }
  ${STAFF_MENU}
`;

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const here = useLocation();
  const { data, error, refetch } = useQuery(QUERY);
  // The page is much to draw: in slices, between which what one does is heard.
  const me = useDeferredValue(data?.me);
  if (!data && isSignedOut(error)) return <Navigate to={signInAddress(here)} replace />;
  if (data?.myAccount.mustChangePassword) return <FirstPasswordPage email={data.me.email} onChanged={refetch} />;
  return (
    <div className={classes.shell}>
      <SkipTo href="#main">{t('Skip to the page')}</SkipTo>
      <Header staff={data?.me} />
      <div className={classes.banner}>{data && <ChannelBanner />}</div>
      <main id="main" className={classes.main} tabIndex={-1}>
        {error && !data && <Trouble what="The page" onRetry={refetch} error={error} />}
        {!me && !error && <Waiting />}
        {me && (
          <>
            <LiveUpdates />
            <TabIcon />
            <Alerts />
            <MeContext value={me}>
              <Announcements />
              <Keyboard />
              <Sending key={me.id} me={me}>
                <PaneBoundary name="page" at={here.pathname}>
                  <Outlet />
                </PaneBoundary>
              </Sending>
            </MeContext>
          </>
        )}
      </main>
      <NoticeBar />
      <SignedOutDialog />
    </div>
  );
}
