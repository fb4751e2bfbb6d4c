import { Skeleton } from '@mantine/core';
import classes from './ConversationListSkeleton.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function ConversationListSkeleton() {
  return (
    <div className={classes.list} aria-hidden="true">
      {ROWS.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton circle height={42} />
          <div className={classes.lines}>
            <Skeleton height={15} width="55%" mb={9} />
            <Skeleton height={13} width="85%" />
          </div>
        </div>
      ))}
    </div>
  );
}
