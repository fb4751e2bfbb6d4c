import { IconArrowDown } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import classes from './NewerBar.module.css';

/** Somebody wrote while one was writing. */
export function NewerBar({ count, onShow }: { count: number; onShow(): void }) {
  return (
    <div role="status" className={classes.place}>
      {count > 0 && (
        <button type="button" className={classes.bar} onClick={onShow}>
          <IconArrowDown size={16} stroke={2} aria-hidden />
          {t('{{count}} newer messages – show', { count })}
        </button>
      )}
    </div>
  );
}
