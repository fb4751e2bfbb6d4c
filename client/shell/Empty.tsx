import type { ReactNode } from 'react';
import classes from './Empty.module.css';

type Props = { icon: ReactNode; title: string; hint?: ReactNode; children?: ReactNode };

/** An empty place that says why it is empty and what to do. */
export function Empty({ icon, title, hint, children }: Props) {
  return (
    <div className={classes.empty}>
      <div className={classes.icon}>{icon}</div>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}
