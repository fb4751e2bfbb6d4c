import { useReactiveVar } from '@apollo/client/react';
import { useDeferredValue } from 'react';
import { clockTime } from '../conversation/moments.ts';
import { t } from '../language/t.ts';
import { useNow } from '../shell/use-now.ts';
import type { CommsStep } from './feed-log.ts';
import classes from './LiveStatusMark.module.css';
import { useLive } from './live-context.ts';
import type { LiveState } from './live-status.ts';

/** Whether what is on the screen is what there is. */
export function LiveStatusMark() {
  const { status, log } = useLive();
  const now = useReactiveVar(status.state);
  const drawn = useDeferredValue(now);
  // The good news behind what came before it, which is drawn in slices; the bad at once.
  const state = now.word === 'Live' ? drawn : now;
  const { word, lostAt } = state;
  const title =
    word === 'Live'
      ? t('Everything is shown as it happens.')
      : lostAt && t('Not up to date since {{time}}. It catches up by itself.', { time: clockTime(lostAt) });
  const more = word === 'Reconnecting' ? lostAt && <SecondsSince since={lostAt} /> : moreOf(state, log.steps());
  return (
    <span role="status" aria-live="polite" className={classes.mark} data-word={word} title={title}>
      {word && (
        <span>
          {t(word)} {more && <span className={classes.more}>{more}</span>}
        </span>
      )}
    </span>
  );
}

/** Told to who looks: each second is nothing for a screen reader to say. */
function SecondsSince({ since }: { since: Date }) {
  const seconds = Math.max(0, Math.round((useNow({ everySecond: true }) - since.getTime()) / 1_000));
  return <span aria-hidden>{t('for {{time}}', { time: t('{{seconds}} s', { seconds: String(seconds) }) })}</span>;
}

function moreOf({ word, lostAt }: LiveState, steps: readonly CommsStep[]): string | undefined {
  if (!lostAt) return undefined;
  if (word === 'Offline') return t('since {{time}}', { time: clockTime(lostAt) });
  if (word !== 'Live') return undefined;
  const gap = lostAt.toISOString();
  const count = steps.filter(({ change, entry }) => change === 'LOGGED' && entry.loggedAt > gap).length;
  return count > 0 ? t('caught up, {{count}} new', { count }) : undefined;
}
