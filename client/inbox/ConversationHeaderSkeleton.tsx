import { Skeleton } from '@mantine/core';
import { BackToList } from './BackToList.tsx';
import classes from './ConversationHeader.module.css';

export function ConversationHeaderSkeleton() {
  return (
    <div className={classes.place}>
      <div className={classes.header}>
        <BackToList />
        <Skeleton className={classes.avatar ?? ''} circle height={40} aria-hidden />
        <div className={classes.ghost} aria-hidden="true">
          <Skeleton height={20} width={180} mb={6} />
          <Skeleton height={14} width={110} />
        </div>
      </div>
    </div>
  );
}
