import { readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { CommsEntry, EntryReference, Reaction } from './comms-entry.ts';
import { Conversation, ConversationState, LinkedSender } from './conversation.ts';
import { Contact, Customer } from './customer.ts';
import { DateTime } from './date-time.ts';
import { Mutation } from './mutation.ts';
import { ParkedDelivery, ParkedMutation, ParkedQuery } from './parked.ts';
import { requirePasswordChange } from './password-change.ts';
import { Query } from './query.ts';
import { QuickReplyMutation, QuickReplyQuery } from './quick-reply.ts';
import { Subscription } from './subscription.ts';
import { TeamMutation, TeamQuery } from './team.ts';

/** `schema.graphql` with its resolvers. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    resolvers: {
      Query: { ...Query, ...ParkedQuery, ...QuickReplyQuery, ...TeamQuery },
      Mutation: { ...Mutation, ...ParkedMutation, ...QuickReplyMutation, ...TeamMutation },
      Subscription,
      CommsEntry,
      EntryReference,
      Reaction,
      Conversation,
      ConversationState,
      LinkedSender,
      Customer,
      Contact,
      ParkedDelivery,
      DateTime,
    },
  });
  return requirePasswordChange(schema);
}
