import { randomBytes } from 'node:crypto';

/** A new message id in the look of Meta's: opaque, unique, Base64 with padding. */
export function newWamid(peerId: string): string {
  const peer = Buffer.from(peerId.slice(0, 32), 'ascii');
  return `wamid.${Buffer.concat([Buffer.from([0x1c, 0x18, peer.length]), peer, randomBytes(18)]).toString('base64')}`;
}
