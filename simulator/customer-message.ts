import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';
import { webhookError } from './graph-error.ts';

const media = z.object({ caption: z.string().optional() });

/** What a customer can send, by WhatsApp's type: the part that a person decides. Meta's ids and hashes are made up. */
export const customerContents = {
  text: z.object({ body: z.string() }),
  image: media,
  video: media,
  document: media.extend({ filename: z.string().optional() }),
  audio: z.object({ voice: z.boolean().optional() }),
  sticker: z.object({ animated: z.boolean().optional() }),
  location: z.object({
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    name: z.string().optional(),
    address: z.string().optional(),
  }),
  contacts: z.object({ name: z.string().optional(), phone: z.string().optional() }),
  interactive: z.object({
    reply: z.enum(['button', 'list']).optional(),
    title: z.string(),
    id: z.string().optional(),
    description: z.string().optional(),
  }),
  button: z.object({ text: z.string(), payload: z.string().optional() }),
  order: z.object({
    items: z.number().int().min(1).max(30).optional(),
    text: z.string().optional(),
  }),
  /** Without an emoji the reaction is taken back. */
  reaction: z.object({ messageId: z.string(), emoji: z.string().optional() }),
  unsupported: z.object({ kind: z.string().optional(), code: z.number().optional() }),
};

export type CustomerMessageType = keyof typeof customerContents;
export type CustomerContents = { [Type in CustomerMessageType]: z.infer<(typeof customerContents)[Type]> };
export type WebhookFields = Record<string, unknown>;

/** The fields that a webhook message has for its type: `text` for a text, and so on. */
export function webhookFields<Type extends CustomerMessageType>(
  type: Type,
  content: CustomerContents[Type],
): WebhookFields {
  return builders[type](content);
}

const builders: { [Type in CustomerMessageType]: (content: CustomerContents[Type]) => WebhookFields } = {
  text: ({ body }) => ({ text: { body } }),
  image: ({ caption }) => ({ image: { ...mediaFile('image/jpeg'), ...(caption && { caption }) } }),
  video: ({ caption }) => ({ video: { ...mediaFile('video/mp4'), ...(caption && { caption }) } }),
  document: ({ caption, filename = 'τιμολόγιο.pdf' }) => ({
    document: { ...mediaFile('application/pdf'), filename, ...(caption && { caption }) },
  }),
  audio: ({ voice = true }) => ({ audio: { ...mediaFile(voice ? 'audio/ogg; codecs=opus' : 'audio/mpeg'), voice } }),
  sticker: ({ animated = false }) => ({ sticker: { ...mediaFile('image/webp'), animated } }),
  location: ({ latitude = 37.9715, longitude = 23.7257, name, address }) => ({
    location: { latitude, longitude, ...(name && { name }), ...(address && { address }) },
  }),
  contacts: ({ name = 'Dimitra Koutsou', phone = '+30 694 555 0123' }) => ({
    contacts: [
      {
        name: { formatted_name: name, first_name: name.split(' ')[0] },
        phones: [{ phone, wa_id: phone.replace(/\D/g, ''), type: 'CELL' }],
        origin: 'other',
        vcard: `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL;type=CELL:${phone}\nEND:VCARD`,
      },
    ],
  }),
  interactive: ({ reply = 'button', title, id = 'choice-1', description }) => ({
    interactive:
      reply === 'button'
        ? { type: 'button_reply', button_reply: { id, title } }
        : { type: 'list_reply', list_reply: { id, title, ...(description && { description }) } },
  }),
  button: ({ text, payload = text }) => ({ button: { payload, text } }),
  order: ({ items = 2, text }) => ({
    order: {
      catalog_id: '194836987003835',
      ...(text && { text }),
      product_items: Array.from({ length: items }, (_, index) => ({
        product_retailer_id: `sku-${index + 1}`,
        quantity: 1,
        item_price: 49.9,
        currency: 'EUR',
      })),
    },
  }),
  reaction: ({ messageId, emoji }) => ({ reaction: { message_id: messageId, ...(emoji && { emoji }) } }),
  unsupported: ({ kind = 'poll_creation', code = 131051 }) => ({
    errors: [webhookError(code)],
    unsupported: { type: kind },
  }),
};

function mediaFile(mimeType: string): WebhookFields {
  const id = String(randomInt(1e14, 2e14));
  return {
    mime_type: mimeType,
    sha256: createHash('sha256').update(id).digest('base64'),
    id,
    url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}`,
  };
}
