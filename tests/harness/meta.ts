import { createHmac, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { APP_SECRET, PHONE_NUMBER_ID, type TestServer } from './server.ts';

/** One message as Meta reports it, with the contact that comes beside it. */
export interface Said {
  message: Record<string, unknown> & { id: string };
  contact?: Record<string, unknown>;
}

export interface SaidOptions {
  name?: string;
  id?: string;
  at?: Date;
}

/** What Meta posts when a customer writes `body`. */
export function text(from: string, body: string, options?: SaidOptions): Said {
  return said(from, 'text', { body }, options);
}

/** What Meta posts for any other type, whose content stands in the member named like the type. */
export function said(from: string, type: string, content: unknown, options: SaidOptions = {}): Said {
  const { name, id = freshWamid(), at = new Date() } = options;
  return {
    message: { from, id, timestamp: String(Math.floor(at.getTime() / 1000)), type, [type]: content },
    contact: { wa_id: from, profile: name === undefined ? {} : { name } },
  };
}

/** The same, in answer to the message with this id. */
export function quoting(wamid: string, message: Said): Said {
  return { ...message, message: { ...message.message, context: { from: '302100000000', id: wamid } } };
}

/** The body of one webhook with all of these in one change. */
export function webhook(...all: Said[]): Record<string, unknown> {
  return envelope(
    changeOf({
      contacts: all.flatMap(({ contact }) => (contact ? [contact] : [])),
      messages: all.map(({ message }) => message),
    }),
  );
}

export function statusWebhook(status: Record<string, unknown>): Record<string, unknown> {
  return envelope(changeOf({ statuses: [status] }));
}

export function envelope(...changes: unknown[]): Record<string, unknown> {
  return { object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes }] };
}

export function changeOf(value: Record<string, unknown>, phoneNumberId = PHONE_NUMBER_ID): Record<string, unknown> {
  return {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '302100000000', phone_number_id: phoneNumberId },
      ...value,
    },
  };
}

export interface PostOptions {
  /** Signs with another secret than the server's; null leaves the signature out. */
  secret?: string | null;
  headers?: Record<string, string>;
}

/** Posts a webhook as Meta does: the signature is over the very bytes. */
export async function postWebhook(server: TestServer, body: unknown, options: PostOptions = {}): Promise<Response> {
  const { secret = APP_SECRET, headers } = options;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return fetch(`${server.url}/api/crm/whatsapp/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret === null ? {} : { 'x-hub-signature-256': sign(bytes, secret) }),
      ...headers,
    },
    body: new Uint8Array(bytes),
  });
}

/** Delivers these in one webhook, which must be taken. */
export async function deliver(server: TestServer, ...all: Said[]): Promise<void> {
  const response = await postWebhook(server, webhook(...all));
  expect(response.status, await response.text()).toBe(200);
}

export function sign(bytes: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
}

export function freshWamid(): string {
  return `wamid.${Buffer.from(randomUUID()).toString('base64')}`;
}

/** A Greek mobile number, as Meta writes it, that nothing in this test file has used. */
export function freshNumber(): string {
  numbers += 1;
  return `30697${String(4_000_000 + numbers)}`;
}

let numbers = 0;
