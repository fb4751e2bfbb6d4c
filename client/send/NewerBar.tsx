import { IconArrowDown } from '@tabler/icons-react';
import classes from './NewerBar.module.css';

/** Somebody wrote while one was writing. */
export function NewerBar({ count, onShow }: { count: number; onShow(): void }) {
  return (
    <div role="status" className={classes.place}>
      {count > 0 && (
        <button type="button" className={classes.bar} onClick={onShow}>
          <IconArrowDown size={16} stroke={2} aria-hidden />
          {count === 1 ? '1 newer message' : `${count} newer messages`} – show
        </button>
      )}
    </div>
  );
}
