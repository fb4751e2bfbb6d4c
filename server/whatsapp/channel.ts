import { businessNumber, channelStop, countQueued } from '../comms/outbox.ts';
import type { AppContext } from '../context.ts';
import { sendError } from './send-errors.ts';

/** Whether messages can be sent at present; where not, why and what to do, in words for staff. */
export async function channelNow({ config, database }: AppContext) {
  const { phoneNumberId, accessToken } = config.whatsapp;
  const queued = await countQueued(database.kysely);
  const missing = [
    ...(phoneNumberId === undefined ? ['WHATSAPP_PHONE_NUMBER_ID'] : []),
    ...(accessToken === undefined ? ['WHATSAPP_ACCESS_TOKEN'] : []),
  ].join(' and ');
  if (missing !== '') {
    const reason = `Messages can’t be sent yet: the server needs ${missing}.`;
    return { sending: 'NOT_CONFIGURED' as const, reason, queued, number: null };
  }
  const number = await businessNumber(database.kysely, phoneNumberId ?? '');
  const stop = await channelStop(database.kysely);
  if (!stop) return { sending: 'READY' as const, reason: null, queued, number };
  const { message, next } = sendError(stop.code);
  return { sending: 'STOPPED' as const, reason: `${message} ${next} (WhatsApp’s code: ${stop.code})`, queued, number };
}
