import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { conversationAddress } from '../inbox/inbox-address.ts';
import { t } from '../language/t.ts';
import { giveBack, takeAlong } from '../send/moved-writing.ts';
import { useSending } from '../send/sending-context.ts';
import { say } from '../shell/notices.ts';

type Moved = { movedFrom?: string } | null;

/** Takes the page along with a conversation that has become another: what one reads and writes stays where it is. */
export function useMovingOn() {
  const navigate = useNavigate();
  const sending = useSending();
  const { state } = useLocation();

  // At once: a key that is pressed next is for the conversation that is shown.
  const goOn = (from: string, to: string) =>
    navigate(addressAfter(from, to), {
      replace: true,
      flushSync: true,
      state: { ...(state as Moved), movedFrom: from },
    });

  return {
    moveOn(from: string, to: string) {
      takeAlong(sending, from, to);
      return goOn(from, to);
    },
    /** From a customer back to a sender who was linked. */
    moveBack(customerId: string, senderId: string) {
      giveBack(sending, customerId, senderId);
      return goOn(customerId, senderId);
    },
  };
}

/** Leads on from an id that has become another; who looks for a customer that was removed is told. */
export function useMovedOn(from: string, to: string | undefined): void {
  const { moveOn } = useMovingOn();
  const lead = useEffectEvent(moveOn);
  useEffect(() => {
    if (to === undefined || to === from) return;
    let over = false;
    // Not while React draws: text and address change in one.
    queueMicrotask(() => {
      if (over) return;
      void lead(from, to);
      if (isUnknown(to) && !isUnknown(from))
        say({ words: t('This customer was removed, since the link was undone. The sender is unknown again.') });
    });
    return () => {
      over = true;
    };
  }, [from, to]);
}

/** Stays the same while the page goes on with one conversation under another id. */
export function usePaneKey(id: string): number {
  const { movedFrom } = (useLocation().state as Moved) ?? {};
  const [pane, setPane] = useState({ id, key: 0 });
  if (pane.id === id) return pane.key;
  const key = movedFrom === pane.id ? pane.key : pane.key + 1;
  setPane({ id, key });
  return key;
}

/** The same page, with what is chosen on it. */
function addressAfter(from: string, to: string) {
  const { pathname, search } = location;
  const [, page, id = '', ...more] = pathname.split('/');
  if (![from, to].includes(decodeURIComponent(id))) return conversationAddress(to);
  return { pathname: ['', page, encodeURIComponent(to), ...more].join('/'), search };
}

const isUnknown = (id: string) => id.startsWith('unknown:');
