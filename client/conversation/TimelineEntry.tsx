import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { memo, useState } from 'react';
import type { TimelineEntry_EntryFragment } from '../operations.generated.ts';
import { SEND_OUTCOME, SendOutcome } from '../send/SendOutcome.tsx';
import { ENTRY_CARD, EntryCard } from './EntryCard.tsx';
import { dayName, isSameDay } from './moments.ts';
import classes from './TimelineEntry.module.css';

export const TIMELINE_ENTRY: TypedDocumentNode<TimelineEntry_EntryFragment> = gql`
  fragment TimelineEntry_entry on CommsEntry { id revision type direction occurredAt ...EntryCard_entry ...SendOutcome_entry }
  ${ENTRY_CARD}
  ${SEND_OUTCOME}
`;

type Props = {
  entry: FragmentType<TimelineEntry_EntryFragment>;
  /** When the entry above happened. */
  before: string | undefined;
};

/** An entry on its side: the customer's left, ours right, notes across; with the day above the first of each. */
export const TimelineEntry = memo(function TimelineEntry({ entry, before }: Props) {
  const [detailed, setDetailed] = useState(false);
  const { data, complete } = useFragment({
    fragment: TIMELINE_ENTRY,
    fragmentName: 'TimelineEntry_entry',
    from: entry,
  });
  if (!complete) return null;
  const when = new Date(data.occurredAt);
  const sent = data.type === 'WHATSAPP' && data.direction === 'OUTBOUND';
  const onDetails = () => setDetailed(!detailed);
  return (
    <>
      {!(before && isSameDay(when, new Date(before))) && (
        <h2 className={classes.day}>
          <span>{dayName(when)}</span>
        </h2>
      )}
      <div className={classes.place} data-direction={data.direction} data-type={data.type}>
        <div className={classes.bubble}>
          <EntryCard entry={data} time="day-known" detailed={detailed} onDetails={sent ? onDetails : undefined}>
            {sent && <SendOutcome entry={data} detailed={detailed} onDetails={onDetails} />}
          </EntryCard>
        </div>
      </div>
    </>
  );
});
