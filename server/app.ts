import type { Server } from 'node:http';
import type { Socket } from 'node:net';
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
import { answerClientError, answerProblem, registerProblems } from './ops/problem-details.ts';
import { registerSendRoute } from './whatsapp/send-route.ts';
import { registerWebhook } from './whatsapp/webhook.ts';

/** How long a stop lets requests finish. */
const FINISH_REQUESTS_MS = 10_000;

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
    clientErrorHandler: answerClientError,
  }) as unknown as FastifyInstance;

  registerProblems(app);
  logRequests(app);
  registerMetrics(app, context.metrics, config);
  registerHealth(app, { isReady });
  refuseForeignOrigins(app, config);
  await registerAuth(app, context.auth, config);
  await registerWebhook(app, context);
  await registerSendRoute(app, context);
  const schema = createSchema();
  await registerGraphQLOverHttp(app, context, schema);
  const subscriptions = serveSubscriptions(app.server, context, schema);
  const endSilent = silentConnections(app.server);
  app.addHook('preClose', async () => {
    endSilent();
    setTimeout(() => app.server.closeAllConnections(), FINISH_REQUESTS_MS).unref();
    await subscriptions.close();
  });
  await registerClientFiles(app);
  return app;
}

/** Ends the connections that never asked for anything, as browsers open them in advance: a stop would wait for them. */
function silentConnections(server: Server): () => void {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  server.on('upgrade', ({ socket }) => silent.delete(socket));
  return () => {
    for (const socket of silent) socket.destroy();
  };
}
