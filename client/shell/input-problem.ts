import { CombinedGraphQLErrors } from '@apollo/client';
import { causeOf } from './trouble-cause.ts';

/** Why an input wasn't taken, and which field of the form it is about, where it is about one. */
export type InputProblem = { field: string | undefined; message: string };

export function inputProblemOf(error: unknown): InputProblem {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : undefined;
  const field = first?.extensions?.field;
  return { field: typeof field === 'string' ? field : undefined, message: causeOf(error) };
}
