import { t } from '../language/t.ts';
import { useMe } from '../session/me.ts';
import { customerName, memberName } from './quoted.ts';
import classes from './Reactions.module.css';
import type { Referring } from './references.ts';

/** Who reacted to it, and how, at its lower edge. */
export function Reactions({ entry }: { entry: Referring }) {
  const me = useMe();
  if (entry.reactions.length === 0) return null;
  return (
    <ul className={classes.reactions} aria-label={t('Reactions')}>
      {entry.reactions.map(({ emoji, by }) => (
        <li key={by?.id ?? ''} className={classes.reaction}>
          <span className={classes.emoji}>{emoji}</span>{' '}
          <span className={classes.who} dir="auto">
            {by ? memberName(by, me) : customerName(entry)}
          </span>
        </li>
      ))}
    </ul>
  );
}
