import { spacedNumber } from '../customer/phone-display.ts';
import type { CommsStep } from '../live/feed-log.ts';

/** What came from one customer, to be told as one. */
export type Arrival = { conversationId: string; name: string; text: string; count: number };

/** What customers said after a position, one for each of them, the newest last. */
export function arrivalsAfter(steps: readonly CommsStep[], position: string): Arrival[] {
  const arrivals = new Map<string, Arrival>();
  const newer = steps.slice(steps.findLastIndex((step) => step.position <= position) + 1);
  for (const { change, entry } of newer) {
    if (change !== 'LOGGED' || entry.direction !== 'INBOUND') continue;
    // Logged by staff: nobody waits.
    if (entry.author) continue;
    const id = entry.customerId;
    const count = (arrivals.get(id)?.count ?? 0) + 1;
    arrivals.delete(id);
    const name = entry.customer?.name ?? entry.senderName ?? spacedNumber(entry.phone);
    arrivals.set(id, { conversationId: id, name, text: entry.body, count });
  }
  return [...arrivals.values()];
}
