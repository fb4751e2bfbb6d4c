import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

export type FactsState = { opened: boolean; asDrawer: boolean; toggle(): void; close(): void };

/** Whether the customer is shown: beside the conversation, which is remembered; over it, where there is no room. */
export function useFactsPane(pane: number): FactsState {
  const asDrawer = !useMediaQuery('(min-width: 68.75em)', true, { getInitialValueInEffect: false });
  /** Over which conversation: the next one begins without it. */
  const [over, setOver] = useState<number>();
  const [beside, keep] = useLocalStorage({
    key: 'comms:facts',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return asDrawer
    ? {
        asDrawer,
        opened: over === pane,
        toggle: () => setOver(over === pane ? undefined : pane),
        close: () => setOver(undefined),
      }
    : { asDrawer, opened: beside, toggle: () => keep(!beside), close: () => keep(false) };
}
