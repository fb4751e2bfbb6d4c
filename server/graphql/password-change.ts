import { defaultFieldResolver, type GraphQLError, type GraphQLSchema } from 'graphql';
import { codedError } from './errors.ts';
import type { PersonalContext } from './request-context.ts';

const OPEN_BEFORE = new Set(['me', 'myAccount', 'changePassword']);

/** Until a one-time password is changed, every query and mutation is closed to its owner but the few for that. */
export function requirePasswordChange(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (OPEN_BEFORE.has(field.name)) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, context: PersonalContext, info) => {
        if (context.session.mustChangePassword) throw passwordChangeRequired();
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}

export function passwordChangeRequired(): GraphQLError {
  return codedError('PASSWORD_CHANGE_REQUIRED', 'Change your one-time password first.');
}
