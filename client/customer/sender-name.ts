import { spacedNumber } from './phone-display.ts';

/** What `SenderName` draws, for who hears it. */
export function senderName({ name, phone }: { name: string | null; phone: string | null }): string {
  if (!phone) return name ?? spacedNumber(phone);
  return name ? `${name} (${spacedNumber(phone)})` : spacedNumber(phone);
}
