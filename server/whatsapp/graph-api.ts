import type { Config } from '../config.ts';
import { asList, asRecord, asText } from './json-reading.ts';

/** Whom a message goes to: a number's digits, or Meta's user id. */
export type Recipient = { phone: string } | { userId: string };

/** What WhatsApp said. NOT_SENT: the request never left. NO_ANSWER: it may have been taken. */
export type GraphAnswer =
  | { kind: 'ACCEPTED'; wamid: string }
  | { kind: 'ERROR'; code: string; details: string | undefined }
  | { kind: 'NOT_SENT'; details: string }
  | { kind: 'NO_ANSWER'; details: string };

const LONGEST_DETAILS = 1_000;

/** How WhatsApp writes the company's number (Meta: `GET /{version}/{phone number id}`). Throws where it doesn't tell. */
export async function readNumber(
  { apiUrl, apiVersion, phoneNumberId, accessToken }: Config['whatsapp'],
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(`${apiUrl}/${apiVersion}/${phoneNumberId}?fields=display_phone_number`, {
    headers: { authorization: `Bearer ${accessToken}` },
    redirect: 'manual',
    signal,
  });
  const number = asText(asRecord(await response.json())?.display_phone_number);
  if (!response.ok || number === undefined) throw new Error(`no number in the answer (HTTP ${response.status})`);
  return number;
}

/** A text, which may quote a message, or a reaction to one, without an emoji to take it back. */
export type Outgoing = { text: string; quotes: string | undefined } | { reactsTo: string; emoji: string };

/**
 * Sends a message (Meta: `POST /{version}/{phone number id}/messages`). Never throws: without an answer that says
 * otherwise, nobody knows whether the message went out.
 *
 * `callbackData` comes back with each status; whoever is subscribed to the account can read it.
 */
export async function postMessage(
  whatsapp: Config['whatsapp'],
  message: { to: Recipient; content: Outgoing; callbackData: string },
  signal: AbortSignal,
): Promise<GraphAnswer> {
  const { to, content, callbackData } = message;
  let response: Response;
  let body: string;
  try {
    const request = {
      recipient_type: 'individual',
      // Without the plus, Meta reads a number as one of the business's own country.
      ...('phone' in to ? { to: `+${to.phone}` } : { recipient: to.userId }),
      ...contentOf(content),
      biz_opaque_callback_data: callbackData,
    };
    response = await post(whatsapp, request, signal);
    body = await response.text();
  } catch (error) {
    return neverLeft(error)
      ? { kind: 'NOT_SENT', details: reasonOf(error) }
      : { kind: 'NO_ANSWER', details: signal.aborted ? 'no answer in time' : reasonOf(error) };
  }
  return readAnswer(response.status, body, whatsapp.accessToken ?? '…');
}

/** Shows a customer that a message, and all before it, was read. Throws where WhatsApp doesn't take that. */
export async function postRead(whatsapp: Config['whatsapp'], wamid: string, signal: AbortSignal): Promise<void> {
  const response = await post(whatsapp, { status: 'read', message_id: wamid }, signal);
  const error = asRecord(asRecord(await response.json())?.error);
  if (!response.ok) throw new Error(`WhatsApp answers ${response.status} with code ${asText(error?.code) ?? 'none'}`);
}

function post(
  { apiUrl, apiVersion, phoneNumberId, accessToken }: Config['whatsapp'],
  request: object,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(`${apiUrl}/${apiVersion}/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', ...request }),
    redirect: 'manual',
    signal,
  });
}

function contentOf(content: Outgoing): object {
  if ('reactsTo' in content) {
    return { type: 'reaction', reaction: { message_id: content.reactsTo, emoji: content.emoji } };
  }
  const context = content.quotes === undefined ? {} : { context: { message_id: content.quotes } };
  return { ...context, type: 'text', text: { body: content.text } };
}

function readAnswer(status: number, body: string, accessToken: string): GraphAnswer {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'NO_ANSWER', details: `an answer that is no JSON (HTTP ${status})` };
  }
  const error = asRecord(asRecord(json)?.error);
  const code = asText(error?.code);
  if (code !== undefined) {
    const details = asText(asRecord(error?.error_data)?.details) ?? asText(error?.message);
    // Meta repeats a token that it can't read.
    return { kind: 'ERROR', code, details: details?.replaceAll(accessToken, '…').slice(0, LONGEST_DETAILS) };
  }
  const wamid = asText(asRecord(asList(asRecord(json)?.messages)[0])?.id);
  return wamid !== undefined && status === 200
    ? { kind: 'ACCEPTED', wamid }
    : { kind: 'NO_ANSWER', details: `an answer without a message id (HTTP ${status})` };
}

/** Whether the request can't have reached anybody: no connection came about. */
function neverLeft(error: unknown): boolean {
  return notConnected.test(codeOf(error));
}

const notConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+)$/;

function reasonOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.name : 'an unknown fault');
}

/** The code of a fault, or of what caused it: `fetch` wraps the socket's own. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
