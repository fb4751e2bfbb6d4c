import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { ParkedQuery, ParkedQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { isForbidden } from '../shell/is-forbidden.ts';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Patient } from '../shell/Patient.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { AdminsOnly } from '../team/AdminsOnly.tsx';
import classes from './ParkedPage.module.css';
import { PARKED_ROW, ParkedRow } from './ParkedRow.tsx';

const QUERY: TypedDocumentNode<ParkedQuery, ParkedQueryVariables> = gql`
  query Parked {
    parkedDeliveries(first: 100) {
      nodes { id ...ParkedRow_delivery }
      pageInfo { hasNextPage }
    }
  }
  ${PARKED_ROW}
`;

/** What WhatsApp sent and the log could not take. The server lets only admins see it. */
export function ParkedPage() {
  const { data, error, refetch } = useQuery(QUERY, { fetchPolicy: 'cache-and-network' });
  if (isForbidden(error))
    return <AdminsOnly page={t('Parked')} title={t('What was parked is for admins to look after')} />;
  const deliveries = data?.parkedDeliveries.nodes ?? [];
  return (
    <section className={classes.page} aria-labelledby="parked-title">
      <PageTitle>{t('Parked')}</PageTitle>
      <div className={classes.column}>
        <h1 id="parked-title">{t('Parked')}</h1>
        <p className={classes.hint}>
          {t('What WhatsApp sent and the log couldn’t take. It is kept for 90 days: run it again after an update.')}
        </p>
        {error && !data && <Trouble what="What was parked" error={error} onRetry={() => refetch()} />}
        {!data && !error && (
          <Patient>
            <div aria-hidden="true">
              {['a', 'b', 'c'].map((row) => (
                <Skeleton key={row} height={76} radius={14} mb={8} />
              ))}
            </div>
          </Patient>
        )}
        {data && deliveries.length === 0 && (
          <Empty
            icon={<IconMailCheck size={36} stroke={1.4} aria-hidden />}
            title={t('Nothing is parked')}
            hint={t('Everything that WhatsApp sent is in the log.')}
          />
        )}
        {deliveries.length > 0 && (
          <ul aria-labelledby="parked-title">
            {deliveries.map((delivery) => (
              <ParkedRow key={delivery.id} delivery={delivery} onDone={() => refetch()} />
            ))}
          </ul>
        )}
        {data?.parkedDeliveries.pageInfo.hasNextPage && (
          <p className={classes.hint}>{t('Older ones follow once these are done with.')}</p>
        )}
      </div>
    </section>
  );
}
