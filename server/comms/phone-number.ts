import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

/** A phone number as people are found by it. */
export type PhoneNumber = {
  /** E.164 without the plus. */
  digits: string;
  /** The same for every way in which WhatsApp may write the number: see `phoneKey`. */
  key: string;
};

/** Reads a number that a person typed, in any usual form; undefined where it can't be one. */
export function readTypedNumber(typed: string, defaultCountry: string): PhoneNumber | undefined {
  // Typed abroad: 00 for the plus.
  const text = typed.trim().replace(/^00(?=[1-9])/, '+');
  const parsed =
    parsePhoneNumberFromString(text, defaultCountry as CountryCode) ??
    // Copied from somewhere that leaves the plus out.
    (/^\d{10,15}$/.test(text) ? parsePhoneNumberFromString(`+${text}`) : undefined);
  const number = parsed?.isValid() ? parsed : (readWithoutPlus(text) ?? parsed);
  if (!number?.isPossible()) return undefined;
  const digits = number.number.slice(1);
  return { digits, key: phoneKey(digits) };
}

function readWithoutPlus(text: string) {
  const digits = text.replace(/[\s().-]/g, '');
  if (!/^\d{10,15}$/.test(digits)) return undefined;
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number?.isValid() ? number : undefined;
}

/**
 * The number without what some countries write or leave out: WhatsApp may deliver a number otherwise than it was
 * dialled (Brazil's ninth digit, Mexico's 1, Argentina's 9; developers.facebook.com, "Phone number formats").
 */
export function phoneKey(digits: string): string {
  return (
    digits
      // Only numbers that began with 6 to 9 exist with and without the ninth digit.
      .replace(/^(55[1-9]\d)9([6-9]\d{7})$/, '$1$2')
      .replace(/^521(\d{10})$/, '52$1')
      .replace(/^549(\d{10})$/, '54$1')
  );
}

/** How a number is shown: +30 697 401 5758. */
export function displayNumber(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}
