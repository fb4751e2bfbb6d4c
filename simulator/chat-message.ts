/**
 * One bubble on the phone. A customer's message is `pending` until the product answered 200 (`delivered`) and `read`
 * when the product says so; a business' one goes the way of its statuses.
 */
export type ChatMessage = {
  wamid: string;
  from: 'customer' | 'business';
  at: string;
  type: string;
  /** What the bubble says. */
  text: string;
  state: 'pending' | 'sent' | 'delivered' | 'read' | 'failed';
  /** As it was sent: the webhook's message or the body of the Graph call. */
  content: Record<string, unknown>;
  replyTo?: string;
  /** The other side's reaction to it. */
  reaction?: string;
  /** Why it never reached the phone. */
  errorCode?: number;
  /** WhatsApp keeps from the sender that it was blocked. */
  blocked?: boolean;
};
