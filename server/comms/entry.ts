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

/** What is read of an entry. */
export const ENTRY_COLUMNS = [
  'id',
  'revision',
  'conversation_id',
  'sender_id',
  'type',
  'direction',
  'body',
  'status',
  'ext_message_id',
  'phone',
  'sender_name',
  'business_number_id',
  'occurred_at',
  'logged_at',
  'author_id',
  'webhook_body_id',
  'idempotency_key',
  'recipient_user_id',
  'sent_at',
  'delivered_at',
  'read_at',
  'failed_at',
  'failure_code',
  'failure_details',
  'next_try_at',
];
