import { type ReactNode, useId } from 'react';
import classes from './Card.module.css';

/** One matter of a page of several. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  const label = useId();
  return (
    <section className={classes.card} aria-labelledby={label}>
      <h2 id={label}>{title}</h2>
      {children}
    </section>
  );
}
