import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { memo, useState } from 'react';
import { t } from '../language/t.ts';
import type { TimelineEntry_EntryFragment } from '../operations.generated.ts';
import { SEND_OUTCOME, SendOutcome } from '../send/SendOutcome.tsx';
import { ENTRY_CARD, EntryCard } from './EntryCard.tsx';
import { ENTRY_DETAILS, EntryDetails } from './EntryDetails.tsx';
import { EntryMenuButton } from './EntryMenuButton.tsx';
import classes from './TimelineEntry.module.css';

const TIMELINE_ENTRY: TypedDocumentNode<TimelineEntry_EntryFragment> = gql`
  fragment TimelineEntry_entry on CommsEntry {
    id
    revision
    type
    direction
    ...EntryCard_entry
    ...SendOutcome_entry
    ...EntryDetails_entry
  }
  ${ENTRY_CARD}
  ${SEND_OUTCOME}
  ${ENTRY_DETAILS}
`;

type Props = {
  id: string;
  /** Of the first of a day, the day. */
  day: string | undefined;
  /** What was unread when the conversation was opened begins here. */
  firstNew: boolean;
  /** It says no more than the one above of whom it is. */
  goesOn: boolean;
  /** What the reader came for. */
  hit: boolean;
};

/** An entry on its side: the customer's left, ours right, notes across; with what stands above it. */
export const TimelineEntry = memo(function TimelineEntry({ id, day, firstNew, goesOn, hit }: Props) {
  const [detailed, setDetailed] = useState(false);
  const { data, complete } = useFragment({
    fragment: TIMELINE_ENTRY,
    fragmentName: 'TimelineEntry_entry',
    from: { __typename: 'CommsEntry', id },
  });
  if (!complete) return null;
  const sent = data.type === 'WHATSAPP' && data.direction === 'OUTBOUND';
  const onDetails = () => setDetailed(!detailed);
  return (
    <>
      {day && (
        <h2 className={classes.day}>
          <span>{day}</span>
        </h2>
      )}
      {firstNew && (
        <p className={classes.new}>
          <span>{t('New messages')}</span>
        </p>
      )}
      <div
        className={classes.place}
        data-direction={data.direction}
        data-type={data.type}
        data-goes-on={goesOn || undefined}
      >
        <div className={classes.bubble} data-hit={hit || undefined}>
          <EntryCard
            entry={data}
            time="day-known"
            goesOn={goesOn}
            detailed={detailed}
            onDetails={sent ? onDetails : undefined}
            action={<EntryMenuButton entryId={id} detailed={detailed} onDetails={onDetails} />}
          >
            {sent && <SendOutcome entry={data} detailed={detailed} onDetails={onDetails} />}
            {detailed && <EntryDetails entry={data} />}
          </EntryCard>
        </div>
      </div>
    </>
  );
});
