import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { memo } from 'react';
import type { TimelineEntry_EntryFragment } from '../operations.generated.ts';
import { ENTRY_CARD, EntryCard } from './EntryCard.tsx';
import { dayName, isSameDay } from './moments.ts';
import classes from './TimelineEntry.module.css';

export const TIMELINE_ENTRY: TypedDocumentNode<TimelineEntry_EntryFragment> = gql`
  fragment TimelineEntry_entry on CommsEntry { id revision type direction occurredAt ...EntryCard_entry }
  ${ENTRY_CARD}
`;

type Props = {
  entry: FragmentType<TimelineEntry_EntryFragment>;
  /** When the entry above happened. */
  before: string | undefined;
};

/** An entry on its side: the customer's left, ours right, notes across; with the day above the first of each. */
export const TimelineEntry = memo(function TimelineEntry({ entry, before }: Props) {
  const { data, complete } = useFragment({
    fragment: TIMELINE_ENTRY,
    fragmentName: 'TimelineEntry_entry',
    from: entry,
  });
  if (!complete) return null;
  const when = new Date(data.occurredAt);
  return (
    <>
      {!(before && isSameDay(when, new Date(before))) && (
        <h2 className={classes.day}>
          <span>{dayName(when)}</span>
        </h2>
      )}
      <div className={classes.place} data-direction={data.direction} data-type={data.type}>
        <div className={classes.bubble}>
          <EntryCard entry={data} time="day-known" />
        </div>
      </div>
    </>
  );
});
