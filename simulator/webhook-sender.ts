import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** One POST to the product, with every attempt at it. Only the answer 200 ends it. */
export type Delivery = {
  id: string;
  /** What it is about, for people. */
  label: string;
  body: string;
  /** `held`: waits for another to go first. `waiting`: for its next attempt. */
  state: 'held' | 'sending' | 'waiting' | 'taken' | 'given up';
  attempts: Attempt[];
  nextAttemptAt?: string;
};

export type Attempt = { at: string; took: number; signed: 'right' | 'wrong'; answer?: number; problem?: string };

/** Both resolve and never reject; with the simulator's end, whatever the state. */
export type Sent = { delivery: Delivery; firstAnswer: Promise<Delivery>; taken: Promise<Delivery> };

/**
 * Posts webhooks as Meta does: signed over the bytes, side by side, again and again until the answer is 200, less
 * and less often. Kept in memory only.
 */
export class WebhookSender {
  #url: string | undefined;
  readonly #appSecret: string;
  readonly #retryDelay: (attempts: number) => number;
  readonly #onChange: (delivery: Delivery) => void;
  readonly #ended = new AbortController();
  #hurry = new AbortController();
  readonly #open = new Set<Promise<void>>();

  constructor(options: {
    url: string | undefined;
    appSecret: string;
    retryDelay: (attempts: number) => number;
    onChange: (delivery: Delivery) => void;
  }) {
    this.#url = options.url;
    this.#appSecret = options.appSecret;
    this.#retryDelay = options.retryDelay;
    this.#onChange = options.onChange;
  }

  get url(): string | undefined {
    return this.#url;
  }

  /** What waits for its next attempt is tried at once. */
  set url(url: string | undefined) {
    this.#url = url;
    this.#hurry.abort();
    this.#hurry = new AbortController();
  }

  /** How many deliveries are not taken yet. */
  get open(): number {
    return this.#open.size;
  }

  send(body: string, label: string, options: { wrongSignatureFirst?: boolean; after?: Promise<unknown> } = {}): Sent {
    const state = options.after ? 'held' : 'sending';
    const delivery: Delivery = { id: randomUUID(), label, body, state, attempts: [] };
    this.#onChange(delivery);
    const first = Promise.withResolvers<Delivery>();
    const go = () => this.#deliver(delivery, options.wrongSignatureFirst ?? false, () => first.resolve(delivery));
    const taken = options.after ? options.after.then(go) : go();
    this.#open.add(taken);
    return {
      delivery,
      firstAnswer: first.promise,
      taken: taken.then(() => {
        this.#open.delete(taken);
        this.#onChange(delivery);
        return delivery;
      }),
    };
  }

  /** Ends every attempt and every wait. */
  async end(): Promise<void> {
    this.#ended.abort();
    await Promise.all(this.#open);
  }

  async #deliver(delivery: Delivery, wrongSignatureFirst: boolean, answered: () => void): Promise<void> {
    while (true) {
      delivery.state = 'sending';
      delete delivery.nextAttemptAt;
      this.#onChange(delivery);
      const signWrong = wrongSignatureFirst && delivery.attempts.length === 0;
      const attempt = await this.#attempt(delivery.body, signWrong ? 'wrong' : 'right');
      delivery.attempts.push(attempt);
      if (attempt.answer === 200) {
        delivery.state = 'taken';
        answered();
        return;
      }
      const wait = this.#retryDelay(delivery.attempts.length);
      delivery.state = 'waiting';
      delivery.nextAttemptAt = new Date(Date.now() + wait).toISOString();
      this.#onChange(delivery);
      answered();
      await pause(wait, undefined, { signal: AbortSignal.any([this.#hurry.signal, this.#ended.signal]) }).catch(
        ifAborted,
      );
      if (this.#ended.signal.aborted) {
        delivery.state = 'given up';
        return;
      }
    }
  }

  async #attempt(body: string, signed: 'right' | 'wrong'): Promise<Attempt> {
    const at = new Date().toISOString();
    const start = performance.now();
    const ending = (outcome: { answer: number } | { problem: string }): Attempt => ({
      at,
      took: Math.round(performance.now() - start),
      signed,
      ...outcome,
    });
    if (this.#url === undefined) return ending({ problem: 'no webhook address is set' });
    try {
      const answer = await fetch(this.#url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'facebookexternalua',
          'X-Hub-Signature-256': signature(body, signed === 'right' ? this.#appSecret : `not ${this.#appSecret}`),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(10_000), this.#ended.signal]),
      });
      await answer.arrayBuffer();
      return ending({ answer: answer.status });
    } catch (error) {
      return ending({ problem: problemOf(error) });
    }
  }
}

/** The value of `X-Hub-Signature-256`. */
function signature(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body, 'utf8').digest('hex')}`;
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer within 10 s';
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}

function ifAborted(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
