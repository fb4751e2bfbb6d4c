import type { ReactNode } from 'react';
import classes from './Chips.module.css';

export function Chips({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a scrolling row
    <div role="group" aria-label={label} className={classes.chips}>
      {children}
    </div>
  );
}

type ChipProps = { pressed: boolean; onClick(): void; children: ReactNode };

export function Chip({ pressed, onClick, children }: ChipProps) {
  return (
    <button type="button" className={classes.chip} aria-pressed={pressed} onClick={onClick}>
      {children}
    </button>
  );
}
