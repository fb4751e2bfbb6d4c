import { randomInt } from 'node:crypto';

/** Good against guessing (79 bits), and easy to read out: no letters that look or sound like digits. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
