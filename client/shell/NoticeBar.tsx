import { useReactiveVar } from '@apollo/client/react';
import { CloseButton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { t } from '../language/t.ts';
import classes from './NoticeBar.module.css';
import { notice } from './notices.ts';

const SHOWN_MS = 8_000;

/** Says what was done; it stays while somebody points at it or is in it. */
export function NoticeBar() {
  const said = useReactiveVar(notice);
  const [held, setHeld] = useState(false);
  const hide = () => {
    notice(undefined);
    setHeld(false);
  };
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
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <IconCircleCheck size={20} stroke={1.8} aria-hidden />
          <span>{said.words}</span>
          {said.link && (
            <Link to={said.link.to} onClick={hide}>
              {said.link.words}
            </Link>
          )}
          <CloseButton aria-label={t('Close')} onClick={hide} />
        </div>
      )}
    </div>
  );
}
