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
  const text = typed.trim();
  const country = defaultCountry as CountryCode;
  const digits = text.replace(/\D/g, '');
  const readings = [
    parsePhoneNumberFromString(text, country),
    // Abroad, 00 stands for the plus; copied from WhatsApp, a number has neither.
    parsePhoneNumberFromString(`+${digits.replace(/^00/, '')}`),
    // As address books have Mexico's mobiles, which lost their 1 in 2019.
    parsePhoneNumberFromString(`+${digits.replace(/^(?:00)?521(?=\d{10}$)/, '52')}`),
  ].filter((number) => number !== undefined);
  // With a country code, a number that no plan knows yet is taken for new; without one, for a slip.
  const number = readings.find((reading) => reading.isValid()) ?? (/^(\+|00)/.test(text) ? readings[0] : undefined);
  if (!number?.isPossible()) return undefined;
  const e164 = number.number.slice(1);
  return { digits: e164, key: phoneKey(e164) };
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
