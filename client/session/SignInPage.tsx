import { Alert, Button, PasswordInput, TextInput, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { LanguageSwitch } from '../language/LanguageSwitch.tsx';
import { t } from '../language/t.ts';
import { Brand } from '../shell/Brand.tsx';
import classes from './SignInPage.module.css';
import { returnAddress, signIn } from './sign-in.ts';

export function SignInPage() {
  const [search] = useSearchParams();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => email.current?.focus(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !email.current || !password.current) return;
    setBusy(true);
    const result = await signIn(email.current.value, password.current.value);
    if (result === 'signed-in') {
      // A fresh page: nothing of whoever was here before is kept.
      location.assign(returnAddress(search.get('from')));
      return;
    }
    setBusy(false);
    setProblem(result.problem);
    password.current.select();
  }

  return (
    <main className={classes.page}>
      <title>{t('Sign in · Comms')}</title>
      <form className={classes.card} onSubmit={submit} aria-labelledby="sign-in-title">
        <Brand />
        <div>
          <Title order={1} id="sign-in-title" className={classes.title}>
            {t('Sign in')}
          </Title>
          <p className={classes.lead}>{t('Everything said with your customers, in one place.')}</p>
        </div>
        {problem && (
          <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
            {problem}
          </Alert>
        )}
        <TextInput
          ref={email}
          label={t('E-mail')}
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <PasswordInput
          ref={password}
          label={t('Password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('Show password') }}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t('Sign in')}
        </Button>
        <LanguageSwitch />
      </form>
    </main>
  );
}
