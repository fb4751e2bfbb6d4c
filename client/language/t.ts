import type greek from './el.json';
import english from './en.json';
import { language, locale } from './language.ts';
import { learnSpoken } from './spoken.ts';

/** What there is a translation of: el.json has it, by the English text. */
export type Text = keyof typeof greek extends infer Key
  ? Key extends `${infer Counts}_${Form}`
    ? Counts
    : Key
  : never;
/** Texts that count have both, in en.json too. */
type Form = 'one' | 'other';

/** The names of what has to be put into a text: `name` of "{{name}}, your account". */
export type Gaps<Sentence> = Sentence extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Gaps<Rest> : never;
type Values<Sentence> = { [Gap in Gaps<Sentence>]: Gap extends 'count' ? number : string };

let texts: Record<string, string> = english;
const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(locale);

export const GAP = /{{(\w+)}}/g;

/**
 * A text of the page in the reader's language; the English one is the key. Not to be called before something is drawn,
 * as a module's own constants would: see `loadTranslation`. What the server says goes through `spoken`.
 */
export function t<Key extends string>(
  text: Key & Text,
  ...[values]: [Gaps<Key>] extends [never] ? [] : [values: Values<Key>]
): string {
  const put: Record<string, string | number> = values ?? {};
  return template(text, put.count).replace(GAP, (gap, name: string) => {
    const value = put[name] ?? gap;
    return typeof value === 'number' ? number.format(value) : value;
  });
}

/** The same, with its gaps open. */
export function template(text: Text, count?: string | number): string {
  const form = typeof count === 'number' ? `${text}_${plural.select(count)}` : text;
  return texts[form] ?? text;
}

/** To be awaited before anything is drawn. */
export async function loadTranslation(): Promise<void> {
  document.documentElement.lang = language;
  if (language !== 'el') return;
  try {
    const [page, server] = await Promise.all([import('./el.json'), import('./el.server.json')]);
    texts = page.default;
    learnSpoken(server.default);
  } catch (error) {
    // Better in English than not at all.
    document.documentElement.lang = 'en';
    console.error('The translation could not be loaded', error);
  }
}
