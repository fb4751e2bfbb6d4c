import type { ComponentProps } from 'react';
import classes from './SkipTo.module.css';

/** Spares who goes on with Tab what lies between; drawn only while it has the focus. */
export function SkipTo(props: ComponentProps<'a'>) {
  return <a {...props} className={classes.skip} />;
}
