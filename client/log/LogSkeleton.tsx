import { Skeleton } from '@mantine/core';
import classes from './LogList.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

export function LogSkeleton() {
  return (
    <div className={classes.column} aria-hidden="true">
      {ROWS.map((row) => (
        <Skeleton key={row} height={92} radius={14} mb={10} />
      ))}
    </div>
  );
}
