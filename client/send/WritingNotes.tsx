import { Button } from '@mantine/core';
import { IconAlertCircle, IconClockPause, IconForms, IconInfoCircle, IconWifiOff } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { useChannel } from './channel.ts';
import { useNewerCount } from './use-newer.ts';
import type { Writing } from './use-writing.ts';
import classes from './WritingNotes.module.css';

const WHY = {
  closed: 'The customer last wrote more than 24 hours ago.',
  never: 'This customer hasn’t written yet.',
} as const;
const WHAT_THEN =
  'WhatsApp will most likely refuse anything but a template, and templates can’t be sent from here yet. Wait until the customer writes, or reach them another way.';

type Props = {
  writing: Writing;
  /** Where in the text something is to be filled in. */
  onFind(placeholder: string): void;
  onSendAnyway(): void;
};

/** What stands in the way of what is being written, and what may become of it. */
export function WritingNotes({ writing, onFind, onSendAnyway }: Props) {
  const { conversationId, online, unfilled, window, newer, asking, otherProblem, dontSend } = writing;
  const stopped = useChannel()?.sending === 'STOPPED';
  const why =
    window.state === 'closed' || window.state === 'never' ? `${t(WHY[window.state])} ${t(WHAT_THEN)}` : undefined;
  return (
    <>
      {otherProblem && (
        <p role="alert" className={classes.note} data-danger>
          <IconAlertCircle size={18} stroke={1.8} aria-hidden />
          {otherProblem}
        </p>
      )}
      <div role="status" className={classes.status}>
        {unfilled.length > 0 && (
          <p className={classes.note} data-danger>
            <IconForms size={18} stroke={1.8} aria-hidden />
            <span>{t('Fill in before it can be sent:')}</span>
            {unfilled.map((placeholder) => (
              <button key={placeholder} type="button" className={classes.unfilled} onClick={() => onFind(placeholder)}>
                {placeholder}
              </button>
            ))}
          </p>
        )}
      </div>
      {!online && (
        <p role="status" className={classes.note} data-danger>
          <IconWifiOff size={18} stroke={1.8} aria-hidden />
          {t('Will not be sent while offline. Your draft is kept.')}
        </p>
      )}
      {online && stopped && (
        <p className={classes.note}>
          <IconClockPause size={18} stroke={1.8} aria-hidden />
          {t('Messages don’t go out at the moment. What you send waits, and then goes out by itself.')}
        </p>
      )}
      {why && !asking && (
        <p className={classes.note}>
          <IconInfoCircle size={18} stroke={1.8} aria-hidden />
          {why}
        </p>
      )}
      {asking && (
        <div role="alert" className={classes.question} ref={bringInSight}>
          <p>
            <strong>{t('Send it anyway?')}</strong> {newer.any && <NewerCame conversationId={conversationId} />} {why}
          </p>
          <Button size="sm" variant="default" onClick={dontSend}>
            {t('Not now')}
          </Button>
          <Button size="sm" onClick={onSendAnyway}>
            {t('Send anyway')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Below the box, where there may be no room for it. */
function bringInSight(question: HTMLElement | null) {
  question?.scrollIntoView({ block: 'nearest' });
}

function NewerCame({ conversationId }: { conversationId: string }) {
  return t('{{count}} newer messages came while you wrote.', { count: useNewerCount(conversationId) });
}
