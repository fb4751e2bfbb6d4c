import { Button } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle, IconWifiOff } from '@tabler/icons-react';
import type { Writing } from './use-writing.ts';
import classes from './WritingNotes.module.css';

const WHY = {
  closed: 'The customer last wrote more than 24 hours ago.',
  never: 'This customer hasn’t written yet.',
};

/** What stands in the way of what is being written, and what may become of it. */
export function WritingNotes({ writing, onSendAnyway }: { writing: Writing; onSendAnyway(): void }) {
  const { online, window, asking, otherProblem, dontSend } = writing;
  const why = window.state === 'closed' || window.state === 'never' ? WHY[window.state] : undefined;
  return (
    <>
      {otherProblem && (
        <p role="alert" className={classes.note} data-danger>
          <IconAlertCircle size={18} stroke={1.8} aria-hidden />
          {otherProblem}
        </p>
      )}
      {!online && (
        <p role="status" className={classes.note} data-danger>
          <IconWifiOff size={18} stroke={1.8} aria-hidden />
          You are offline. Nothing is sent; what you write is kept.
        </p>
      )}
      {why && !asking && (
        <p className={classes.note}>
          <IconInfoCircle size={18} stroke={1.8} aria-hidden />
          {why} WhatsApp will most likely refuse this, or charge for it.
        </p>
      )}
      {why && asking && (
        <div role="alert" className={classes.question}>
          <p>
            <strong>Send it anyway?</strong> {why} WhatsApp will most likely refuse this, or charge for it.
          </p>
          <Button size="sm" variant="default" onClick={dontSend}>
            Not now
          </Button>
          <Button size="sm" onClick={onSendAnyway}>
            Send anyway
          </Button>
        </div>
      )}
    </>
  );
}
