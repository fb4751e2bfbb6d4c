import { IconMoodSmile, IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, use, useId } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import { useMe } from '../session/me.ts';
import classes from './ChangeLine.module.css';
import { JumpContext } from './jump.ts';
import { Moment } from './Moment.tsx';
import { NotHere } from './Quote.tsx';
import { customerName, excerptOf, sayerOf } from './quoted.ts';
import type { Reference, Referring } from './references.ts';

type Props = {
  entry: Referring;
  change: Reference;
  /** What became of it, where it went out. */
  status: ReactNode;
  /** Beside the time. */
  action: ReactNode;
  children: ReactNode;
};

const ICONS = { REACTION: IconMoodSmile, EDIT: IconPencil, DELETION: IconTrash, REPLY: undefined };

/** An entry that says nothing itself: that somebody reacted, edited or deleted, and what. */
export function ChangeLine({ entry, change, status, action, children }: Props) {
  const { goTo } = use(JumpContext);
  const label = useId();
  const Icon = ICONS[change.kind];
  const target = change.entry;
  return (
    <article className={classes.line} data-entry-id={entry.id} aria-labelledby={label}>
      <div className={classes.top}>
        <span className={classes.words} id={label}>
          {Icon && <Icon size={16} stroke={1.8} aria-hidden />}
          <span>
            <Words entry={entry} change={change} />
          </span>
        </span>
        {target ? (
          <button type="button" className={classes.target} onClick={() => goTo(target.id)}>
            <bdi>{excerptOf(target)}</bdi>
          </button>
        ) : (
          <NotHere />
        )}
        <span className={classes.end}>
          {status}
          <Moment
            at={entry.occurredAt}
            arrivedAt={entry.direction === 'INBOUND' ? entry.loggedAt : undefined}
            show="day-known"
          />
          {action}
        </span>
      </div>
      {children}
    </article>
  );
}

function Words({ entry, change: { kind, emoji } }: Pick<Props, 'entry' | 'change'>) {
  const me = useMe();
  const name = <bdi className={classes.name}>{sayerOf(entry, customerName(entry), me)}</bdi>;
  const own = entry.author?.id === me.id;
  if (kind === 'EDIT') return <Sentence text="{{name}} edited a message" parts={{ name }} />;
  if (kind === 'DELETION') return <Sentence text="{{name}} deleted a message" parts={{ name }} />;
  if (emoji === null)
    return own ? t('You took a reaction back') : <Sentence text="{{name}} took a reaction back" parts={{ name }} />;
  return own ? (
    t('You reacted with {{emoji}}', { emoji })
  ) : (
    <Sentence text="{{name}} reacted with {{emoji}}" parts={{ name, emoji }} />
  );
}
