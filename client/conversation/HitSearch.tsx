import { Button } from '@mantine/core';
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
        {looking && 'Looking for the message…'}
        {hit.state === 'gone' && 'This message isn’t in this conversation any more.'}
        {typeof hit.state === 'object' && `The message couldn’t be looked for: ${causeOf(hit.state.failed)}`}
        {!looking && (
          <Button variant="default" size="xs" onClick={onGiveUp}>
            Show the newest
          </Button>
        )}
      </p>
    </>
  );
}
