import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { headersOf } from '../auth/auth-routes.ts';
import type { Entry } from '../comms/entry.ts';
import type { AppContext } from '../context.ts';
import { answerProblem } from '../ops/problem-details.ts';
import { failureOf } from './send-errors.ts';
import { canSend, sendMessage } from './send-message.ts';

/** What a mutation does, for programs that would rather post JSON. */
export async function registerSendRoute(fastify: FastifyInstance, app: AppContext): Promise<void> {
  await fastify.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    // Whatever the type is called: what isn't JSON is told so after it is known who asks.
    routes.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 128 * 1024 }, (_request, body, done) =>
      done(null, body),
    );

    routes.post('/api/crm/whatsapp/send', async (request, reply) => {
      const session = await app.auth.sessionOf(headersOf(request.headers));
      if (!session)
        return answerProblem(reply, { status: 401, detail: 'Sign in first, and send the token as bearer.' });
      if (session.mustChangePassword) {
        return answerProblem(reply, { status: 403, detail: 'Change your one-time password first.' });
      }
      if (!canSend(app)) return answerProblem(reply, notConfigured);
      const json = parse(request.body);
      if (json === undefined) {
        return answerProblem(reply, {
          status: 400,
          detail: 'Send a JSON object with customer_id, to_phone and message.',
        });
      }
      const input = inputSchema.safeParse(json);
      if (!input.success) {
        const field = String(input.error.issues[0]?.path[0] ?? '');
        return answerProblem(reply, { status: 422, detail: `Send ${field} as text.`, field });
      }
      const { customer_id: customerId, to_phone: toPhone, message, reply_to: replyTo } = input.data;
      const key = request.headers['idempotency-key'];
      const idempotencyKey = key === undefined ? undefined : String(key);
      const outcome = await sendMessage(app, { customerId, toPhone, message, replyTo, idempotencyKey }, session.staff);
      switch (outcome) {
        case 'NOT_CONFIGURED':
          return answerProblem(reply, notConfigured);
        case 'NO_CUSTOMER':
          return answerProblem(reply, {
            status: 404,
            detail: 'There is no such customer or unknown sender.',
            field: 'customer_id',
          });
        case 'KEY_CONFLICT':
          return answerProblem(reply, { status: 409, detail: 'This Idempotency-Key was used for another message.' });
        case 'TOO_MANY_QUEUED':
          return answerProblem(reply, { status: 429, detail: 'Too many messages wait to be sent.', retryAfter: 30 });
      }
      if ('problem' in outcome) {
        const { field, message: detail } = outcome.problem;
        return answerProblem(reply, { status: 422, detail, field: fieldNames[field] ?? field });
      }
      return answer(reply, outcome.entry);
    });
  });
}

const inputSchema = z.object({
  customer_id: z.string(),
  to_phone: z.string(),
  message: z.string(),
  reply_to: z.string().nullish(),
});

const fieldNames: Record<string, string> = {
  customerId: 'customer_id',
  toPhone: 'to_phone',
  replyTo: 'reply_to',
  idempotencyKey: 'Idempotency-Key',
};

const notConfigured = {
  status: 503,
  detail: 'WhatsApp is not configured: the server needs WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_ACCESS_TOKEN.',
};

function parse(body: unknown): object | undefined {
  try {
    const json: unknown = JSON.parse(String(body));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    // What it should have been is said in the answer.
    return undefined;
  }
}

function answer(reply: FastifyReply, entry: Entry) {
  return reply.header('cache-control', 'no-store').send({
    id: String(entry.id),
    status: entry.status,
    ext_message_id: entry.extMessageId,
    failure: failureOf(entry),
    customer_id: entry.conversationId,
    to_phone: entry.phone ?? entry.recipientUserId,
    message: entry.body,
    occurred_at: entry.occurredAt,
    idempotency_key: entry.idempotencyKey,
  });
}
