import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

/** The server's way to say so on a socket. */
const CLOSE_CODE = 4403;

/** Whether an answer, an error or the end of a socket says that there is no session, or no longer. */
export function isSignedOut(reason: unknown): boolean {
  if (ServerError.is(reason)) return reason.statusCode === 401;
  const errors = CombinedGraphQLErrors.is(reason) ? reason.errors : reason;
  if (Array.isArray(errors)) return errors.some((error) => error.extensions?.code === 'UNAUTHENTICATED');
  return typeof reason === 'object' && reason !== null && 'code' in reason && reason.code === CLOSE_CODE;
}
