import { Skeleton } from '@mantine/core';
import classes from './CustomerListPage.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

export function CustomerListSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {ROWS.map((row) => (
        <Skeleton key={row} height={66} radius={14} mb={10} />
      ))}
    </div>
  );
}
