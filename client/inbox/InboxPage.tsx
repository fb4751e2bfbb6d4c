import { gql, NetworkStatus, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { inboxRule } from '../live/comms-lists.ts';
import type { InboxLogQuery, InboxLogQueryVariables } from '../operations.generated.ts';
import { useChannel } from '../send/channel.ts';
import { NotConfigured } from '../send/NotConfigured.tsx';
import { useSendDialog } from '../send/use-send-dialog.tsx';
import { LongList } from '../shell/LongList.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Patient } from '../shell/Patient.tsx';
import { ProgressLine } from '../shell/ProgressLine.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { InboxEmpty } from './InboxEmpty.tsx';
import { InboxFilters } from './InboxFilters.tsx';
import listClasses from './InboxList.module.css';
import classes from './InboxPage.module.css';
import { INBOX_ROW, InboxRow } from './InboxRow.tsx';
import { InboxSkeleton } from './InboxSkeleton.tsx';
import { filterOf } from './inbox-address.ts';
import { NewSince } from './NewSince.tsx';

const QUERY: TypedDocumentNode<InboxLogQuery, InboxLogQueryVariables> = gql`
  query InboxLog($filter: InboxFilter, $after: String) {
    inbox(filter: $filter, first: 50, after: $after) {
      nodes { id revision idempotencyKey ...InboxRow_entry }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
  ${INBOX_ROW}
`;

/** Everybody's log, the newest on top. */
export function InboxPage() {
  const [address, setAddress] = useSearchParams();
  const filter = filterOf(address);
  const { data, previousData, error, networkStatus, refetch, fetchMore } = useQuery(QUERY, { variables: { filter } });
  const inbox = (data ?? previousData)?.inbox;
  const channel = useChannel();
  const canSend = channel !== undefined && channel.sending !== 'NOT_CONFIGURED';
  const writing = useSendDialog();

  return (
    <section className={classes.page} aria-labelledby="inbox-title">
      <PageTitle>Inbox</PageTitle>
      <div className={classes.head}>
        <h1 id="inbox-title">Inbox</h1>
        <InboxFilters address={address} onChange={(changed) => setAddress(changed, { replace: true })} />
        {channel?.sending === 'NOT_CONFIGURED' && <NotConfigured reason={channel.reason} />}
      </div>
      <ProgressLine busy={networkStatus === NetworkStatus.refetch || networkStatus === NetworkStatus.setVariables} />
      {error && <Trouble what="The inbox" error={error} onRetry={() => refetch()} />}
      {!inbox && !error && (
        <Patient>
          <InboxSkeleton />
        </Patient>
      )}
      {data && inbox && inboxRule(filter).holdsStill && (
        <NewSince filter={filter} position={inbox.position} onShow={() => void refetch()} />
      )}
      {data?.inbox.nodes.length === 0 && <InboxEmpty filter={filter} onClear={() => setAddress({})} />}
      {inbox && inbox.nodes.length > 0 && (
        <LongList
          key={address.toString()}
          label="Inbox"
          role="feed"
          keys={inbox.nodes.map((entry) => entry.idempotencyKey ?? entry.id)}
          renderItem={(index) => {
            const entry = inbox.nodes[index];
            return (
              entry && (
                <div className={listClasses.row}>
                  <InboxRow entry={entry} onWrite={canSend ? writing.start : undefined} />
                </div>
              )
            );
          }}
          estimatedHeight={112}
          newestAt="top"
          hasOlder={inbox.pageInfo.hasNextPage}
          onLoadOlder={() => fetchMore({ variables: { after: inbox.pageInfo.endCursor } })}
        />
      )}
      {writing.dialog}
    </section>
  );
}
