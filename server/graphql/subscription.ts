import type { GraphQLFieldResolver } from 'graphql';
import type { CommsType } from '../comms/entry.ts';
import type { AppContext } from '../context.ts';
import type { Wanted } from './fan-out.ts';
import type { SharedContext } from './request-context.ts';

/** What a subscription starts from: the subscriber is made where its socket is known. */
export type SubscriptionContext = {
  app: AppContext;
  subscribe(wanted: Wanted, after: string | undefined): Promise<void>;
};

export const Subscription = {
  commsLogged: {
    async subscribe(
      _: unknown,
      { customerId, type, after }: { customerId?: string | null; type?: CommsType | null; after?: string | null },
      context: SubscriptionContext,
    ) {
      const wanted: Wanted = { field: 'commsLogged', customerId: customerId ?? undefined, type: type ?? undefined };
      await context.subscribe(wanted, after ?? undefined);
      return nothing();
    },
    resolve: eventOf('commsLogged'),
  },
  inboxChanged: {
    async subscribe(_: unknown, { after }: { after?: string | null }, context: SubscriptionContext) {
      await context.subscribe({ field: 'inboxChanged' }, after ?? undefined);
      return nothing();
    },
    resolve: eventOf('inboxChanged'),
  },
};

/** GraphQL wants a stream; the subscriber is told past it. */
async function* nothing(): AsyncGenerator<never> {}

function eventOf(field: Wanted['field']): GraphQLFieldResolver<Record<string, unknown>, SharedContext> {
  return (root) => root[field];
}
