import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ChatMessage } from './chat-message.ts';
import { stringifyAsMeta } from './escaped-json.ts';
import { makeUpPerson, type Person } from './people.ts';
import { callingCodeOf, readDialled } from './phone-lines.ts';
import { type Network, type PersonOptions, SimulatedPerson, type StatusStep, type Travel } from './simulated-person.ts';
import { TokenBucket } from './token-bucket.ts';
import { type Business, envelope } from './webhook-body.ts';
import { type Delivery, type Sent, WebhookSender } from './webhook-sender.ts';

const answerSchema = z.union([z.number().int(), z.enum(['accept', 'server-error', 'html', 'empty', 'hang', 'drop'])]);
const stepSchema = z.custom<StatusStep>(
  (step) => typeof step === 'string' && /^(sent|delivered|read|played|failed(:\d+)?)$/.test(step),
  'sent, delivered, read, played, failed or failed:CODE',
);

/**
 * How the Graph API answers a well-formed send: a number is Meta's code, refused; `server-error` is a 500 in HTML,
 * refused. All others accept the message, whatever the rules say, and differ in what the caller learns: `html` and
 * `empty` come with 200, `hang` never answers, `drop` cuts the connection.
 */
export const plannedAnswerSchema = z.object({
  answer: answerSchema.default('accept'),
  /** In this order; without, as the person's phone has it. `[]`: no news at all. */
  statuses: z.array(stepSchema).optional(),
  /** The product hears the statuses before it gets its answer. */
  statusesFirst: z.boolean().default(false),
  /** Only for sends to this number or user id. */
  to: z.string().optional(),
});

export type PlannedAnswer = z.infer<typeof plannedAnswerSchema>;
export type NextAnswer = z.infer<typeof answerSchema> | z.input<typeof plannedAnswerSchema>;

/** Meta's limits, and where each is told: in the answer at once, by a failed status later, or not at all. */
export type Rules = {
  window: 'answer' | 'status' | 'off';
  unknownNumbers: 'answer' | 'status';
  pairLimit: boolean;
  sendsPerSecond: number;
};

/** One POST to `messages`. */
export type Call = {
  at: string;
  version: string;
  kind: 'message' | 'read';
  /** `to` or `recipient`, as it was given. */
  to: string | undefined;
  /** The number or user id that WhatsApp read it as. */
  readAs: string | undefined;
  body: Record<string, unknown>;
  /** The HTTP status, or how it was withheld. */
  answer: number | 'hang' | 'drop';
  /** Meta's error code. */
  code: number | undefined;
  /** Set where WhatsApp accepted the message, whatever it answered. */
  wamid: string | undefined;
};

export type Change =
  | { kind: 'person'; person: SimulatedPerson }
  | { kind: 'message'; person: SimulatedPerson; message: ChatMessage }
  | { kind: 'delivery'; delivery: Delivery }
  | { kind: 'call'; call: Call }
  | { kind: 'answers' }
  | { kind: 'rest' };

export type WhatsAppOptions = Business & {
  webhookUrl: string | undefined;
  appSecret: string;
  accessToken: string;
  verifyToken: string;
  people?: Person[];
  /** When the history of the people is counted back from. */
  historyFrom?: Date;
  rules?: Partial<Rules>;
  /** Milliseconds until the next attempt at a webhook. */
  retryDelay?: (attempts: number) => number;
  /** Milliseconds between two statuses of a message. */
  statusDelay?: number;
};

/** WhatsApp between the phones of its people and one business: the part that has no HTTP of its own. */
export class WhatsApp {
  readonly business: Business;
  readonly verifyToken: string;
  readonly people: SimulatedPerson[] = [];
  readonly calls: Call[] = [];
  readonly rules: Rules;
  accessToken: string;
  readonly #webhooks: WebhookSender;
  readonly #network: Network;
  readonly #historyFrom: Date;
  readonly #deliveries = new Set<Delivery>();
  readonly #planned: PlannedAnswer[] = [];
  readonly #pairs = new Map<SimulatedPerson, TokenBucket>();
  readonly #throughput: TokenBucket;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #work = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();
  #held: (() => void)[] = [];

  constructor(options: WhatsAppOptions) {
    const { wabaId, phoneNumberId, displayPhoneNumber } = options;
    this.business = { wabaId, phoneNumberId, displayPhoneNumber };
    this.verifyToken = options.verifyToken;
    this.accessToken = options.accessToken;
    this.rules = { window: 'status', unknownNumbers: 'answer', pairLimit: true, sendsPerSecond: 80, ...options.rules };
    this.#throughput = new TokenBucket(this.rules.sendsPerSecond, this.rules.sendsPerSecond);
    this.#historyFrom = options.historyFrom ?? new Date();
    this.#webhooks = new WebhookSender({
      url: options.webhookUrl,
      appSecret: options.appSecret,
      retryDelay: options.retryDelay ?? ((attempts) => Math.min(1000 * 2 ** (attempts - 1), 15_000)),
      onChange: (delivery) => this.#changed({ kind: 'delivery', delivery }),
    });
    this.#network = {
      post: (value, label, travel) => this.#post(value, label, travel),
      tell: (value, label) => this.#webhooks.send(this.#body(value), label),
      pace: () => this.#pause(options.statusDelay ?? 0),
      personChanged: (person) => this.#changed({ kind: 'person', person }),
      messageChanged: (person, message) => this.#changed({ kind: 'message', person, message }),
      keepTrack: (work) => this.#keepTrack(work),
    };
    for (const person of options.people ?? []) this.addPerson(person);
  }

  get webhookUrl(): string | undefined {
    return this.#webhooks.url;
  }

  set webhookUrl(url: string | undefined) {
    this.#webhooks.url = url;
  }

  /** The person with this number (digits or any usual form) or user id, made up where there is none. */
  person(phoneOrUserId: string): SimulatedPerson {
    const found = this.find(phoneOrUserId);
    if (found) return found;
    if (phoneOrUserId.includes('.'))
      return this.addPerson({ ...makeUpPerson(), phone: undefined, userId: phoneOrUserId });
    return this.addPerson({ ...makeUpPerson(), phone: phoneOrUserId.replace(/\D/g, '') });
  }

  find(phoneOrUserId: string): SimulatedPerson | undefined {
    const digits = phoneOrUserId.replace(/\D/g, '');
    const isNumber = !phoneOrUserId.includes('.');
    return (
      this.people.find((person) => person.userId === phoneOrUserId || (isNumber && person.hasNumber(digits))) ??
      this.people.find(({ id }) => id === phoneOrUserId)
    );
  }

  addPerson(person: Person = makeUpPerson(), options: PersonOptions = {}): SimulatedPerson {
    const added = new SimulatedPerson(person, this.#network, { ...options, historyFrom: this.#historyFrom });
    this.people.push(added);
    this.#changed({ kind: 'person', person: added });
    return added;
  }

  /**
   * Whom a send reaches. A number without a plus is local to the business' country; whoever has the number that comes
   * of it gets the message, which is how a message goes to a stranger.
   */
  recipientOf(request: { to?: string; recipient?: string }): { person: SimulatedPerson | undefined; readAs: string } {
    if (request.to === undefined) {
      const readAs = request.recipient ?? '';
      return { person: this.people.find(({ userId }) => userId === readAs), readAs };
    }
    const countryCode = callingCodeOf(this.business.displayPhoneNumber.replace(/\D/g, ''));
    const { digits, local } = readDialled(request.to, countryCode);
    const person = this.people.find((candidate) => candidate.hasNumber(digits));
    const stranger =
      local && !person ? this.addPerson({ name: 'A stranger', phone: digits }, { stranger: true }) : undefined;
    return { person: person ?? stranger, readAs: digits };
  }

  /** What WhatsApp accepted for this number or user id, oldest first. */
  received(phoneOrUserId: string): ChatMessage[] {
    return this.find(phoneOrUserId)?.chat.filter(({ from }) => from === 'business') ?? [];
  }

  findMessage(wamid: string): { person: SimulatedPerson; message: ChatMessage } | undefined {
    for (const person of this.people) {
      const message = person.chat.find((candidate) => candidate.wamid === wamid);
      if (message) return { person, message };
    }
    return undefined;
  }

  /** Posts any body, signed, until the product answers 200. */
  deliver(body: unknown, options: { wrongSignatureFirst?: boolean } = {}): Promise<Delivery> {
    const text = typeof body === 'string' ? body : stringifyAsMeta(body);
    return this.#webhooks.send(text, 'A body made by hand', options).taken;
  }

  /** Posts the same bytes once more. */
  deliverAgain(delivery: Delivery): Promise<Delivery> {
    return this.#webhooks.send(delivery.body, `${delivery.label} (again)`).taken;
  }

  /** Tells the product a status of a message it sent. */
  async sendStatus(wamid: string, step: StatusStep): Promise<Delivery> {
    const found = this.findMessage(wamid);
    if (!found) throw new Error(`no message ${wamid}`);
    return found.person.status(found.message, step);
  }

  /** Plans the answers to the next well-formed sends, one each, in order. */
  nextAnswers(...answers: NextAnswer[]): void {
    for (const answer of answers) {
      this.#planned.push(plannedAnswerSchema.parse(typeof answer === 'object' ? answer : { answer }));
    }
    this.#changed({ kind: 'answers' });
  }

  /** Every POST to the product, oldest first. */
  get deliveries(): Delivery[] {
    return [...this.#deliveries];
  }

  get plannedAnswers(): readonly PlannedAnswer[] {
    return this.#planned;
  }

  forgetPlannedAnswers(): void {
    this.#planned.length = 0;
    this.#changed({ kind: 'answers' });
  }

  /** The plan for a send to this person, used up with it. */
  takePlannedAnswer(recipient: SimulatedPerson | undefined): PlannedAnswer | undefined {
    const index = this.#planned.findIndex(({ to }) => to === undefined || this.find(to) === recipient);
    if (index < 0) return undefined;
    const [planned] = this.#planned.splice(index, 1);
    this.#changed({ kind: 'answers' });
    return planned;
  }

  /** Whether the limits let a message to this person through: Meta's code where not. */
  limitReached(person: SimulatedPerson): 130429 | 131056 | undefined {
    if (!this.#throughput.take()) return 130429;
    if (!this.rules.pairLimit) return undefined;
    const pair = this.#pairs.get(person) ?? new TokenBucket(1 / 6, 45);
    this.#pairs.set(person, pair);
    return pair.take() ? undefined : 131056;
  }

  record(call: Call): void {
    this.calls.push(call);
    this.#changed({ kind: 'call', call });
  }

  /** What Meta does when somebody saves the webhook's address: asks it for the challenge. */
  async verifyWebhook(): Promise<{ verified: boolean; answer: string }> {
    if (this.webhookUrl === undefined) return { verified: false, answer: 'no webhook address is set' };
    const challenge = String(Math.floor(Math.random() * 1e10));
    const url = new URL(this.webhookUrl);
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', challenge);
    url.searchParams.set('hub.verify_token', this.verifyToken);
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
      const verified = answer.status === 200 && (await answer.text()) === challenge;
      return { verified, answer: String(answer.status) };
    } catch (error) {
      return { verified: false, answer: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Calls the listener with each change, until the function that it answers with is called. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves as soon as it is so, looked at after each change. */
  until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.onChange(() => {
      if (!isSo()) return;
      stop();
      resolve();
    });
    return promise;
  }

  /** Resolves when the product has taken everything there was to tell. */
  idle(): Promise<void> {
    return this.until(() => this.#webhooks.open === 0 && this.#work.size === 0 && this.#held.length === 0);
  }

  /** Ends every wait and every attempt. */
  async end(): Promise<void> {
    this.#ended.abort();
    this.#release();
    await this.#webhooks.end();
    await Promise.all(this.#work);
  }

  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  #post(value: Record<string, unknown>, label: string, travel: Travel): Sent[] {
    const body = this.#body(value);
    if (travel.afterNext && this.#held.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#held.push(resolve);
      return [this.#webhooks.send(body, label, { after: promise })];
    }
    const sent = Array.from({ length: travel.copies ?? 1 }, () => this.#webhooks.send(body, label, travel));
    const release = this.#held.length > 0 && sent[0]?.firstAnswer.then(() => this.#release());
    if (release) this.#keepTrack(release);
    return sent;
  }

  #release(): void {
    for (const release of this.#held.splice(0)) release();
  }

  #body(value: Record<string, unknown>): string {
    return stringifyAsMeta(envelope(this.business, [value]));
  }

  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds === 0 || this.ended.aborted) return;
    await pause(milliseconds, undefined, { signal: this.ended }).catch((error: unknown) => {
      if (!this.ended.aborted) throw error;
    });
  }

  #keepTrack(work: Promise<unknown>): void {
    this.#work.add(work);
    void work.finally(() => {
      this.#work.delete(work);
      this.#changed({ kind: 'rest' });
    });
  }

  #changed(change: Change): void {
    if (change.kind === 'delivery') this.#deliveries.add(change.delivery);
    for (const listener of this.#listeners) listener(change);
  }
}
