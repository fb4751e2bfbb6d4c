import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './PaneResizer.module.css';
import type { PaneWidth } from './use-list-width.ts';

const STEP = 20;

/** The edge between two panes: it is dragged, or moved with the arrow keys; a double click puts it back. */
export function PaneResizer({ label, width, narrowest, widest, resize, reset }: PaneWidth & { label: string }) {
  function onPointerDown({ currentTarget, pointerId, clientX }: PointerEvent<HTMLHRElement>) {
    const left = clientX - width;
    currentTarget.setPointerCapture(pointerId);
    currentTarget.onpointermove = (event) => resize(event.clientX - left);
    currentTarget.onlostpointercapture = () => {
      currentTarget.onpointermove = null;
    };
  }

  function onKeyDown(event: KeyboardEvent) {
    const wanted = { ArrowLeft: width - STEP, ArrowRight: width + STEP, Home: narrowest, End: widest }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  }

  return (
    <hr
      className={classes.edge}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onDoubleClick={reset}
      onKeyDown={onKeyDown}
    />
  );
}
