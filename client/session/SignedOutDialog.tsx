import { useReactiveVar } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { useLocation } from 'react-router';
import { t } from '../language/t.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { useSession } from './session.ts';
import { signInAddress } from './sign-in-address.ts';

/** The session ended while the page was open: it stays readable behind, and comes back at the same address. */
export function SignedOutDialog() {
  const ended = useReactiveVar(useSession().ended);
  const here = useLocation();
  return (
    <Dialog opened={ended} title={t('You have been signed out')}>
      <Text mb="lg">{t('Sign in again, and you are back here.')}</Text>
      <Button component="a" href={signInAddress(here)} fullWidth data-autofocus>
        {t('Sign in again')}
      </Button>
    </Dialog>
  );
}
