import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLSchema, type ValidationRule } from 'graphql';
import { headersOf } from '../auth/auth-routes.ts';
import { settleIfPossible } from '../comms/settling.ts';
import type { AppContext } from '../context.ts';
import { isDatabaseUnavailable } from '../db/database.ts';
import { codedError, maskError, unavailable } from './errors.ts';
import { limitSize, MAX_TOKENS } from './limits.ts';
import { type PersonalContext, personalContext } from './request-context.ts';

const noSubscription: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    if (operation.operation !== 'subscription') return;
    context.reportError(new GraphQLError('Subscriptions are served over WebSocket.', { nodes: operation }));
  },
});

/** GraphQL over HTTP: queries and mutations, signed in. */
export async function registerGraphQLOverHttp(
  fastify: FastifyInstance,
  app: AppContext,
  schema: GraphQLSchema,
): Promise<void> {
  const apollo = new ApolloServer<PersonalContext>({
    schema,
    introspection: !app.config.production,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [limitSize, noSubscription],
    // Apollo's own start and stop messages are the program's to tell.
    logger: { debug() {}, info() {}, warn: (text) => app.log.warn(text), error: (text) => app.log.error(text) },
    formatError: (_, error) => maskError(error, app.log),
    stopOnTerminationSignals: false,
    plugins: [
      fastifyApolloDrainPlugin(fastify),
      // It looks at every field that is answered, to say `no-store` of all of them.
      ApolloServerPluginCacheControlDisabled(),
      // Nobody is shown anything without having signed in.
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();

  fastify.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler(apollo, {
      async context(request, reply) {
        reply.header('cache-control', 'no-store');
        const [session] = await Promise.all([
          app.auth.sessionOf(headersOf(request.headers), (cookies) => {
            reply.header('set-cookie', cookies);
          }),
          settleIfPossible(app.database, app.log),
        ]).catch((error: unknown) => {
          throw error instanceof Error && isDatabaseUnavailable(error) ? unavailable(error) : error;
        });
        if (!session) throw codedError('UNAUTHENTICATED', 'Sign in first.');
        return personalContext(app, session);
      },
    }),
  });
}
