import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import type { TeamQuery, TeamQueryVariables } from '../operations.generated.ts';
import { isForbidden } from '../shell/is-forbidden.ts';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Patient } from '../shell/Patient.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { AddMemberDialog } from './AddMemberDialog.tsx';
import { AdminsOnly } from './AdminsOnly.tsx';
import classes from './TeamPage.module.css';
import { TEAM_ROW, TeamRow } from './TeamRow.tsx';

const QUERY: TypedDocumentNode<TeamQuery, TeamQueryVariables> = gql`
  query Team { me { id } staff { id active ...TeamRow_account } }
  ${TEAM_ROW}
`;

/** Who may sign in. The server lets only admins see it. */
export function TeamPage() {
  const { data, error, refetch } = useQuery(QUERY, { fetchPolicy: 'cache-and-network' });
  const [adding, setAdding] = useState(false);
  if (isForbidden(error)) return <AdminsOnly page={t('Team')} title={t('The team is for admins to look after')} />;

  const active = data?.staff.filter((account) => account.active) ?? [];
  const deactivated = data?.staff.filter((account) => !account.active) ?? [];
  const rowsOf = (accounts: typeof active) =>
    accounts.map((account) => <TeamRow key={account.id} account={account} isSelf={account.id === data?.me.id} />);
  return (
    <section className={classes.page} aria-labelledby="team-title">
      <PageTitle>{t('Team')}</PageTitle>
      <div className={classes.column}>
        <div className={classes.head}>
          <h1 id="team-title">{t('Team')}</h1>
          <Button
            leftSection={<IconUserPlus size={18} stroke={1.9} aria-hidden />}
            onClick={() => setAdding(true)}
            disabled={!data}
          >
            {t('Add somebody')}
          </Button>
        </div>
        {error && !data && <Trouble what="The team" error={error} onRetry={() => refetch()} />}
        {!data && !error && (
          <Patient>
            <div aria-hidden="true">
              {['a', 'b', 'c'].map((row) => (
                <Skeleton key={row} height={68} radius={14} mb={8} />
              ))}
            </div>
          </Patient>
        )}
        {data && <ul aria-label={t('Team')}>{rowsOf(active)}</ul>}
        {deactivated.length > 0 && (
          <>
            <h2 id="deactivated-title">{t('Deactivated')}</h2>
            <p className={classes.hint}>{t('They can’t sign in. Their name stays on what they sent.')}</p>
            <ul aria-labelledby="deactivated-title">{rowsOf(deactivated)}</ul>
          </>
        )}
      </div>
      <AddMemberDialog opened={adding} onClose={() => setAdding(false)} onAdded={refetch} />
    </section>
  );
}
