import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useEffect } from 'react';

export type FactsState = { opened: boolean; asDrawer: boolean; toggle(): void; close(): void };

/** Whether the customer is shown: beside the conversation, which is remembered; over it, where there is no room. */
export function useFactsPane(paneKey: string): FactsState {
  const asDrawer = !useMediaQuery('(min-width: 68.75em)', true, { getInitialValueInEffect: false });
  const [drawer, { toggle, close }] = useDisclosure(false);
  // Over another conversation nobody has opened it.
  useEffect(close, [paneKey]);
  const [beside, keep] = useLocalStorage({
    key: 'comms:facts',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return asDrawer
    ? { asDrawer, opened: drawer, toggle, close }
    : { asDrawer, opened: beside, toggle: () => keep(!beside), close: () => keep(false) };
}
