import { useApolloClient, useReactiveVar } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { conversationAddress } from '../inbox/inbox-address.ts';
import { useLive } from '../live/live-context.ts';
import { type Arrival, arrivalsAfter } from './arrivals.ts';
import { type DesktopNotes, openDesktopNotes } from './desktop-notes.ts';
import { ping } from './ping.ts';
import { alertSettings } from './settings.ts';
import { joinTabs, type Tabs } from './tabs.ts';

/** Tells of what customers write while nobody looks at any tab: from one of them, and as it was chosen on this browser. */
export function Alerts() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const { log } = useLive();
  const steps = useReactiveVar(log.steps);
  const told = useRef(steps.at(-1)?.position ?? '');
  const desk = useRef<{ tabs: Tabs; notes: DesktopNotes }>(undefined);

  useEffect(() => {
    if (!navigator.locks) return;
    const tabs = joinTabs(navigator.locks);
    const notes = openDesktopNotes(
      client,
      (id) => void navigate(id === undefined ? '/inbox' : conversationAddress(id)),
    );
    desk.current = { tabs, notes };
    return () => {
      notes.close();
      tabs.close();
    };
  }, [client, navigate]);

  useEffect(() => {
    const arrivals = arrivalsAfter(steps, told.current);
    told.current = steps.at(-1)?.position ?? told.current;
    if (arrivals.length > 0 && desk.current) void tell(arrivals, desk.current);
  }, [steps]);
  return null;
}

async function tell(arrivals: readonly Arrival[], { tabs, notes }: { tabs: Tabs; notes: DesktopNotes }): Promise<void> {
  const { notes: withNotes, sound, hideText } = alertSettings();
  if (!(withNotes || sound) || !tabs.leads() || (await tabs.lookedAt())) return;
  const sounded = sound && (await ping());
  if (withNotes && Notification.permission === 'granted') notes.show(arrivals, { hideText, silent: sounded || !sound });
}
