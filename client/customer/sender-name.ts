import { spacedNumber } from './phone-display.ts';

/** Who somebody on WhatsApp is to somebody who doesn't know them: their number, with what they call themselves. */
export function senderName({ name, phone }: { name: string | null; phone: string | null }): string {
  if (!phone) return name ?? spacedNumber(phone);
  return name ? `${name} (${spacedNumber(phone)})` : spacedNumber(phone);
}
