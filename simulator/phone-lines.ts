/**
 * How WhatsApp reads the number in `to`. Without a plus it is local to the business' own country, so a number that
 * has its country code already reaches somebody else.
 */
export function readDialled(to: string, businessCountryCode: string): { digits: string; local: boolean } {
  const digits = to.replace(/\D/g, '');
  return to.trim().startsWith('+') ? { digits, local: false } : { digits: businessCountryCode + digits, local: true };
}

/** What identifies a line: Brazil's ninth digit, Mexico's 1 and Argentina's 9 may be there or not. */
export function lineOf(digits: string): string {
  return digits
    .replace(/^55(\d\d)9(\d{8})$/, '55$1$2')
    .replace(/^521(\d{10})$/, '52$1')
    .replace(/^549(\d{10})$/, '54$1');
}

const countries: Record<string, string> = {
  1: 'US',
  30: 'GR',
  33: 'FR',
  34: 'ES',
  39: 'IT',
  44: 'GB',
  49: 'DE',
  52: 'MX',
  54: 'AR',
  55: 'BR',
  90: 'TR',
  355: 'AL',
  357: 'CY',
  359: 'BG',
};

/** The ISO country of a number in international form, as it begins a user id. */
export function countryOf(digits: string): string {
  return countries[callingCodeOf(digits)] ?? 'US';
}

/** The country's part of a number in international form. */
export function callingCodeOf(digits: string): string {
  const codes = [3, 2, 1].map((length) => digits.slice(0, length));
  return codes.find((code) => code in countries) ?? '1';
}
