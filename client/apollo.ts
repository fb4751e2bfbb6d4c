import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';
import { tap } from 'rxjs';
import type { LiveCache } from './live/live-cache.ts';
import { isSignedOut } from './session/signed-out.ts';
import { setServerClock } from './shell/server-clock.ts';

declare module '@apollo/client' {
  export interface TypeOverrides extends GraphQLCodegenDataMasking.TypeOverrides {}
}

/** Queries and mutations; what is live comes by `live/`. A component sees the fields that it asked for, and no others. */
export function createApolloClient(cache: LiveCache, onSignedOut: () => void): ApolloClient {
  const noticeSignOut = new ErrorLink(({ error }) => {
    if (isSignedOut(error)) onSignedOut();
  });
  const readClock = new ApolloLink((operation, forward) =>
    forward(operation).pipe(tap(() => setServerClock(operation.getContext().response?.headers.get('date')))),
  );
  return new ApolloClient({
    cache,
    dataMasking: true,
    link: ApolloLink.from([noticeSignOut, readClock, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
  });
}
