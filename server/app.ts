import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerAuth } from './auth/auth-routes.ts';
import { refuseForeignOrigins } from './auth/origin.ts';
import { registerClientFiles } from './client-files.ts';
import type { AppContext } from './context.ts';
import { registerGraphQLOverHttp } from './graphql/http.ts';
import { createSchema } from './graphql/schema.ts';
import { serveSubscriptions } from './graphql/websocket.ts';
import { type Readiness, registerHealth } from './ops/health.ts';
import { logRequests } from './ops/logging.ts';
import { registerMetrics } from './ops/metrics.ts';
import { answerProblem, registerProblems } from './ops/problem-details.ts';
import { registerWebhook } from './whatsapp/webhook.ts';

/** Every door of the program, built but not listening. */
export async function buildApp(context: AppContext, isReady: () => Promise<Readiness>): Promise<FastifyInstance> {
  const { config, log } = context;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustedProxies,
    forceCloseConnections: 'idle',
    // A slow body is cut off only by these.
    requestTimeout: 15_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    frameworkErrors: (_error, _request, reply) =>
      answerProblem(reply, { status: 400, detail: 'This address can’t be read.' }),
  }) as unknown as FastifyInstance;

  registerProblems(app);
  logRequests(app);
  registerMetrics(app, context.metrics, config);
  registerHealth(app, { isReady });
  refuseForeignOrigins(app, config);
  await registerAuth(app, context.auth, config);
  await registerWebhook(app, context);
  const schema = createSchema();
  await registerGraphQLOverHttp(app, context, schema);
  const subscriptions = serveSubscriptions(app.server, context, schema);
  app.addHook('preClose', () => subscriptions.close());
  await registerClientFiles(app);
  return app;
}
