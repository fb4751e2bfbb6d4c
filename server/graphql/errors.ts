import { randomUUID } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { InvalidCursor } from '../comms/page.ts';
import { isDatabaseUnavailable } from '../db/database.ts';
import type { Logger } from '../ops/logging.ts';

export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'PASSWORD_CHANGE_REQUIRED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'IDEMPOTENCY_CONFLICT'
  | 'WHATSAPP_NOT_CONFIGURED'
  | 'RATE_LIMITED'
  | 'RESYNC_REQUIRED';

const statusOf: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, WHATSAPP_NOT_CONFIGURED: 503 };

/** An outcome that a caller can act on. `field`: the path below the input. */
export function codedError(code: ErrorCode, message: string, extensions: { field?: string } = {}): GraphQLError {
  const status = statusOf[code];
  return new GraphQLError(message, {
    extensions: { code, ...extensions, ...(status !== undefined && { http: { status } }) },
  });
}

export function badInput(field: string, message: string): GraphQLError {
  return codedError('BAD_USER_INPUT', message, { field });
}

/** The whole request fails for want of the database: HTTP 503, and when to try again. */
export function unavailable(cause: Error): GraphQLError {
  const headers = new HeaderMap([['retry-after', '2']]);
  return new GraphQLError(cause.message, { originalError: cause, extensions: { http: { status: 503, headers } } });
}

/** `retryAfter`: the seconds after which another try makes sense. */
export function rateLimited(message: string, retryAfter: number): GraphQLError {
  const headers = new HeaderMap([['retry-after', String(Math.max(1, Math.ceil(retryAfter)))]]);
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } } });
}

/**
 * What goes out of an error, over HTTP and WebSocket alike: the caller's own mistakes as they are; of a fault, no
 * more than the id under which it is logged.
 */
export function maskError(error: unknown, log: Logger): GraphQLFormattedError {
  const outer = error instanceof GraphQLError ? error : undefined;
  const inner = outer?.originalError ?? (outer ? undefined : error);
  const place = {
    ...(outer?.locations && { locations: outer.locations }),
    ...(outer?.path && { path: outer.path }),
  };
  if (inner instanceof InvalidCursor) {
    const message = 'This is no cursor of this list: take one from its pageInfo.';
    return { message, ...place, extensions: { code: 'BAD_USER_INPUT', field: 'after' } };
  }
  if (outer && (inner === undefined || inner instanceof GraphQLError)) {
    const { http: _http, stacktrace: _stack, ...extensions } = outer.extensions;
    return { message: outer.message, ...place, extensions: { code: 'BAD_USER_INPUT', ...extensions } };
  }
  const id = randomUUID();
  const trouble = isDatabaseUnavailable(inner);
  log[trouble ? 'warn' : 'error']({ err: inner, id }, 'a GraphQL field failed');
  return {
    message: trouble
      ? 'The database does not answer at present. Try again in a moment.'
      : `Something went wrong here. It is logged under ${id}.`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  };
}
