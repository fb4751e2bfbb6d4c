import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';
import type { LiveCache } from './live/live-cache.ts';
import { isSignedOut } from './session/signed-out.ts';

declare module '@apollo/client' {
  export interface TypeOverrides extends GraphQLCodegenDataMasking.TypeOverrides {}
}

/** Queries and mutations; what is live comes by `live/`. A component sees the fields that it asked for, and no others. */
export function createApolloClient(cache: LiveCache, onSignedOut: () => void): ApolloClient {
  const noticeSignOut = new ErrorLink(({ error }) => {
    if (isSignedOut(error)) onSignedOut();
  });
  return new ApolloClient({
    cache,
    dataMasking: true,
    link: ApolloLink.from([noticeSignOut, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
  });
}
