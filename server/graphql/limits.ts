import { type DocumentNode, GraphQLError, Kind, type SelectionSetNode, type ValidationRule, visit } from 'graphql';

/** The longest document that is parsed at all, over either door. */
export const MAX_TOKENS = 2_000;

/** Subscriptions that one socket may have open at a time. */
export const MAX_OPERATIONS_PER_SOCKET = 50;

/** Sockets that one person may have open at a time: many tabs and programs, but not a flood. */
export const MAX_SOCKETS_PER_PERSON = 2_000;

/** The largest document of our own client has 60 fields, 4 deep, with 3 at the root. */
const MAX_FIELDS = 500;
const MAX_ROOT_FIELDS = 20;
const MAX_DEPTH = 12;
const MAX_DIRECTIVES = 50;

/**
 * Refuses a document that asks for too much, over either door; each field counts as often as it is asked for, by
 * whatever alias or fragment.
 */
export const limitSize: ValidationRule = (context) => ({
  Document(document) {
    const excess = excessOf(document);
    if (excess === undefined) return undefined;
    context.reportError(new GraphQLError(`This document has ${excess}: ask for less, or in several requests.`));
    // Takes the document from the other rules, which need long for just these.
    return null;
  },
});

function excessOf(document: DocumentNode): string | undefined {
  const sizeOf = createMeasure(document);
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    const { fields, rootFields, depth } = sizeOf(definition.selectionSet);
    if (fields > MAX_FIELDS) return `more than ${MAX_FIELDS} fields`;
    if (definition.kind === Kind.FRAGMENT_DEFINITION) continue;
    if (rootFields > MAX_ROOT_FIELDS) return `more than ${MAX_ROOT_FIELDS} fields at its root`;
    if (depth > MAX_DEPTH) return `selections in more than ${MAX_DEPTH} levels`;
  }
  return countDirectives(document) > MAX_DIRECTIVES ? `more than ${MAX_DIRECTIVES} directives` : undefined;
}

type Size = { fields: number; rootFields: number; depth: number };

/** Measures each fragment once, however often it is used; one that is in itself is left to validation. */
function createMeasure(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  const known = new Map<SelectionSetNode, Size>();
  return sizeOf;

  function sizeOf(selectionSet: SelectionSetNode | undefined): Size {
    if (!selectionSet) return { fields: 0, rootFields: 0, depth: 0 };
    const measured = known.get(selectionSet);
    if (measured) return measured;
    const size = { fields: 0, rootFields: 0, depth: 1 };
    known.set(selectionSet, size);
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        // Introspection is either closed or a developer's, and deep by nature.
        const inner = sizeOf(selection.name.value.startsWith('__') ? undefined : selection.selectionSet);
        size.fields += 1 + inner.fields;
        size.rootFields += 1;
        size.depth = Math.max(size.depth, 1 + inner.depth);
      } else {
        const inner = sizeOf(
          selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value),
        );
        size.fields += inner.fields;
        size.rootFields += inner.rootFields;
        size.depth = Math.max(size.depth, 1 + inner.depth);
      }
    }
    return size;
  }
}

function countDirectives(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Directive() {
      count += 1;
    },
  });
  return count;
}
