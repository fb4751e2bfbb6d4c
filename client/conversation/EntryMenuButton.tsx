import { IconDots } from '@tabler/icons-react';
import { createContext, use } from 'react';
import { t } from '../language/t.ts';
import classes from './EntryMenuButton.module.css';

export type MenuRequest = { entryId: string; button: HTMLElement; detailed: boolean; onDetails(): void };

/** Opens the one menu there is, at the button of an entry. */
export const EntryMenuContext = createContext<{ openFor: string | undefined; open(request: MenuRequest): void }>({
  openFor: undefined,
  open: () => {},
});

type Props = Omit<MenuRequest, 'button'>;

export function EntryMenuButton(request: Props) {
  const { openFor, open } = use(EntryMenuContext);
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={t('More about this')}
      aria-haspopup="dialog"
      aria-expanded={openFor === request.entryId}
      onClick={({ currentTarget }) => open({ ...request, button: currentTarget })}
    >
      <IconDots size={18} stroke={1.8} aria-hidden />
    </button>
  );
}
