import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Chips.module.css';

type ChipsProps = {
  label: string;
  /** On more lines, where there is no room; else they scroll. */
  wrap?: boolean;
  children: ReactNode;
};

export function Chips({ label, wrap, children }: ChipsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a scrolling row
    <div role="group" aria-label={label} className={classes.chips} data-wrap={wrap}>
      {children}
    </div>
  );
}

type ChipProps = {
  pressed: boolean;
  small?: boolean;
  /** In words, where it is drawn; what stands in it follows. */
  label?: string;
  onClick(): void;
  children: ReactNode;
};

export function Chip({ pressed, small, label, onClick, children }: ChipProps) {
  return (
    <button
      type="button"
      className={classes.chip}
      data-small={small}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
    >
      {label && <VisuallyHidden>{label}</VisuallyHidden>}
      {children}
    </button>
  );
}
