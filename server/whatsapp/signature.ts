import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether one of the app secrets signed these very bytes (Meta: X-Hub-Signature-256, HMAC-SHA256 in hex). */
export function isSigned(bytes: Buffer, header: string | undefined, appSecrets: readonly string[]): boolean {
  const hex = header?.match(/^sha256=([0-9a-f]{64})$/i)?.[1];
  if (!hex) return false;
  const given = Buffer.from(hex, 'hex');
  return appSecrets.some((secret) => timingSafeEqual(given, createHmac('sha256', secret).update(bytes).digest()));
}
