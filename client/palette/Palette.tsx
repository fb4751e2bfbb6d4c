import { Modal } from '@mantine/core';
import { useRef } from 'react';
import { t } from '../language/t.ts';
import classes from './Palette.module.css';
import { PaletteBox } from './PaletteBox.tsx';

/** Whoever and whatever somebody looks for, from wherever they are. */
export function Palette({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const chosen = useRef<() => void>(undefined);

  function act() {
    chosen.current?.();
    chosen.current = undefined;
  }

  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      // The box does, whose field has the focus too early for this.
      returnFocus={false}
      onExitTransitionEnd={act}
      classNames={{ content: classes.content ?? '' }}
      size={580}
      yOffset="9dvh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('Find or do anything')}>
        <Modal.Body p={0}>
          <PaletteBox
            onChoose={(choice) => {
              chosen.current = choice;
              onClose();
            }}
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
