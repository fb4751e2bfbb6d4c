/** Digits as WhatsApp gives them, made readable. Somebody without a number is known by Meta's id alone. */
export function spacedNumber(digits: string | null | undefined): string {
  if (!digits) return 'No number';
  if (!/^\d+$/.test(digits)) return digits;
  return `+${digits.replace(/(\d{2,3})(?=(?:\d{3})+$)/g, '$1 ')}`;
}
