import type { Selectable } from 'kysely';
import type { CommsEntry } from '../db/schema.generated.ts';

/** Something said with a customer: a row of the log. Its id is the position at which it was logged. */
export type Entry = Omit<
  Selectable<CommsEntry>,
  'type' | 'direction' | 'status' | 'itemHash' | 'spoken' | 'answered'
> & {
  type: CommsType;
  direction: CommsDirection;
  status: CommsStatus;
};

export type CommsType = 'WHATSAPP' | 'EMAIL' | 'SMS' | 'CALL' | 'NOTE' | 'MEETING';
export type CommsDirection = 'INBOUND' | 'OUTBOUND' | 'INTERNAL';
export type CommsStatus = 'RECEIVED' | 'QUEUED' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'UNKNOWN';
