import { Modal } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
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
  const content = useRef<HTMLDivElement>(null);
  // Where the focus goes at its end is decided once: who was led elsewhere meanwhile stays there.
  const [focus, setFocus] = useState({ opened, returns: true });
  if (focus.opened !== opened) setFocus({ opened, returns: opened || !isOutside(content.current) });
  return (
    <Modal.Root
      opened={opened}
      returnFocus={focus.returns}
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
      <Modal.Content ref={content}>
        <Modal.Body className={classes.body}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function isOutside(dialog: HTMLElement | null): boolean {
  const { activeElement, body } = document;
  return dialog !== null && activeElement !== null && activeElement !== body && !dialog.contains(activeElement);
}
