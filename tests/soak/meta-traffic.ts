import { setTimeout as pause } from 'node:timers/promises';
import { freshNumber, postWebhook, type Said, text, webhook } from '../harness/meta.ts';
import type { TestServer } from '../harness/server.ts';
import type { Chance } from './chance.ts';

/** What customers write. */
export interface MetaTraffic {
  /** The ids of the messages that got their 200. */
  taken: Set<string>;
  /** No more; resolves once all that was begun got its 200. Rejects where an answer was neither 200 nor 503. */
  stop(): Promise<void>;
}

const CLIENTS = 4;
const RETRY_MS = 200;

/** Delivers as Meta does: in batches, some of them twice, some overlapping in another order, each until it gets its 200. */
export function deliverLikeMeta(program: () => TestServer, chance: Chance): MetaTraffic {
  const taken = new Set<string>();
  const people = Array.from({ length: 30 }, freshNumber);
  let stopped = false;
  const delivering = Promise.all(Array.from({ length: CLIENTS }, deliver));
  return {
    taken,
    async stop() {
      stopped = true;
      await delivering;
    },
  };

  async function deliver(): Promise<void> {
    while (!stopped) {
      const batch = Array.from({ length: 1 + chance.below(6) }, () => text(chance.pick(people), 'Hello'));
      const bodies = chance.pick([[batch], [batch], [batch, batch], overlapping(batch)]);
      await Promise.all(bodies.map((body) => postUntilTaken(program, webhook(...body))));
      for (const { message } of batch) taken.add(message.id);
      await pause(chance.below(300));
    }
  }
}

/** Tries again as long as nobody answers, or the answer is to come later. */
export async function postUntilTaken(program: () => TestServer, body: Record<string, unknown>): Promise<void> {
  for (;;) {
    const status = await postWebhook(program(), body).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    if (status !== undefined && status !== 503) throw new Error(`A webhook got ${status}`);
    await pause(RETRY_MS);
  }
}

function overlapping(batch: Said[]): Said[][] {
  const half = Math.ceil(batch.length / 2);
  return [batch, batch.toReversed().slice(0, half), batch.slice(0, half)];
}
