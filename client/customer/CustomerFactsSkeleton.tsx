import { Skeleton } from '@mantine/core';
import classes from './CustomerFacts.module.css';

export function CustomerFactsSkeleton() {
  return (
    <div className={classes.facts} aria-hidden="true">
      <Skeleton circle height={64} />
      <Skeleton height={22} width="70%" />
      <Skeleton height={16} width="45%" />
      <Skeleton height={20} width="75%" />
      <Skeleton height={20} width="60%" />
    </div>
  );
}
