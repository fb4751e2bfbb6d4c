import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { limitSize, MAX_TOKENS } from './limits.ts';

/** A document that may be run, and what it has in common with others. */
export type ReadOperation = {
  document: DocumentNode;
  /** The same for subscriptions that are told the same, wherever each of them begins. */
  groupKey(payload: SubscribePayload): string;
};

const REMEMBERED_DOCUMENTS = 200;

/** Parses and validates; a document that comes again, as after a deploy from every browser, is known. */
export function createReader(schema: GraphQLSchema, { introspection }: { introspection: boolean }) {
  const closed = introspection ? [] : [NoSchemaIntrospectionCustomRule];
  const rules = [...specifiedRules, ...closed, limitSize];
  const known = new Map<string, ReadOperation>();

  return (payload: SubscribePayload): ReadOperation | { errors: readonly GraphQLError[] } => {
    const remembered = known.get(payload.query);
    if (remembered) return remembered;
    let document: DocumentNode;
    try {
      document = parse(payload.query, { maxTokens: MAX_TOKENS });
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [withCode(error, 'GRAPHQL_PARSE_FAILED')] };
      throw error;
    }
    const errors = validate(schema, document, rules);
    if (errors.length > 0) return { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };

    const afterVariable = findAfterVariable(document);
    const operation: ReadOperation = {
      document,
      groupKey({ query, operationName, variables }) {
        const others = Object.entries(variables ?? {}).filter(([name]) => name !== afterVariable);
        return JSON.stringify([query, operationName, others.sort(([a], [b]) => (a < b ? -1 : 1))]);
      },
    };
    known.set(payload.query, operation);
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED_DOCUMENTS) break;
      known.delete(oldest);
    }
    return operation;
  };
}

/** The variable that says where a subscription begins, where it says nothing else. */
function findAfterVariable(document: DocumentNode): string | undefined {
  const uses = new Map<string, number>();
  let after: string | undefined;
  visit(document, {
    Argument({ name, value }) {
      if (name.value === 'after' && value.kind === Kind.VARIABLE) after = value.name.value;
    },
    Variable({ name }, _key, parent) {
      const defines = parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (!defines) uses.set(name.value, (uses.get(name.value) ?? 0) + 1);
    },
  });
  return after !== undefined && uses.get(after) === 1 ? after : undefined;
}

function withCode({ message, source, positions }: GraphQLError, code: string): GraphQLError {
  // Without graphql's suggestions, which tell the schema to those who may not read it.
  return new GraphQLError(message.replace(/ ?Did you mean .*\?$/, ''), {
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}
