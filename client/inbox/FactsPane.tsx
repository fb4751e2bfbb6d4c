import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../language/t.ts';
import classes from './FactsPane.module.css';
import type { FactsState } from './use-facts-pane.ts';

/** The customer of the open conversation: beside it where there is room, else over it. */
export function FactsPane({ opened, asDrawer, close, children }: FactsState & { children: ReactNode }) {
  if (!asDrawer) {
    return (
      opened && (
        <aside id={FACTS_PANE} className={classes.pane} aria-label={t('Customer')}>
          {children}
        </aside>
      )
    );
  }
  return (
    <Drawer.Root
      opened={opened}
      onClose={() => !isBelowAnother() && close()}
      position="right"
      size="min(21.25rem, 100%)"
      classNames={{ content: classes.drawer ?? '' }}
    >
      <Drawer.Overlay />
      <Drawer.Content id={FACTS_PANE} aria-label={t('Customer')}>
        <Drawer.CloseButton className={classes.close} size={44} aria-label={t('Close')} />
        <Drawer.Body className={classes.body}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** What was opened from here lies above, and Escape is meant for it. */
const isBelowAnother = () => document.querySelector(`[role=dialog]:not(#${FACTS_PANE})`) !== null;

export const FACTS_PANE = 'customer-facts';
