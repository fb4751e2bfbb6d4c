import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Append } from '../comms/append.ts';
import type { Feed } from '../comms/feed.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { createBacklog } from './backlog.ts';
import { answerProblem } from './problem-details.ts';
import { isSameSecret } from './same-secret.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Every figure that the program keeps, by the name under which others add to it; what can be asked, is asked. How late
 * the event loop is stands among the library's own, as `nodejs_eventloop_lag_…`.
 */
export function createMetrics({ append, feed, database }: { append: Append; feed: Feed; database: Database }) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'http_answer_seconds',
      help: 'Time until an HTTP answer, by route and status code.',
      labelNames: ['method', 'route', 'code'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    webhookAnswers: new Counter({
      name: 'webhook_answers_total',
      help: 'Answers to Meta, by status code.',
      labelNames: ['code'],
      registers,
    }),
    webhookAckSeconds: new Histogram({
      name: 'webhook_ack_seconds',
      help: 'Time from a webhook with its whole body to its answer.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    appendBatchSize: new Histogram({
      name: 'append_batch_size',
      help: 'Items written by one append.',
      buckets: [1, 2, 5, 10, 50, 100, 500, 1000],
      registers,
    }),
    appendWaiting: new Gauge({
      name: 'append_waiting_items',
      help: 'Items that wait to be written.',
      registers,
      collect() {
        this.set(append.waiting);
      },
    }),
    feedHead: new Gauge({
      name: 'feed_head',
      help: 'The newest feed position that this process has told.',
      registers,
      collect() {
        this.set(feed.tail);
      },
    }),
    poolConnections: new Gauge({
      name: 'database_pool_connections',
      help: 'Open connections to the database, by whether they have work.',
      labelNames: ['state'],
      registers,
      collect() {
        const { totalCount, idleCount } = database.pool;
        this.set({ state: 'idle' }, idleCount);
        this.set({ state: 'busy' }, totalCount - idleCount);
      },
    }),
    poolWaiting: new Gauge({
      name: 'database_pool_waiting_requests',
      help: 'What waits for a connection to the database.',
      registers,
      collect() {
        this.set(database.pool.waitingCount);
      },
    }),
    backlog: createBacklog(registers, { database, feed }),
    subscribers: new Gauge({ name: 'subscribers', help: 'Subscriptions that are open.', registers }),
    resumes: new Counter({
      name: 'subscription_resumes_total',
      help: 'Subscriptions that began with after.',
      registers,
    }),
    resyncs: new Counter({
      name: 'subscription_resyncs_total',
      help: 'Subscriptions that were told to read their lists again.',
      registers,
    }),
  };
}

export function registerMetrics(app: FastifyInstance, metrics: Metrics, config: Config): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.httpSeconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', code: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });

  app.get('/metrics', async (request, reply) => {
    if (config.metricsToken !== undefined && !isBearer(request.headers.authorization, config.metricsToken)) {
      reply.header('www-authenticate', 'Bearer');
      return answerProblem(reply, { status: 401, detail: 'Send METRICS_TOKEN as a bearer token.' });
    }
    await metrics.backlog.read();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

function isBearer(header: string | undefined, token: string): boolean {
  return isSameSecret(/^bearer +(.+)$/i.exec(header ?? '')?.[1] ?? '', token);
}
