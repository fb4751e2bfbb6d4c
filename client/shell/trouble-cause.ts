import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';

/** Why something failed, in words for staff. */
export function causeOf(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) return spoken(error.errors[0]?.message ?? 'The server said no.');
  if (ServerError.is(error)) {
    return error.statusCode === 429
      ? t('Too many requests at once. Wait a moment.')
      : t('The server has a problem at the moment.');
  }
  return navigator.onLine ? t('The server can’t be reached.') : t('You are offline.');
}
