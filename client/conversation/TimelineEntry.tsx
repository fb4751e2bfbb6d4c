import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { memo, useState } from 'react';
import { t } from '../language/t.ts';
import type { TimelineEntry_EntryFragment } from '../operations.generated.ts';
import { SEND_OUTCOME, SendOutcome } from '../send/SendOutcome.tsx';
import { ChangeLine } from './ChangeLine.tsx';
import { ENTRY_CARD, EntryCard } from './EntryCard.tsx';
import { ENTRY_DETAILS, EntryDetails } from './EntryDetails.tsx';
import { EntryMenuButton } from './EntryMenuButton.tsx';
import { ENTRY_STATUS, EntryStatus } from './EntryStatus.tsx';
import { HitMark } from './HitMark.tsx';
import { Reactions } from './Reactions.tsx';
import { isPlain, REFERENCES, toldChange } from './references.ts';
import { Said } from './Said.tsx';
import classes from './TimelineEntry.module.css';

const TIMELINE_ENTRY: TypedDocumentNode<TimelineEntry_EntryFragment> = gql`
  fragment TimelineEntry_entry on CommsEntry {
    id
    revision
    type
    direction
    ...EntryCard_entry
    ...EntryStatus_entry
    ...SendOutcome_entry
    ...EntryDetails_entry
    ...References_entry @unmask
  }
  ${ENTRY_CARD}
  ${ENTRY_STATUS}
  ${SEND_OUTCOME}
  ${ENTRY_DETAILS}
  ${REFERENCES}
`;

type Props = {
  id: string;
  /** Of the first of a day, the day. */
  day: string | undefined;
  /** What was unread when the conversation was opened begins here. */
  firstNew: boolean;
  /** It says no more than the one above of whom it is. */
  goesOn: boolean;
  /** Of what the reader came for, how often they came. */
  hit: number | undefined;
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
  const change = toldChange(data);
  const status = { entry: data, detailed, onDetails };
  const action = <EntryMenuButton entryId={id} detailed={detailed} onDetails={onDetails} />;
  const more = (
    <>
      {sent && <SendOutcome {...status} />}
      {detailed && <EntryDetails entry={data} />}
    </>
  );
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
        data-reacted={data.reactions.length > 0 || undefined}
      >
        <div className={classes.bubble} tabIndex={hit === undefined ? undefined : -1}>
          {hit !== undefined && <HitMark key={hit} entryId={id} />}
          {change ? (
            <ChangeLine entry={data} change={change} status={sent && <EntryStatus {...status} />} action={action}>
              {more}
            </ChangeLine>
          ) : (
            <EntryCard
              entry={data}
              time="day-known"
              goesOn={goesOn}
              detailed={detailed}
              onDetails={sent ? onDetails : undefined}
              said={isPlain(data) ? undefined : <Said entry={data} />}
              action={action}
            >
              {more}
              <Reactions entry={data} />
            </EntryCard>
          )}
        </div>
      </div>
    </>
  );
});
