import { markFound } from './mark-found.ts';

/** The part of a text in which something was found, with the words marked. */
export function Found({ text, search }: { text: string; search: string }) {
  return markFound(text, search).map(({ at, part, found }) => (found ? <mark key={at}>{part}</mark> : part));
}
