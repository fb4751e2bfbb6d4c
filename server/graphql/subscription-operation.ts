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
  /** The same for subscriptions that show an event alike, whichever events each of them wants. */
  executionKey(payload: SubscribePayload): string;
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
    const shownVariables = findShownVariables(document);
    const operation: ReadOperation = {
      document,
      groupKey: (payload) => keyOf(payload, (name) => name !== afterVariable),
      executionKey: (payload) => keyOf(payload, (name) => shownVariables.has(name)),
    };
    known.set(payload.query, operation);
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED_DOCUMENTS) break;
      known.delete(oldest);
    }
    return operation;
  };
}

function keyOf({ query, operationName, variables }: SubscribePayload, counts: (name: string) => boolean): string {
  const counting = Object.entries(variables ?? {}).filter(([name]) => counts(name));
  return JSON.stringify([query, operationName, counting.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Where in a document the arguments of what is subscribed to are. */
const ROOT_ARGUMENT_PATH = ['definitions', 0, 'selectionSet', 'selections', 0, 'arguments', 0];

/** The variables that say more than which events are wanted. */
function findShownVariables(document: DocumentNode): Set<string> {
  const shown = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Argument(_node, _key, _parent, path, [, , definition]) {
      const ofOperation = definition && 'kind' in definition && definition.kind === Kind.OPERATION_DEFINITION;
      return ofOperation && path.length === ROOT_ARGUMENT_PATH.length && path[5] === 'arguments' ? false : undefined;
    },
    Variable({ name }) {
      shown.add(name.value);
    },
  });
  return shown;
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
