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
        contextType: './request-context.ts#RequestContext',
        scalars: { ID: { input: 'string', output: 'string' }, DateTime: { input: 'Date', output: 'Date' } },
        mappers: {
          CommsEntry: '../comms/entry.ts#Entry',
          Conversation: '../comms/conversations.ts#Conversation',
          ConversationState: '../comms/conversations.ts#Conversation',
          Customer: '../comms/customers.ts#Customer',
          Contact: '../comms/customers.ts#Contact',
          Staff: '../auth/staff.ts#Staff',
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
        scalars: { ID: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
