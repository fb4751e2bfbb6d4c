import { timingSafeEqual } from 'node:crypto';

/** Whether somebody sent the secret itself, in a time that tells nothing about how far a guess was right. */
export function isSameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
