import type { ReactNode } from 'react';
import classes from './Tag.module.css';

/** A word about what stands beside it. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={classes.tag}>{children}</span>;
}
