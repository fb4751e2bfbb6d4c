import { useReactiveVar } from '@apollo/client/react';
import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { t } from '../language/t.ts';
import classes from './NoticeBar.module.css';
import { type Notice, notice, say } from './notices.ts';
import { causeOf } from './trouble-cause.ts';

const SHOWN_MS = 8_000;

/** Says what was done; it stays while somebody points at it or is in it. */
export function NoticeBar() {
  const said = useReactiveVar(notice);
  const [held, setHeld] = useState(false);
  const hide = () => {
    notice(undefined);
    setHeld(false);
  };
  const [busy, setBusy] = useState(false);
  async function act({ run }: NonNullable<Notice['action']>) {
    setBusy(true);
    try {
      await run();
      if (notice() === said) hide();
    } catch (error) {
      say({ words: causeOf(error), failed: true });
    } finally {
      setBusy(false);
    }
  }
  useEffect(() => {
    if (!said || held) return;
    const timer = setTimeout(() => notice(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said, held]);
  return (
    <div role="status" className={classes.place}>
      {said && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it from going
        <div
          className={classes.notice}
          data-failed={said.failed}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          {said.failed ? (
            <IconAlertTriangle size={20} stroke={1.8} aria-hidden />
          ) : (
            <IconCircleCheck size={20} stroke={1.8} aria-hidden />
          )}
          <span>{said.words}</span>
          {said.link && (
            <Link to={said.link.to} onClick={hide}>
              {said.link.words}
            </Link>
          )}
          {said.action && (
            <Button
              variant="subtle"
              size="compact-md"
              loading={busy}
              onClick={() => said.action && void act(said.action)}
            >
              {said.action.words}
            </Button>
          )}
          <CloseButton aria-label={t('Close')} onClick={hide} />
        </div>
      )}
    </div>
  );
}
