import { type ApolloClient, gql, type TypedDocumentNode } from '@apollo/client';
import type { CommsPageQuery, CommsPageQueryVariables } from '../operations.generated.ts';
import type { FeedLog } from './feed-log.ts';
import type { LiveCache } from './live-cache.ts';
import { LIVE_ENTRY } from './live-documents.ts';
import type { CommsPage, TimelineArgs } from './timelines.ts';

const PAGE: TypedDocumentNode<CommsPageQuery, CommsPageQueryVariables> = gql`
  query CommsPage($customerId: ID!, $type: CommsType, $first: Int!, $after: String) {
    customerComms(customerId: $customerId, type: $type, first: $first, after: $after) {
      nodes { ...LiveEntry @unmask }
      pageInfo { hasNextPage endCursor }
      position
    }
  }
  ${LIVE_ENTRY}
`;

type Parts = { client: ApolloClient; cache: LiveCache; log: FeedLog };
type Which = { after?: string | null; first: number };

/** Reads a page of one customer's log, the first or the one after `after`, into its timeline. */
export async function loadComms({ client, cache, log }: Parts, args: TimelineArgs, which: Which): Promise<void> {
  const variables = {
    customerId: args.customerId,
    type: args.type ?? null,
    first: which.first,
    after: which.after ?? null,
  };
  const { data } = await client.query({ query: PAGE, variables, fetchPolicy: 'no-cache' });
  if (!data) throw new Error('The log was asked for, and no answer came');
  const page: CommsPage = data.customerComms;
  cache.takeComms(args, page, which.after ? 'older' : 'first', log.entriesAfter(page.position));
}
