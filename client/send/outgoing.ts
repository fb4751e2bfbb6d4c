import type { Quoted } from '../conversation/quoted.ts';
import type { LiveEntryFragment } from '../operations.generated.ts';

/** A message that was sent from here, and that the server hasn't told yet. */
export type Outgoing = {
  /** Whatever happens, the server sends it once for this key. */
  key: string;
  customerId: string;
  customer: LiveEntryFragment['customer'];
  toPhone: string;
  message: string;
  /** What it answers. */
  replyTo?: Quoted | undefined;
};

/** Not crypto.randomUUID(), which browsers keep from pages without HTTPS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
