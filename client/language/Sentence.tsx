import type { ParseKeys } from 'i18next';
import { Fragment, type ReactNode } from 'react';
import { t } from './language.ts';

/** A whole sentence with something drawn in it, where its language has it: a name that keeps its direction, a time. */
export function Sentence({ text, parts }: { text: ParseKeys; parts: Record<string, ReactNode> }) {
  const pieces = t(text, { skipInterpolation: true }).split(/{{(\w+)}}/);
  return pieces.map((piece, at) => (at % 2 === 0 ? piece : <Fragment key={at}>{parts[piece]}</Fragment>));
}
