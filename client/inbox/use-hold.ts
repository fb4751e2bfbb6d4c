import { type FocusEvent, type PointerEvent, type UIEvent, useState } from 'react';

/** Whether somebody is in a list in a way that nothing in it may move: with the pointer, the keyboard, or scrolled. */
export function useHold() {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  return {
    held: pointed || focused || scrolled,
    /** For what holds the rows, and all that belongs to them. */
    area: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: (_: PointerEvent) => setPointed(false),
      onFocus: ({ target }: FocusEvent) => setFocused(target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
    },
    onScroll: ({ currentTarget }: UIEvent) => setScrolled(currentTarget.scrollTop > STILL_AT_TOP_PX),
  };
}

const STILL_AT_TOP_PX = 8;
