import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { isDatabaseUnavailable } from '../db/database.ts';

export type Problem = {
  status: number;
  /** For who reads it: what is wrong and what to do. */
  detail: string;
  /** The part of the input that is wrong. */
  field?: string;
  /** Seconds after which another try makes sense. */
  retryAfter?: number;
};

/** Answers with an RFC 9457 problem. */
export function answerProblem(reply: FastifyReply, { status, detail, field, retryAfter }: Problem): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfter)));
  return reply
    .code(status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ title: STATUS_CODES[status], status, detail, ...(field !== undefined && { field }) }));
}

/** Turns every error that a route throws into a problem. Of a fault only its id goes out; the rest is logged. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return answerProblem(reply, { status, detail: error.message });
    if (isDatabaseUnavailable(error)) {
      request.log.warn({ err: error }, 'the database did not answer');
      return answerProblem(reply, {
        status: 503,
        detail: 'The database does not answer at present. Try again in a moment.',
        retryAfter: 2,
      });
    }
    const id = randomUUID();
    request.log.error({ err: error, id }, 'a request failed');
    return answerProblem(reply, { status: 500, detail: `Something went wrong here. It is logged under ${id}.` });
  });
}
