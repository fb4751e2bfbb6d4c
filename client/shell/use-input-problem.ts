import { CombinedGraphQLErrors } from '@apollo/client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { causeOf } from './trouble-cause.ts';

/** Why an input wasn't taken, and which field of the form it is about, where it is about one. */
export type InputProblem = { field: string | undefined; message: string };

type InputProblems = {
  form: RefObject<HTMLFormElement | null>;
  problem: InputProblem | undefined;
  /** The words for this field, where it is the one. */
  problemAt(field: string): string | undefined;
  /** Takes what the server said; undefined forgets it. */
  setError(error: unknown): void;
};

/** What the server doesn't take of a form, to be shown at the field, which gets the focus. */
export function useInputProblem(): InputProblems {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<InputProblem>();
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problem]);
  return {
    form,
    problem,
    problemAt: (field) => (problem?.field === field ? problem.message : undefined),
    setError: (error) => setProblem(error === undefined ? undefined : problemOf(error)),
  };
}

/** What the server said about an input, in its own words. */
export function problemOf(error: unknown): InputProblem {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : undefined;
  const field = first?.extensions?.field;
  return { field: typeof field === 'string' ? field : undefined, message: causeOf(error) };
}
