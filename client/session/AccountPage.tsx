import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { AlertSettings } from '../alerts/AlertSettings.tsx';
import { ShortcutList } from '../keyboard/ShortcutList.tsx';
import { t } from '../language/t.ts';
import type { AccountQuery, AccountQueryVariables } from '../operations.generated.ts';
import { Card } from '../shell/Card.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import classes from './AccountPage.module.css';
import { ChangePasswordForm } from './ChangePasswordForm.tsx';
import { OWN_SESSIONS, OwnSessions } from './OwnSessions.tsx';

const QUERY: TypedDocumentNode<AccountQuery, AccountQueryVariables> = gql`
  query Account { me { id name email role } }
`;

/** One's own password, and where one is signed in. */
export function AccountPage() {
  const client = useApolloClient();
  const { data, error, refetch } = useQuery(QUERY);
  const [changed, setChanged] = useState(false);

  async function onChanged() {
    setChanged(true);
    await client.refetchQueries({ include: [OWN_SESSIONS] });
  }

  return (
    <section className={classes.page} aria-labelledby="account-title">
      <PageTitle>{t('Your account')}</PageTitle>
      <div className={classes.column}>
        <h1 id="account-title">{t('Your account')}</h1>
        {error && !data && <Trouble what="Your account" error={error} onRetry={() => refetch()} />}
        {data && (
          <>
            <p className={classes.who}>
              <bdi>{data.me.name}</bdi> · {data.me.email} · {data.me.role === 'ADMIN' ? t('Admin') : t('Member')}
            </p>
            <Card title={t('Password')}>
              {changed && (
                <Alert role="status" variant="light" icon={<IconCheck aria-hidden />}>
                  {t('Your password is changed, and everything else is signed out.')}
                </Alert>
              )}
              <ChangePasswordForm
                email={data.me.email}
                currentLabel={t('Current password')}
                button={t('Change the password')}
                onChanged={onChanged}
              />
            </Card>
            <AlertSettings />
            <Card title={t('Keys')}>
              <ShortcutList />
            </Card>
            <OwnSessions />
          </>
        )}
      </div>
    </section>
  );
}
