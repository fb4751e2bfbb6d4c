import { Skeleton } from '@mantine/core';
import classes from './DetailsTab.module.css';

const FACTS = ['35%', '45%', '60%', '30%'];

export function DetailsTabSkeleton() {
  return (
    <div className={classes.card} aria-hidden="true">
      {FACTS.map((width) => (
        <Skeleton key={width} height={22} width={width} />
      ))}
    </div>
  );
}
