import type { ChatMessage } from './chat-message.ts';
import { type CustomerContents, type CustomerMessageType, webhookFields } from './customer-message.ts';
import { messageText } from './message-text.ts';
import { type HistoryItem, type Person, userIdOf } from './people.ts';
import { lineOf } from './phone-lines.ts';
import { newWamid } from './wamid.ts';
import {
  type Identity,
  messagesValue,
  type StatusName,
  seconds,
  sender,
  statusValue,
  systemValue,
  type WebhookMessage,
} from './webhook-body.ts';
import type { Delivery, Sent } from './webhook-sender.ts';

/** How a customer's message travels to the product. */
export type Travel = {
  at?: Date;
  /** Shown as sent then, delivered now. */
  hoursAgo?: number;
  /** A message of either side that this one quotes. */
  replyTo?: string;
  forwarded?: boolean;
  /** How often the same body is posted, side by side. */
  copies?: number;
  /** Posts the message once more, twice in another body. */
  inAnotherBody?: boolean;
  wrongSignatureFirst?: boolean;
  /** Stays behind until the next message, of anybody, has been answered. */
  afterNext?: boolean;
};

/** What became of a customer's message: the product's last answer, 200 unless the simulator ended before. */
export type Said = { wamid: string; answer: number | undefined; deliveries: Delivery[] };

/** A status that Meta posts about a message of the business. */
export type StatusStep = StatusName | `failed:${number}`;

export type PersonOptions = { stranger?: boolean; onWhatsApp?: boolean };

/** What a person needs of the world around. */
export type Network = {
  /** Posts what a customer wrote, in one body. */
  post(value: Record<string, unknown>, label: string, travel: Travel): Sent[];
  /** Posts WhatsApp's own news. */
  tell(value: Record<string, unknown>, label: string): Sent;
  /** Waits as long as WhatsApp takes between two statuses. */
  pace(): Promise<void>;
  personChanged(person: SimulatedPerson): void;
  messageChanged(person: SimulatedPerson, message: ChatMessage): void;
  keepTrack(work: Promise<unknown>): void;
};

const windowLength = 24 * 3_600_000;

/** Somebody with WhatsApp on a phone: writes to the business, gets and reads its messages, or doesn't. */
export class SimulatedPerson {
  readonly id: string;
  readonly name: string;
  readonly organization: string | undefined;
  /** Nobody that the business meant: a number read as local led here. */
  readonly stranger: boolean;
  /** False for a number that nobody uses WhatsApp with. */
  readonly onWhatsApp: boolean;
  readonly chat: ChatMessage[] = [];
  phone: string | undefined;
  online = true;
  blocked = false;
  readReceipts = true;
  /** The chat is on the screen: what comes is read at once. */
  reading = false;
  /** WhatsApp may leave the number out of webhooks. */
  showsNumber = true;
  typingUntil: string | undefined;
  #waId: string | undefined;
  #line: string | undefined;
  #userId: string;
  readonly #username: string | undefined;
  readonly #network: Network;
  readonly #lastStatus = new Map<string, Promise<unknown>>();
  readonly #sentToUserId = new Set<string>();
  readonly #priced = new Set<string>();
  #lastWroteAt = Number.NEGATIVE_INFINITY;

  constructor(person: Person, network: Network, options: PersonOptions & { historyFrom: Date }) {
    this.name = person.name;
    this.organization = person.organization;
    this.phone = person.phone;
    this.stranger = options.stranger ?? false;
    this.onWhatsApp = options.onWhatsApp ?? true;
    this.#network = network;
    this.#username = person.username;
    this.#waId = person.waId ?? person.phone;
    this.#line = this.#waId && lineOf(this.#waId);
    this.#userId = person.userId ?? userIdOf(this.#waId ?? '1');
    this.id = this.#waId ?? this.#userId;
    for (const item of person.history ?? []) {
      if (item.type === 'WHATSAPP') this.#remember(item, options.historyFrom);
    }
  }

  get identity(): Identity {
    return {
      name: this.name,
      userId: this.#userId,
      ...(this.#waId && this.showsNumber && { waId: this.#waId }),
      ...(this.#username && { username: this.#username }),
    };
  }

  get userId(): string {
    return this.#userId;
  }

  /** The number as WhatsApp writes it. */
  get waId(): string | undefined {
    return this.#waId;
  }

  /** Whether this number, in whichever national variant, is the person's. */
  hasNumber(digits: string): boolean {
    return this.#line !== undefined && this.#line === lineOf(digits);
  }

  /** Until when the business may answer freely. */
  get windowClosesAt(): Date | undefined {
    return Number.isFinite(this.#lastWroteAt) ? new Date(this.#lastWroteAt + windowLength) : undefined;
  }

  /** Sends a message to the business; resolves when the product has answered each copy with 200. */
  says<Type extends CustomerMessageType>(
    type: Type,
    content: CustomerContents[Type],
    travel: Travel = {},
  ): Promise<Said> {
    return this.writes(type, content, travel).said;
  }

  /** The same, for who doesn't wait. */
  writes<Type extends CustomerMessageType>(
    type: Type,
    content: CustomerContents[Type],
    travel: Travel = {},
  ): { wamid: string; said: Promise<Said> } {
    const message = this.#write(type, content, travel);
    return { wamid: message.id, said: this.#post([message], travel) };
  }

  /** Several texts in one POST. */
  async saysAtOnce(texts: string[], travel: Travel = {}): Promise<Said[]> {
    const messages = texts.map((body) => this.#write('text', { body }, travel));
    const said = await this.#post(messages, travel);
    return messages.map((message) => ({ ...said, wamid: message.id }));
  }

  /** Moves to another number: WhatsApp tells the business by a system message, and the user id changes with it. */
  async changesNumber(phone: string): Promise<Delivery> {
    const before = this.identity;
    if (this.#waId) {
      this.#waId = phone;
      this.#line = lineOf(phone);
      this.phone = phone;
    }
    this.#userId = userIdOf(phone);
    this.#network.personChanged(this);
    const after = this.identity;
    const knownByNumber = before.waId && after.waId;
    const message: WebhookMessage = {
      ...(knownByNumber && { from: before.waId }),
      id: newWamid(before.waId ?? before.userId),
      timestamp: seconds(new Date()),
      type: 'system',
      system: {
        body: knownByNumber
          ? `${this.name} changed from ${before.waId} to ${after.waId}`
          : `User ${this.name} changed their user id`,
        type: knownByNumber ? 'user_changed_number' : 'user_changed_user_id',
        ...(knownByNumber && { wa_id: after.waId }),
        user_id: after.userId,
        previous_user_id: before.userId,
      },
    };
    return this.#network.tell(systemValue(message), `${this.name} has a new number`).taken;
  }

  /** Takes in what WhatsApp accepted for this person. The statuses follow, by the person's habits or as given. */
  takes(
    request: Record<string, unknown>,
    options: { statuses: StatusStep[] | undefined; sentToUserId: boolean },
  ): { message: ChatMessage; statuses: Promise<void> } {
    const message: ChatMessage = {
      wamid: newWamid(this.id),
      from: 'business',
      at: new Date().toISOString(),
      type: String(request.type ?? 'text'),
      text: messageText({ type: 'text', ...request }),
      state: 'pending',
      content: request,
    };
    const replyTo = (request.context as { message_id?: unknown } | undefined)?.message_id;
    if (typeof replyTo === 'string') message.replyTo = replyTo;
    this.chat.push(message);
    if (options.sentToUserId) this.#sentToUserId.add(message.wamid);
    this.typingUntil = undefined;
    this.#network.messageChanged(this, message);
    const statuses = options.statuses ? this.#play(message, options.statuses) : this.#carry(message);
    this.#network.keepTrack(statuses);
    return { message, statuses };
  }

  /** A business' reaction to a message of this chat. */
  takesReaction(request: Record<string, unknown>, target: ChatMessage, emoji: string): ChatMessage {
    if (emoji) target.reaction = emoji;
    else delete target.reaction;
    this.#network.messageChanged(this, target);
    const reaction: ChatMessage = { ...target, wamid: newWamid(this.id), content: request, type: 'reaction' };
    this.#network.keepTrack(this.status(reaction, 'sent'));
    return reaction;
  }

  /** Puts the phone on or off the net; what waited arrives. */
  async goesOnline(online = true): Promise<void> {
    this.online = online;
    this.#network.personChanged(this);
    if (!online) return;
    await Promise.all(this.#fromBusiness('sent').map((message) => this.#arrive(message)));
  }

  /** Opens the chat and reads what is there; resolves when the product has answered the statuses. */
  async reads(): Promise<void> {
    if (!this.readReceipts) return;
    await Promise.all(this.#fromBusiness('delivered').map((message) => this.status(message, 'read')));
  }

  /** Changes the person's habits. */
  is(habits: Partial<Pick<SimulatedPerson, 'blocked' | 'readReceipts' | 'reading' | 'showsNumber'>>): void {
    Object.assign(this, habits);
    this.#network.personChanged(this);
    if (habits.reading) this.#network.keepTrack(this.reads());
  }

  /** The business has read up to this message of the customer. */
  isReadUpTo(wamid: string): void {
    const last = this.chat.findIndex((message) => message.wamid === wamid);
    for (const message of this.chat.slice(0, last + 1)) {
      if (message.from !== 'customer' || message.state === 'read') continue;
      message.state = 'read';
      this.#network.messageChanged(this, message);
    }
  }

  seesTyping(): void {
    this.typingUntil = new Date(Date.now() + 25_000).toISOString();
    this.#network.personChanged(this);
  }

  /** Tells the product a status of a message, after those before it; resolves with the product's first answer. */
  status(message: ChatMessage, step: StatusStep): Promise<Delivery> {
    const [name, code] = step.split(':') as [StatusName, string | undefined];
    const before = this.#lastStatus.get(message.wamid) ?? Promise.resolve();
    const told = before.then(async () => {
      await this.#network.pace();
      this.#advance(message, name, code === undefined ? undefined : Number(code));
      return this.#network.tell(this.#statusValue(message, name), `${name}: “${message.text}”`).firstAnswer;
    });
    this.#lastStatus.set(message.wamid, told);
    return told;
  }

  #write<Type extends CustomerMessageType>(
    type: Type,
    content: CustomerContents[Type],
    travel: Travel,
  ): WebhookMessage {
    const at = travel.at ?? new Date(Date.now() - (travel.hoursAgo ?? 0) * 3_600_000);
    const context = this.#context(travel);
    const message: WebhookMessage = {
      ...sender(this.identity),
      id: newWamid(this.id),
      timestamp: seconds(at),
      type,
      ...(context && { context }),
      ...webhookFields(type, content),
    };
    if (type === 'reaction') {
      this.#react(message.reaction as { message_id: string; emoji?: string });
      return message;
    }
    // Only what a person says opens the window; reactions are not documented to.
    this.#lastWroteAt = Math.max(this.#lastWroteAt, at.getTime());
    const bubble: ChatMessage = {
      wamid: message.id,
      from: 'customer',
      at: at.toISOString(),
      type,
      text: messageText(message),
      state: 'pending',
      content: message,
      ...(travel.replyTo && { replyTo: travel.replyTo }),
    };
    this.chat.push(bubble);
    this.#network.messageChanged(this, bubble);
    this.#network.personChanged(this);
    return message;
  }

  async #post(messages: WebhookMessage[], travel: Travel): Promise<Said> {
    const label = `${this.name}: ${messages.length === 1 ? messageText(messages[0] ?? {}) : `${messages.length} messages`}`;
    const sent = this.#network.post(this.#messagesValue(messages), label, travel);
    if (travel.inAnotherBody) {
      sent.push(
        this.#network.tell(this.#messagesValue([...messages, ...messages]), `${label} (again, twice in one body)`),
      );
    }
    const deliveries = await Promise.all(sent.map(({ taken }) => taken));
    for (const { id } of messages) this.#isTaken(id, deliveries);
    const last = deliveries[0]?.attempts.at(-1);
    return { wamid: messages[0]?.id ?? '', answer: last?.answer, deliveries };
  }

  #isTaken(wamid: string, deliveries: Delivery[]): void {
    const bubble = this.chat.find((message) => message.wamid === wamid);
    if (bubble?.state !== 'pending' || deliveries.every(({ state }) => state !== 'taken')) return;
    bubble.state = 'delivered';
    this.#network.messageChanged(this, bubble);
  }

  #messagesValue(messages: WebhookMessage[]): Record<string, unknown> {
    return messagesValue(
      messages.map(() => this.identity),
      messages,
    );
  }

  #context({ replyTo, forwarded }: Travel): Record<string, unknown> | undefined {
    if (forwarded) return { forwarded: true };
    if (!replyTo) return undefined;
    return { ...(this.identity.waId && { from: this.identity.waId }), id: replyTo };
  }

  #react({ message_id, emoji }: { message_id: string; emoji?: string }): void {
    const target = this.chat.find((message) => message.wamid === message_id);
    if (!target) return;
    if (emoji) target.reaction = emoji;
    else delete target.reaction;
    this.#network.messageChanged(this, target);
  }

  async #play(message: ChatMessage, steps: StatusStep[]): Promise<void> {
    for (const step of steps) await this.status(message, step);
  }

  async #carry(message: ChatMessage): Promise<void> {
    await this.status(message, 'sent');
    await this.#arrive(message);
  }

  /** A chat on the screen skips `delivered`: Meta lets `read` imply it. */
  async #arrive(message: ChatMessage): Promise<void> {
    if (this.blocked) {
      message.blocked = true;
      this.#network.messageChanged(this, message);
    }
    if (message.blocked || !this.online) return;
    await this.status(message, this.reading && this.readReceipts ? 'read' : 'delivered');
  }

  #advance(message: ChatMessage, name: StatusName, code: number | undefined): void {
    const rank = ['pending', 'sent', 'delivered', 'read'];
    const next = name === 'played' ? 'read' : name;
    if (next === 'failed') {
      message.errorCode = code ?? 131000;
      if (rank.indexOf(message.state) < 2) message.state = 'failed';
    } else if (message.state === 'failed' || rank.indexOf(next) > rank.indexOf(message.state)) {
      message.state = next;
    }
    this.#network.messageChanged(this, message);
  }

  /** Meta prices `sent` and one of the two that follow. */
  #statusValue(message: ChatMessage, name: StatusName): Record<string, unknown> {
    const callbackData = message.content.biz_opaque_callback_data;
    const arrived = name === 'delivered' || name === 'read';
    const priced = name === 'sent' || (arrived && !this.#priced.has(message.wamid));
    if (arrived) this.#priced.add(message.wamid);
    return statusValue(this.identity, {
      wamid: message.wamid,
      name,
      at: new Date(),
      priced,
      sentToUserId: this.#sentToUserId.has(message.wamid),
      callbackData: typeof callbackData === 'string' ? callbackData : undefined,
      errorCode: message.errorCode,
    });
  }

  #fromBusiness(state: ChatMessage['state']): ChatMessage[] {
    return this.chat.filter((message) => message.from === 'business' && message.state === state);
  }

  #remember(item: HistoryItem, from: Date): void {
    const { wamid = newWamid(this.id), refersTo } = item;
    const target = this.chat.find((message) => message.wamid === refersTo?.extMessageId);
    if (refersTo?.kind === 'REACTION') {
      if (target && refersTo.text) target.reaction = refersTo.text;
      return;
    }
    const at = new Date(from.getTime() - item.minutesAgo * 60_000);
    if (item.from === 'customer') this.#lastWroteAt = Math.max(this.#lastWroteAt, at.getTime());
    this.chat.push({
      wamid,
      from: item.from === 'customer' ? 'customer' : 'business',
      at: at.toISOString(),
      type: 'text',
      text: item.text,
      state: item.from === 'customer' ? 'delivered' : 'read',
      content: { text: { body: item.text } },
      ...(target && { replyTo: target.wamid }),
    });
  }
}
