import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Dialog.module.css';

type Props = {
  opened: boolean;
  title: ReactNode;
  /** Left out, the dialog waits for an answer: neither Escape nor a click beside it closes it. */
  onDismiss?: (() => void) | undefined;
  onGone?: () => void;
  /** Holds a form with more than a few fields. */
  wide?: boolean;
  children: ReactNode;
};

/** A question in front of the page, which its own buttons answer. */
export function Dialog({ opened, title, onDismiss, onGone, wide, children }: Props) {
  return (
    <Modal.Root
      opened={opened}
      onClose={() => onDismiss?.()}
      {...(onGone && { onExitTransitionEnd: onGone })}
      classNames={{ content: classes.content ?? '' }}
      size={wide ? 640 : 'md'}
      centered
      closeOnEscape={onDismiss !== undefined}
      closeOnClickOutside={onDismiss !== undefined}
    >
      <Modal.Overlay />
      {/* Without Mantine's header, which is a second banner to a screen reader. */}
      <Modal.Content>
        <Modal.Body className={classes.body}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
