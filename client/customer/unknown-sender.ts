/** Somebody on WhatsApp whom nobody knows: `unknown:…`, the name that they gave themselves, their number. */
export type UnknownSender = { id: string; name: string | null; phone: string | null };

type Conversation = { id: string; name: string; phone: string | null };

/** Who an unknown sender's conversation is with; it is named by the number, or by Meta's id, where they gave no name. */
export function unknownSenderOf({ id, name, phone }: Conversation): UnknownSender {
  const isNamed = !/^[+\d\s().-]+$/.test(name) && id !== `unknown:${name}`;
  return { id, name: isNamed ? name : null, phone };
}
