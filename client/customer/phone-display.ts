import { t } from '../language/t.ts';

/** Country codes of one and of two digits; all the others have three. */
const SHORT_COUNTRY_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Digits as WhatsApp gives them, made readable. Somebody without a number is known by Meta's id alone. */
export function spacedNumber(digits: string | null | undefined): string {
  if (!digits) return t('No number');
  if (!/^\d+$/.test(digits)) return digits;
  const country = SHORT_COUNTRY_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  const rest = digits.slice(country.length).match(/\d{3}(?=\d{3})|\d+/g) ?? [];
  return `+${[country, ...rest].join(' ')}`;
}
