import type { ReactNode } from 'react';
import classes from './Empty.module.css';

type Props = {
  icon: ReactNode;
  title: string /** Where nothing else heads the page. */;
  alone?: boolean;
  hint?: ReactNode;
  children?: ReactNode;
};

/** An empty place that says why it is empty and what to do. */
export function Empty({ icon, title, alone, hint, children }: Props) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div className={classes.empty}>
      <div className={classes.icon}>{icon}</div>
      <Heading className={classes.title}>{title}</Heading>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}
