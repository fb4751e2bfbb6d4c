import { useLocalStorage } from '@mantine/hooks';
import { rem } from '../shell/rem.ts';

export type PaneWidth = {
  width: number;
  narrowest: number;
  widest: number;
  resize(width: number): void;
  reset(): void;
};

const NARROWEST = rem(18.75);
const WIDEST = rem(28.75);
const USUAL = rem(23.75);

/** How wide the list is, remembered in this browser. */
export function useListWidth(): PaneWidth {
  const [kept, keep, forget] = useLocalStorage({
    key: 'comms:list-width',
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  return {
    width: Number.isFinite(kept) ? within(kept) : USUAL,
    narrowest: NARROWEST,
    widest: WIDEST,
    resize: (width) => keep(within(width)),
    reset: forget,
  };
}

const within = (width: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
