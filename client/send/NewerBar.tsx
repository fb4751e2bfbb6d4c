import { IconArrowDown } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import classes from './NewerBar.module.css';
import { useNewerCount } from './use-newer.ts';

type Props = { conversationId: string; any: boolean; onShow(): void };

/** Somebody wrote while one was writing. */
export function NewerBar({ conversationId, any, onShow }: Props) {
  return (
    <div role="status" className={classes.place}>
      {any && (
        <button type="button" className={classes.bar} onClick={onShow}>
          <IconArrowDown size={16} stroke={2} aria-hidden />
          <Count conversationId={conversationId} />
        </button>
      )}
    </div>
  );
}

function Count({ conversationId }: { conversationId: string }) {
  return t('{{count}} newer messages – show', { count: useNewerCount(conversationId) });
}
