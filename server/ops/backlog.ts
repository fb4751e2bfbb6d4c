import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import { type Feed, readBehind } from '../comms/feed.ts';
import { outboxByState } from '../comms/outbox.ts';
import type { Database } from '../db/database.ts';

const ANSWER_WITHIN_MS = 1_500;

/**
 * What waits, as only the database knows. Whoever collects the figures is answered also while it doesn't: then these
 * are left out, since an old one would look like one of now.
 */
export function createBacklog(registers: Registry[], { database, feed }: { database: Database; feed: Feed }) {
  const feedLag = new Gauge({
    name: 'feed_lag_steps',
    help: 'Steps of the feed that this process has not told yet.',
    registers,
  });
  const feedLagSeconds = new Gauge({
    name: 'feed_lag_seconds',
    help: 'Age of the oldest step of the feed that this process has not told yet.',
    registers,
  });
  const outbox = new Gauge({
    name: 'outbox_messages',
    help: 'Messages to be sent, by state.',
    labelNames: ['state'],
    registers,
  });
  const outboxSeconds = new Gauge({
    name: 'outbox_oldest_message_seconds',
    help: 'Age of the oldest message to be sent, by state.',
    labelNames: ['state'],
    registers,
  });

  return {
    async read(): Promise<void> {
      const db = database.kysely;
      const reading = Promise.all([readBehind(db, feed.tail), outboxByState(db)]).catch(() => undefined);
      const found = await Promise.race([reading, wait(ANSWER_WITHIN_MS, undefined, { ref: false })]);
      for (const gauge of [feedLag, feedLagSeconds]) gauge.remove();
      for (const gauge of [outbox, outboxSeconds]) gauge.reset();
      if (!found) return;
      const [behind, states] = found;
      feedLag.set(behind.steps);
      feedLagSeconds.set(behind.seconds);
      for (const { state, count, oldestSeconds } of states) {
        outbox.set({ state }, count);
        outboxSeconds.set({ state }, oldestSeconds);
      }
    },
  };
}
