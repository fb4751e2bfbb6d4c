import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconFilterOff, IconMessages } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { isStandIn } from '../live/stand-in.ts';
import type { CommsTabQuery, CommsTabQueryVariables } from '../operations.generated.ts';
import { Composer } from '../send/Composer.tsx';
import { Empty } from '../shell/Empty.tsx';
import { LongList } from '../shell/LongList.tsx';
import { Patient } from '../shell/Patient.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { withParam } from '../shell/with-param.ts';
import classes from './CommsTab.module.css';
import { CommsTabSkeleton } from './CommsTabSkeleton.tsx';
import { asCommsType, LOOKS } from './comms-looks.ts';
import { TIMELINE_ENTRY, TimelineEntry } from './TimelineEntry.tsx';
import { TypeChips } from './TypeChips.tsx';
import { useMarkRead } from './use-mark-read.ts';

const QUERY: TypedDocumentNode<CommsTabQuery, CommsTabQueryVariables> = gql`
  query CommsTab($customerId: ID!, $type: CommsType, $after: String) {
    customerComms(customerId: $customerId, type: $type, first: 50, after: $after) {
      nodes { id revision occurredAt idempotencyKey ...TimelineEntry_entry }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
  ${TIMELINE_ENTRY}
`;

/** Everything said with one customer, as a timeline with the newest at the end. */
export function CommsTab({ conversationId: id }: { conversationId: string }) {
  const [address, setAddress] = useSearchParams();
  const type = asCommsType(address.get('only'));
  const { data, error, refetch, fetchMore } = useQuery(QUERY, { variables: { customerId: id, ...(type && { type }) } });
  const [newestShown, setNewestShown] = useState(false);
  const comms = data?.customerComms;
  const entries = comms?.nodes.toReversed() ?? [];
  const told = entries.filter((entry) => !isStandIn(entry.id));
  const own = entries.findLast((entry) => isStandIn(entry.id));
  useMarkRead({ conversationId: id, entries: told, endShown: newestShown && !type });
  const choose = (chosen: string) => setAddress(withParam(address, 'only', chosen), { replace: true });
  const showNewest = useCallback((shown: boolean) => setNewestShown(shown), []);

  return (
    <div className={classes.tab}>
      <div className={classes.chips}>
        <TypeChips chosen={type} onChoose={(chosen) => choose(chosen ?? '')} />
      </div>
      {error && <Trouble what="The log" error={error} onRetry={() => refetch()} />}
      {!comms && !error && (
        <Patient>
          <CommsTabSkeleton />
        </Patient>
      )}
      {comms && entries.length === 0 && (
        <Empty
          icon={
            type ? (
              <IconFilterOff size={36} stroke={1.4} aria-hidden />
            ) : (
              <IconMessages size={36} stroke={1.4} aria-hidden />
            )
          }
          title={type ? `Nothing of this kind: ${LOOKS[type].plural}` : 'Nothing has been said yet'}
          hint={
            type ? 'There may be other communication.' : 'The next message with this customer appears here by itself.'
          }
        >
          {type && (
            <Button variant="default" onClick={() => choose('')}>
              Clear filters
            </Button>
          )}
        </Empty>
      )}
      {comms && entries.length > 0 && (
        <LongList
          key={`${id} ${type}`}
          label="Comms"
          role="log"
          keys={entries.map(listKey)}
          ownNewest={own && listKey(own)}
          renderItem={(index) => {
            const entry = entries[index];
            return entry && <TimelineEntry entry={entry} before={entries[index - 1]?.occurredAt} />;
          }}
          estimatedHeight={96}
          newestAt="bottom"
          hasOlder={comms.pageInfo.hasNextPage}
          onLoadOlder={() => fetchMore({ variables: { after: comms.pageInfo.endCursor } })}
          onNewestShown={showNewest}
        />
      )}
      <Composer key={id} conversationId={id} />
    </div>
  );
}

/** The same for what stands in for an entry and for the entry itself, so that nothing moves. */
const listKey = (entry: { id: string; idempotencyKey: string | null }) => entry.idempotencyKey ?? entry.id;
