import { freshNumber, postWebhook, text, webhook } from './meta.ts';
import type { TestServer } from './server.ts';

/** Messages that keep coming. */
export interface Load {
  /** The ids of those that got their 200. */
  taken: string[];
  /** How often each other answer was given. */
  refused: Map<number, number>;
  /** Resolves when so many got their 200. */
  reaches(count: number): Promise<void>;
  /** No more; resolves with the ids of those that got their 200. */
  stop(): Promise<string[]>;
}

/** Each client posts one message after the other; each again until it gets its 200, as Meta does. */
export function postLikeMeta(server: () => TestServer, clients: number): Load {
  const taken: string[] = [];
  const refused = new Map<number, number>();
  const waiting: { count: number; resolve(): void }[] = [];
  let stopped = false;
  const posting = Promise.all(Array.from({ length: clients }, client));

  return {
    taken,
    refused,
    reaches: (count) => new Promise((resolve) => waiting.push({ count, resolve })),
    async stop() {
      stopped = true;
      await posting;
      return taken;
    },
  };

  async function client(): Promise<void> {
    const from = freshNumber();
    for (let number = 1; !stopped; number += 1) {
      const message = text(from, `${from} ${number}`);
      while (!(await isTaken(webhook(message)))) if (stopped) return;
      taken.push(message.message.id);
      while (waiting[0] && waiting[0].count <= taken.length) waiting.shift()?.resolve();
    }
  }

  async function isTaken(body: unknown): Promise<boolean> {
    const status = await postWebhook(server(), body).then(
      (response) => response.status,
      // Nobody answers.
      () => 0,
    );
    if (status !== 200) refused.set(status, (refused.get(status) ?? 0) + 1);
    return status === 200;
  }
}
