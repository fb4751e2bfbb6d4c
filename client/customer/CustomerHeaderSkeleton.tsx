import { Skeleton } from '@mantine/core';
import classes from './CustomerHeader.module.css';

export function CustomerHeaderSkeleton() {
  return (
    <div className={classes.header} aria-hidden="true">
      <Skeleton circle height={52} />
      <div className={classes.who}>
        <Skeleton height={26} width={220} mb={8} />
        <Skeleton height={16} width={320} maw="100%" />
      </div>
    </div>
  );
}
