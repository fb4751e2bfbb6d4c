import { useLocalStorage } from '@mantine/hooks';

export type PaneWidth = {
  width: number;
  narrowest: number;
  widest: number;
  resize(width: number): void;
  reset(): void;
};

const NARROWEST = 300;
const WIDEST = 460;
const USUAL = 380;

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
