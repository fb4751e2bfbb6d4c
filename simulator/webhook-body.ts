import { webhookError } from './graph-error.ts';

/** The business' side of a webhook: whose account, which number. */
export type Business = { wabaId: string; phoneNumberId: string; displayPhoneNumber: string };

/** How WhatsApp names a person in a webhook. Without a phone number only by user id. */
export type Identity = { name: string; waId?: string; userId: string; username?: string };

export type WebhookMessage = Record<string, unknown> & { id: string; timestamp: string; type: string };

export type StatusName = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

type Change = { field: 'messages'; value: Record<string, unknown> };

/** One POST's body. */
export function envelope(business: Business, values: Record<string, unknown>[]): Record<string, unknown> {
  const changes = values.map((value): Change => ({ field: 'messages', value: { ...metadata(business), ...value } }));
  return { object: 'whatsapp_business_account', entry: [{ id: business.wabaId, changes }] };
}

/** Messages of one or several people, with each of them among the contacts once. */
export function messagesValue(from: Identity[], messages: WebhookMessage[]): Record<string, unknown> {
  const people = new Map(from.map((person) => [person.userId, person]));
  return { contacts: [...people.values()].map(contact), messages };
}

/** WhatsApp's own news, such as a changed number: no contacts. */
export function systemValue(message: WebhookMessage): Record<string, unknown> {
  return { messages: [message] };
}

/** Who wrote, as a message says it. */
export function sender(from: Identity): Record<string, unknown> {
  return { ...(from.waId && { from: from.waId }), from_user_id: from.userId };
}

/** One status. A failed one has no contacts, and names the user id only where the message went to it. */
export function statusValue(
  to: Identity,
  status: {
    wamid: string;
    name: StatusName;
    at: Date;
    priced: boolean;
    sentToUserId: boolean;
    callbackData: string | undefined;
    errorCode: number | undefined;
  },
): Record<string, unknown> {
  const failed = status.name === 'failed';
  return {
    ...(!failed && { contacts: [contact(to)] }),
    statuses: [
      {
        id: status.wamid,
        status: status.name,
        timestamp: seconds(status.at),
        ...(to.waId && { recipient_id: to.waId }),
        ...((!failed || status.sentToUserId) && { recipient_user_id: to.userId }),
        ...(status.callbackData !== undefined && { biz_opaque_callback_data: status.callbackData }),
        ...(status.priced && {
          pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' },
        }),
        ...(failed && { errors: [webhookError(status.errorCode ?? 131000)] }),
      },
    ],
  };
}

/** Meta's timestamps: Unix seconds as a string. */
export function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}

function contact(person: Identity): Record<string, unknown> {
  return {
    profile: { name: person.name, ...(person.username && { username: person.username }) },
    ...(person.waId && { wa_id: person.waId }),
    user_id: person.userId,
  };
}

function metadata(business: Business): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: business.displayPhoneNumber.replace(/\D/g, ''),
      phone_number_id: business.phoneNumberId,
    },
  };
}
