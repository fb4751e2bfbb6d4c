import { readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { CommsEntry } from './comms-entry.ts';
import { Conversation, ConversationState } from './conversation.ts';
import { Contact, Customer } from './customer.ts';
import { DateTime } from './date-time.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

/** `schema.graphql` with its resolvers. */
export function createSchema(): GraphQLSchema {
  return makeExecutableSchema({
    typeDefs: readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    resolvers: {
      Query,
      Mutation,
      Subscription,
      CommsEntry,
      Conversation,
      ConversationState,
      Customer,
      Contact,
      DateTime,
    },
  });
}
