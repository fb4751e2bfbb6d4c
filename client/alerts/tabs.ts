import { isLookedAt, onLook } from '../shell/looked-at.ts';

const LEADS = 'comms.alerts.lead';
const LOOKS = 'comms.alerts.look';

/** What the tabs of one browser know of each other. Browsers have locks over HTTPS and on localhost alone. */
export interface Tabs {
  /** Whether this is the one that speaks for all. When it is closed, another is. */
  leads(): boolean;
  /** Whether somebody looks at any of them. */
  lookedAt(): Promise<boolean>;
  close(): void;
}

export function joinTabs(locks: LockManager): Tabs {
  let leading = false;
  let endLook: (() => void) | undefined;
  const endLead = holdLock(locks, LEADS, 'exclusive', () => {
    leading = true;
  });
  const stopListening = onLook(look);
  look();

  return {
    leads: () => leading,
    async lookedAt() {
      const { held = [] } = await locks.query();
      return held.some(({ name }) => name === LOOKS);
    },
    close() {
      stopListening();
      endLook?.();
      endLead();
    },
  };

  function look() {
    if (isLookedAt()) endLook ??= holdLock(locks, LOOKS, 'shared');
    else {
      endLook?.();
      endLook = undefined;
    }
  }
}

/** Holds a lock as soon as it is free, until what it returns is called. */
function holdLock(locks: LockManager, name: string, mode: LockMode, onHeld = () => {}): () => void {
  const waiting = new AbortController();
  const { promise: until, resolve: release } = Promise.withResolvers<void>();
  const granted = locks.request(name, { mode, signal: waiting.signal }, () => {
    onHeld();
    return until;
  });
  granted.catch((error: unknown) => {
    if (!waiting.signal.aborted) throw error;
  });
  return () => {
    waiting.abort();
    release();
  };
}
