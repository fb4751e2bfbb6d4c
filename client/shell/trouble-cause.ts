import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

/** Why something failed, in words for staff. */
export function causeOf(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) return error.errors[0]?.message ?? 'The server said no.';
  if (ServerError.is(error)) {
    return error.statusCode === 429
      ? 'Too many requests at once. Wait a moment.'
      : 'The server has a problem at the moment.';
  }
  return navigator.onLine ? 'The server can’t be reached.' : 'You are offline.';
}
