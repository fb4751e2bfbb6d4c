import type { FastifyInstance } from 'fastify';
import { AppendOverdue, AppendOverloaded } from '../comms/append.ts';
import type { AppContext } from '../context.ts';
import { isDatabaseUnavailable } from '../db/database.ts';
import { answerProblem } from '../ops/problem-details.ts';
import { isSameSecret } from '../ops/same-secret.ts';
import { readPayload } from './payload.ts';
import { isSigned } from './signature.ts';

const PATH = '/api/crm/whatsapp/webhook';
/** Meta's bodies have at most 3 MB ("Webhooks", developers.facebook.com). */
const LONGEST_BODY = 4 * 1024 * 1024;
/** Meta tries again when it isn't told 200; that is better than to let it wait. */
const ANSWER_WITHIN_MS = 3_000;

/** Meta's door: its verification of the address, and its events. */
export async function registerWebhook(fastify: FastifyInstance, app: AppContext): Promise<void> {
  const { verifyToken, appSecrets } = app.config.whatsapp;

  await fastify.register(async (routes) => {
    // A logger for each request costs more than to read it, and hardly one has something to say.
    routes.setChildLoggerFactory((logger) => logger);
    routes.removeAllContentTypeParsers();
    // Whatever it calls itself, or fails to: its bytes are what is signed.
    routes.addHook('onRequest', ({ raw }, _reply, done) => {
      raw.headers['content-type'] = 'application/octet-stream';
      done();
    });
    routes.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LONGEST_BODY }, (_request, body, done) =>
      done(null, body),
    );

    routes.get<{ Querystring: Record<string, unknown> }>(PATH, async ({ query }, reply) => {
      const { 'hub.mode': mode, 'hub.challenge': challenge, 'hub.verify_token': token } = query;
      const isMeta = mode === 'subscribe' && typeof token === 'string' && isSameSecret(token, verifyToken);
      if (!isMeta || typeof challenge !== 'string') {
        return answerProblem(reply, { status: 403, detail: 'The verify token is not that of WHATSAPP_VERIFY_TOKEN.' });
      }
      return reply.type('text/plain').header('cache-control', 'no-store').send(challenge);
    });

    routes.post(PATH, { bodyLimit: LONGEST_BODY }, async (request, reply) => {
      const began = performance.now();
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = request.headers['x-hub-signature-256'];
      if (appSecrets.length > 0 && !isSigned(bytes, signature?.toString(), appSecrets)) {
        return answerProblem(reply, { status: 401, detail: 'The signature is not by WHATSAPP_APP_SECRET.' });
      }
      const { items, problems } = readPayload(bytes);
      if (problems.length > 0) request.log.warn({ problems }, 'parts of a webhook made no sense; they are kept');
      try {
        const body = { bytes, problems };
        const appended = await app.append.append({ items, body, withinMs: ANSWER_WITHIN_MS });
        const reasons = appended.problems.map(({ reason }) => reason);
        if (reasons.length > 0) request.log.warn({ reasons }, 'parts of a webhook could not be stored; they are kept');
      } catch (error) {
        if (!isPassing(error)) throw error;
        request.log.warn({ err: error }, 'a webhook could not be kept; Meta will send it again');
        return answerProblem(reply, { status: 503, detail: 'Send it again in a moment.', retryAfter: 5 });
      }
      app.metrics.webhookAckSeconds.observe((performance.now() - began) / 1000);
      return reply.code(200).type('text/plain').send('');
    });

    // Who is still writing a body that is too long reads the answer only when it is through with it.
    routes.addHook('onError', async ({ raw }, reply, error) => {
      if ('statusCode' in error && error.statusCode === 413) {
        reply.removeHeader('connection');
        raw.resume();
      }
    });

    routes.addHook('onResponse', (request, reply, done) => {
      if (request.method === 'POST') app.metrics.webhookAnswers.inc({ code: reply.statusCode });
      done();
    });
  });
}

function isPassing(error: unknown): boolean {
  return error instanceof AppendOverdue || error instanceof AppendOverloaded || isDatabaseUnavailable(error);
}
