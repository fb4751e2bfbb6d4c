import { Skeleton } from '@mantine/core';
import { Patient } from '../shell/Patient.tsx';
import { BackToList } from './BackToList.tsx';
import classes from './ConversationHeader.module.css';

/** As high as what comes, so that nothing below moves, with the way back; seen only by who has really been waiting. */
export function ConversationHeaderSkeleton({ failed }: { failed: boolean }) {
  return (
    <div className={classes.place}>
      <div className={classes.header}>
        <BackToList />
        <div className={classes.ghost} aria-hidden="true">
          {!failed && (
            <Patient>
              <Skeleton height={20} width={180} mb={6} />
              <Skeleton height={14} width={110} />
            </Patient>
          )}
        </div>
        <div className={classes.window} data-awaited />
      </div>
    </div>
  );
}
