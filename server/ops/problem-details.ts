import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
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
export function answerProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, retryAfter } = problem;
  if (retryAfter !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfter)));
  return reply.code(status).type(TYPE).header('cache-control', 'no-store').send(inJson(problem));
}

/** Answers with one, and hangs up, where there is no request to reply to: it never came whole, or is none. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem = clientProblems[error.code ?? ''] ?? { status: 400, detail: 'This request can’t be read.' };
  const body = inJson(problem);
  if (socket.writable) {
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `content-type: ${TYPE}`,
      'cache-control: no-store',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
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

const TYPE = 'application/problem+json; charset=utf-8';

/** By Node's code. */
const clientProblems: Record<string, Problem> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request took too long to come. Send it again.' },
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The headers of this request are too long.' },
};

function inJson({ status, detail, field }: Problem): string {
  return JSON.stringify({ title: STATUS_CODES[status], status, detail, ...(field !== undefined && { field }) });
}
