import { useReactiveVar } from '@apollo/client/react';
import { clockTime } from '../conversation/moments.ts';
import { t } from '../language/t.ts';
import classes from './LiveStatusMark.module.css';
import { useLive } from './live-context.ts';

/** Whether what is on the screen is what there is. */
export function LiveStatusMark() {
  const { word, lostAt } = useReactiveVar(useLive().status.state);
  const title =
    word === 'Live'
      ? t('Everything is shown as it happens.')
      : lostAt && t('Not up to date since {{time}}. It catches up by itself.', { time: clockTime(lostAt) });
  return (
    <span role="status" aria-live="polite" className={classes.mark} data-word={word} title={title}>
      {word && t(word)}
    </span>
  );
}
