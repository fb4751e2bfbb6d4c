import { Button } from '@mantine/core';
import { t } from '../language/t.ts';
import { ProgressLine } from '../shell/ProgressLine.tsx';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './CommsTab.module.css';
import type { Hit } from './use-hit.ts';

/** Says that the message somebody came for is being looked for, or isn't to be found. */
export function HitSearch({ hit, onGiveUp }: { hit: Hit | undefined; onGiveUp(): void }) {
  if (!hit || hit.state === 'found') return null;
  const looking = hit.state === 'looking';
  return (
    <>
      <ProgressLine busy={looking} />
      <p role="status" className={classes.looking}>
        {looking && t('Looking for the message…')}
        {hit.state === 'gone' && t('This message isn’t in this conversation any more.')}
        {typeof hit.state === 'object' &&
          t('The message couldn’t be looked for: {{cause}}', { cause: causeOf(hit.state.failed) })}
        {!looking && (
          <Button variant="default" size="xs" onClick={onGiveUp}>
            {t('Show the newest')}
          </Button>
        )}
      </p>
    </>
  );
}
