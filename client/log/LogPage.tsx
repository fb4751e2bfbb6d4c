import { gql, NetworkStatus, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { filterOf } from '../inbox/inbox-address.ts';
import { t } from '../language/t.ts';
import { inboxRule } from '../live/comms-lists.ts';
import type { LogQuery, LogQueryVariables } from '../operations.generated.ts';
import { useChannel } from '../send/channel.ts';
import { NotConfigured } from '../send/NotConfigured.tsx';
import { useSendDialog } from '../send/use-send-dialog.tsx';
import { LongList } from '../shell/LongList.tsx';
import { LookFurther } from '../shell/LookFurther.tsx';
import { loadFound } from '../shell/load-found.ts';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Patient } from '../shell/Patient.tsx';
import { ProgressLine } from '../shell/ProgressLine.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { LogEmpty } from './LogEmpty.tsx';
import { LogFilters } from './LogFilters.tsx';
import listClasses from './LogList.module.css';
import classes from './LogPage.module.css';
import { LOG_ROW, LogRow } from './LogRow.tsx';
import { LogSkeleton } from './LogSkeleton.tsx';
import { NewSince } from './NewSince.tsx';
import { useUnreadConversations } from './unread-conversations.ts';

const QUERY: TypedDocumentNode<LogQuery, LogQueryVariables> = gql`
  query Log($filter: InboxFilter, $after: String) {
    inbox(filter: $filter, first: 50, after: $after) {
      nodes { id revision idempotencyKey ...LogRow_entry }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
  ${LOG_ROW}
`;

/** Everybody's log, the newest on top. */
export function LogPage() {
  const [address, setAddress] = useSearchParams();
  const filter = filterOf(address);
  const { data, previousData, error, networkStatus, refetch, fetchMore } = useQuery(QUERY, { variables: { filter } });
  const inbox = (data ?? previousData)?.inbox;
  const hasOlder = inbox?.pageInfo.hasNextPage === true;
  const channel = useChannel();
  const canSend = channel !== undefined && channel.sending !== 'NOT_CONFIGURED';
  const writing = useSendDialog();
  useUnreadConversations();

  async function loadOlder(signal: AbortSignal) {
    if (!data) return;
    await loadFound(data.inbox.pageInfo, signal, async (after) => {
      const { data: page } = await fetchMore({ variables: { filter, after } });
      return page && { rows: page.inbox.nodes, pageInfo: page.inbox.pageInfo };
    });
  }

  return (
    <section className={classes.page} aria-labelledby="log-title">
      <PageTitle>{t('Everything')}</PageTitle>
      <div className={classes.head}>
        <h1 id="log-title">{t('Everything')}</h1>
        <LogFilters address={address} onChange={(changed) => setAddress(changed, { replace: true })} />
        {channel?.sending === 'NOT_CONFIGURED' && <NotConfigured reason={channel.reason} />}
      </div>
      <ProgressLine busy={networkStatus === NetworkStatus.refetch || networkStatus === NetworkStatus.setVariables} />
      {error && <Trouble what="The log" error={error} onRetry={() => refetch()} />}
      {!inbox && !error && (
        <Patient>
          <LogSkeleton />
        </Patient>
      )}
      {data && inbox && inboxRule(filter).holdsStill && (
        <NewSince filter={filter} position={inbox.position} onShow={() => void refetch()} />
      )}
      {data?.inbox.nodes.length === 0 &&
        (hasOlder ? (
          <LookFurther key={address.toString()} onLook={loadOlder} onClear={() => setAddress({})} />
        ) : (
          <LogEmpty filter={filter} onClear={() => setAddress({})} />
        ))}
      {inbox && inbox.nodes.length > 0 && (
        <LongList
          key={address.toString()}
          label={t('Everything')}
          role="feed"
          keys={inbox.nodes.map((entry) => entry.idempotencyKey ?? entry.id)}
          renderItem={(index) => {
            const entry = inbox.nodes[index];
            return (
              entry && (
                <div className={listClasses.row}>
                  <LogRow entry={entry} onWrite={canSend ? writing.start : undefined} />
                </div>
              )
            );
          }}
          estimatedHeight={112}
          newestAt="top"
          hasOlder={hasOlder}
          onLoadOlder={loadOlder}
        />
      )}
      {writing.dialog}
    </section>
  );
}
