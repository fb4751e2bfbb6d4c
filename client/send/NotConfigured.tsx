import { IconPlugConnectedX } from '@tabler/icons-react';
import classes from './NotConfigured.module.css';

/** What the server lacks to send, in the place where one would write. */
export function NotConfigured({ reason }: { reason: string | null }) {
  return (
    <div className={classes.card} role="note" aria-label="Sending is not set up">
      <IconPlugConnectedX size={22} stroke={1.7} aria-hidden />
      <p>
        {reason ?? 'Messages can’t be sent yet.'} Receiving works. An admin can set it up: it is in the README, under
        “Meta’s side, step by step”.
      </p>
    </div>
  );
}
