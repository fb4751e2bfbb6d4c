import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import { Brand } from '../shell/Brand.tsx';
import { ChangePasswordForm } from './ChangePasswordForm.tsx';
import classes from './SignInPage.module.css';
import { leave } from './sign-in.ts';

type Props = { email: string; onChanged(): unknown };

/** All there is for who has signed in with a one-time password, until they have chosen their own. */
export function FirstPasswordPage({ email, onChanged }: Props) {
  const [stuck, setStuck] = useState(false);
  return (
    <main className={classes.page}>
      <title>Choose a password · Comms</title>
      <section className={classes.card} aria-labelledby="first-password-title">
        <Brand />
        <div>
          <Title order={1} id="first-password-title" className={classes.title}>
            Choose your password
          </Title>
          <p className={classes.lead}>The one that you were given is good for this once. From now on you use your own.</p>
        </div>
        <ChangePasswordForm email={email} currentLabel="One-time password" button="Save and go on" onChanged={onChanged} />
        <Button variant="subtle" onClick={() => leave().catch(() => setStuck(true))}>
          Sign out
        </Button>
        {stuck && <p role="alert">You are still signed in: the server can’t be reached.</p>}
      </section>
    </main>
  );
}
