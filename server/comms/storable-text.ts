/** Text as PostgreSQL takes it: NULs and lone surrogates become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Whether a text can be in the database at all; an id that can't is nobody's. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}
