import { type RefObject, useEffect, useState } from 'react';
import classes from './MomentTip.module.css';

type Tip = { text: string; right: number; top: number };

/** The exact time of an entry, for who points at its time, or is at the entry by keyboard. One for all of them. */
export function MomentTip({ within }: { within: RefObject<HTMLElement | null> }) {
  const [tip, setTip] = useState<Tip>();
  useEffect(() => {
    const place = within.current;
    if (!place) return;
    const show = (moment: Element | null | undefined) => setTip(moment ? tipOf(moment) : undefined);
    const onPointer = ({ target }: Event) => show(target instanceof Element ? target.closest(MOMENT) : null);
    const onFocus = ({ target }: Event) => {
      if (target instanceof Element && target.matches(':focus-visible'))
        show(target.closest('article')?.querySelector(MOMENT));
    };
    const hide = () => setTip(undefined);
    const listeners = { pointerover: onPointer, pointerleave: hide, focusin: onFocus, focusout: hide, scroll: hide };
    for (const [type, listener] of Object.entries(listeners)) place.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) place.removeEventListener(type, listener);
    };
  }, [within]);
  return (
    tip && (
      <div className={classes.tip} role="tooltip" style={{ right: tip.right, top: tip.top }}>
        {tip.text}
      </div>
    )
  );
}

const MOMENT = 'time[data-full]';
/** For two lines. */
const HEIGHT_PX = 60;

function tipOf(moment: Element): Tip {
  const { right, top, bottom } = moment.getBoundingClientRect();
  const below = bottom + HEIGHT_PX < innerHeight;
  return {
    text: moment.getAttribute('data-full') ?? '',
    right: document.documentElement.clientWidth - right - 8,
    top: below ? bottom + 6 : top - HEIGHT_PX,
  };
}
