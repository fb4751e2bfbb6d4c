import type { CodegenConfig } from '@graphql-codegen/cli';

/** `schema.graphql` is written by hand; every type that follows from it is generated here. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'server/graphql/schema.generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'unknown',
        contextType: './request-context.ts#SharedContext',
        scalars: { ID: { input: 'string', output: 'string' }, DateTime: { input: 'Date', output: 'Date' } },
        mappers: {
          CommsEntry: '../comms/entry.ts#Entry as EntryRow',
          EntryReference: '../comms/entry.ts#Entry as EntryRow',
          Reaction: '../comms/entry.ts#EntryReaction as ReactionRow',
          Conversation: '../comms/conversations.ts#Conversation as ConversationRow',
          ConversationState: '../comms/conversations.ts#Conversation as ConversationRow',
          Customer: '../comms/customers.ts#Customer as CustomerRow',
          Contact: '../comms/customers.ts#Contact as ContactRow',
          ParkedDelivery: '../comms/parked.ts#ParkedDelivery as ParkedDeliveryRow',
          LinkedSender: '../comms/linked-senders.ts#LinkedSender as LinkedSenderRow',
          Staff: '../auth/staff.ts#Staff as StaffRow',
        },
      },
    },
    'client/operations.generated.ts': {
      documents: ['client/**/*.{ts,tsx}', '!client/operations.generated.ts'],
      plugins: ['typescript-operations'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        inlineFragmentTypes: 'mask',
        customDirectives: { apolloUnmask: true },
        scalars: { ID: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
