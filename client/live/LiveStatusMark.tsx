import { useReactiveVar } from '@apollo/client/react';
import { clockTime } from '../conversation/moments.ts';
import classes from './LiveStatusMark.module.css';
import { useLive } from './live-context.ts';

/** Whether what is on the screen is what there is. */
export function LiveStatusMark() {
  const { word, lostAt } = useReactiveVar(useLive().status.state);
  const title =
    word === 'Live'
      ? 'Everything is shown as it happens.'
      : lostAt && `Not up to date since ${clockTime(lostAt)}. It catches up by itself.`;
  return (
    <span role="status" aria-live="polite" className={classes.mark} data-word={word} title={title}>
      {word}
    </span>
  );
}
