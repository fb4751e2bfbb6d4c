import { Skeleton } from '@mantine/core';
import classes from './TimelineEntry.module.css';

const ROWS = [
  { side: 'INBOUND', height: 78 },
  { side: 'OUTBOUND', height: 100 },
  { side: 'INBOUND', height: 78 },
  { side: 'INTERNAL', height: 70 },
  { side: 'OUTBOUND', height: 78 },
];

export function CommsTabSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {ROWS.map(({ side, height }, index) => (
        <div key={index} className={classes.place} data-direction={side}>
          <Skeleton className={classes.ghost} height={height} radius={14} />
        </div>
      ))}
    </div>
  );
}
