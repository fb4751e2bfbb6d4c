import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import classes from './SignOutButton.module.css';
import { signOut } from './sign-in.ts';

/** Ends the session here, or says that it goes on. */
export function SignOutButton() {
  const [problem, setProblem] = useState(false);

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
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconLogout size={18} stroke={1.7} aria-hidden />}
        onClick={() => void leave()}
      >
        {t('Sign out')}
      </Button>
      {problem && (
        <p role="alert" className={classes.problem}>
          {t('You are still signed in: the server can’t be reached.')}
        </p>
      )}
    </>
  );
}
