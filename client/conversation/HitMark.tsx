import { use, useEffect, useRef } from 'react';
import classes from './HitMark.module.css';
import { JumpContext } from './jump.ts';

/** Marks what the reader came for; it flashes anew with each key. */
export function HitMark({ entryId }: { entryId: string }) {
  const mark = useRef<HTMLSpanElement>(null);
  const { arrived } = use(JumpContext);
  useEffect(() => arrived(entryId, mark.current?.parentElement ?? null), []);
  return <span ref={mark} className={classes.mark} aria-hidden="true" />;
}
