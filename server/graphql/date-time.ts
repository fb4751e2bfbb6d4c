import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** An instant: a `Date` here, ISO 8601 in UTC outside. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});

/** With its offset, without which it would be in the server's own zone; and of a day that there is. */
const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function parse(value: unknown): Date {
  const [text, day] = (typeof value === 'string' && INSTANT.exec(value)) || [];
  const date = text === undefined ? undefined : new Date(text);
  if (!date || Number.isNaN(date.getTime()) || !new Date(`${day}T00:00Z`).toJSON()?.startsWith(`${day}T`)) {
    throw new GraphQLError('A DateTime is written like 2026-11-22T17:04:05.000Z.');
  }
  return date;
}
