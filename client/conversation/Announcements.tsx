import { useReactiveVar } from '@apollo/client/react';
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import { useLive } from '../live/live-context.ts';
import type { LiveEntryFragment } from '../operations.generated.ts';
import { useMe } from '../session/me.ts';
import { serverNow } from '../shell/server-clock.ts';
import { LOOKS } from './comms-looks.ts';
import { customerName } from './quoted.ts';

/** What comes within this time is told together. */
const TOGETHER_MS = 1_000;
const TOLD_ALONE = 2;
const LONGEST_TOLD = 200;

/** Tells who doesn't see the page what customers write, as it comes: once, and of many at once how many. */
export function Announcements() {
  const me = useMe();
  const steps = useReactiveVar(useLive().log.steps);
  const [openedAt] = useState(() => new Date(serverNow()).toISOString());
  const [told, setTold] = useState({ words: '', times: 0 });
  const lastPosition = useRef('');
  const waiting = useRef<LiveEntryFragment[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const found: LiveEntryFragment[] = [];
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at];
      if (!step || step.position <= lastPosition.current) break;
      const { direction, loggedAt, author } = step.entry;
      const news = step.change === 'LOGGED' && direction === 'INBOUND' && loggedAt > openedAt;
      if (news && author?.id !== me.id) found.unshift(step.entry);
    }
    waiting.current.push(...found);
    lastPosition.current = steps.at(-1)?.position ?? lastPosition.current;
    if (waiting.current.length === 0 || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const words = wordsFor(waiting.current.splice(0));
      setTold(({ times }) => ({ words, times: times + 1 }));
    }, TOGETHER_MS);
  }, [steps, openedAt, me]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  return (
    <VisuallyHidden aria-live="polite">
      {/* The same words again are told again. */}
      <span key={told.times}>{told.words}</span>
    </VisuallyHidden>
  );
}

function wordsFor(entries: readonly LiveEntryFragment[]): string {
  if (entries.length > TOLD_ALONE) return t('{{count}} new messages', { count: entries.length });
  return entries
    .map((entry) => `${customerName(entry)}, ${t(LOOKS[entry.type].label)}: ${shortened(entry.body)}`)
    .join('\n');
}

const shortened = (text: string) =>
  text.length > LONGEST_TOLD ? `${text.slice(0, LONGEST_TOLD).replace(/[\ud800-\udbff]$/, '')}…` : text;
