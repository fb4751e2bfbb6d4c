import { Fragment, type ReactNode } from 'react';
import { GAP, type Gaps, type Text, template } from './t.ts';

type Props<Key> = { text: Key & Text; parts: Record<Gaps<Key>, ReactNode> };

/** A whole sentence with something drawn in it, where its language has it: a name that keeps its direction, a time. */
export function Sentence<Key extends string>({ text, parts }: Props<Key>) {
  const drawn: Record<string, ReactNode> = parts;
  return template(text)
    .split(GAP)
    .map((piece, at) => (at % 2 === 0 ? piece : <Fragment key={piece}>{drawn[piece]}</Fragment>));
}
