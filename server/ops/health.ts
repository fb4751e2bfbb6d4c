import type { FastifyInstance } from 'fastify';

/** Migrations are done by whoever listens. */
export type Readiness = { database: boolean; stopping: boolean };

/** The process is up; and whether it can serve, with the reason where it can't. */
export function registerHealth(app: FastifyInstance, { isReady }: { isReady: () => Promise<Readiness> }): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'up' }));

  app.get('/readyz', async (_request, reply) => {
    const readiness = await isReady();
    const ready = readiness.database && !readiness.stopping;
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not ready', ...readiness });
  });
}
