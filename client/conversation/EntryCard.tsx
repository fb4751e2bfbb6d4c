import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { t } from '../language/t.ts';
import type { CommsDirection, EntryCard_EntryFragment } from '../operations.generated.ts';
import { type Me, useMe } from '../session/me.ts';
import { LOOKS } from './comms-looks.ts';
import { EntryBody } from './EntryBody.tsx';
import classes from './EntryCard.module.css';
import { ENTRY_STATUS, EntryStatus } from './EntryStatus.tsx';
import { Moment } from './Moment.tsx';

export const ENTRY_CARD: TypedDocumentNode<EntryCard_EntryFragment> = gql`
  fragment EntryCard_entry on CommsEntry {
    id
    revision
    type
    direction
    body
    occurredAt
    loggedAt
    author { id name }
    ...EntryStatus_entry
  }
  ${ENTRY_STATUS}
`;

type Props = {
  entry: FragmentType<EntryCard_EntryFragment>;
  /** With whom, where that isn't clear from the page. */
  heading?: ReactNode;
  /** In a timeline the time of day is enough, the day stands above. */
  time: 'day-known' | 'short';
  /** The one above says already of whom it is. */
  goesOn?: boolean;
  detailed?: boolean;
  onDetails?: (() => void) | undefined;
  /** What was said, where there is more to it than its text. */
  said?: ReactNode;
  /** Beside the time. */
  action?: ReactNode;
  /** Below what was said. */
  children?: ReactNode;
};

/** Something said with a customer: the same in everybody's inbox and on the customer's page. */
export function EntryCard({
  entry,
  heading,
  time,
  goesOn,
  detailed = false,
  onDetails,
  said,
  action,
  children,
}: Props) {
  const me = useMe();
  const label = useId();
  const { data, complete } = useFragment({ fragment: ENTRY_CARD, fragmentName: 'EntryCard_entry', from: entry });
  if (!complete) return null;
  const { label: typeName, icon: Icon } = LOOKS[data.type];
  const note = data.type === 'NOTE';
  const sent = data.type === 'WHATSAPP' && data.direction === 'OUTBOUND';
  return (
    <article
      className={classes.card}
      data-type={data.type}
      data-direction={data.direction}
      data-entry-id={data.id}
      data-goes-on={goesOn || undefined}
      aria-labelledby={label}
    >
      <div className={classes.top} id={label}>
        {heading}
        <span className={classes.kind}>
          <span className={classes.type}>
            <Icon size={17} stroke={1.8} aria-hidden />
            {t(typeName)}
            <Direction direction={data.direction} />
          </span>
          {note && <span className={classes.aside}>{t('Only staff see this')}</span>}
          {data.author && <span className={classes.aside}>{authorOf(data.author, me, time)}</span>}
        </span>
        <span className={classes.end}>
          {sent && <EntryStatus entry={data} detailed={detailed} onDetails={onDetails} />}
          <Moment
            at={data.occurredAt}
            arrivedAt={data.type === 'WHATSAPP' && data.direction === 'INBOUND' ? data.loggedAt : undefined}
            show={time}
          />
          {action}
        </span>
      </div>
      <div className={classes.said}>{said ?? <EntryBody text={data.body} marked={data.type === 'WHATSAPP'} />}</div>
      {children}
    </article>
  );
}

function authorOf(author: { id: string; name: string }, me: Me, time: Props['time']): string {
  const name = author.id === me.id ? t('You') : author.name;
  return time === 'short' ? `${name}:` : name;
}

function Direction({ direction }: { direction: CommsDirection }) {
  if (direction === 'INTERNAL') return null;
  const Arrow = direction === 'INBOUND' ? IconArrowDownLeft : IconArrowUpRight;
  return (
    <>
      <Arrow size={15} stroke={1.8} aria-hidden />
      <span className={classes.untold}>{direction === 'INBOUND' ? t('received') : t('sent')}</span>
    </>
  );
}
