import { CombinedGraphQLErrors } from '@apollo/client';

/** Whether the server says that it is for admins. */
export function isForbidden(error: unknown): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === 'FORBIDDEN');
}
