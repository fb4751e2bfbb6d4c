import { Title } from '@mantine/core';
import { t } from '../language/t.ts';
import { Brand } from '../shell/Brand.tsx';
import { ChangePasswordForm } from './ChangePasswordForm.tsx';
import classes from './SignInPage.module.css';
import { SignOutButton } from './SignOutButton.tsx';

type Props = { email: string; onChanged(): unknown };

/** All there is for who has signed in with a one-time password, until they have chosen their own. */
export function FirstPasswordPage({ email, onChanged }: Props) {
  return (
    <main className={classes.page}>
      <title>{t('Choose your password · Comms')}</title>
      <section className={classes.card} aria-labelledby="first-password-title">
        <Brand />
        <div>
          <Title order={1} id="first-password-title" className={classes.title}>
            {t('Choose your password')}
          </Title>
          <p className={classes.lead}>
            {t('The one that you were given was for getting in. From now on you use your own.')}
          </p>
        </div>
        <ChangePasswordForm
          email={email}
          currentLabel={t('One-time password')}
          button={t('Save and go on')}
          onChanged={onChanged}
        />
        <SignOutButton />
      </section>
    </main>
  );
}
