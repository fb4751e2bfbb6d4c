/** The word at the caret that begins with a slash. */
export type SlashWord = { start: number; end: number; typed: string };

export function slashWordIn({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): SlashWord | undefined {
  if (selectionStart !== selectionEnd) return undefined;
  const [before] = /\S*$/.exec(value.slice(0, selectionStart)) ?? [''];
  const [after] = /^\S*/.exec(value.slice(selectionStart)) ?? [''];
  if (!before.startsWith('/')) return undefined;
  const word = before + after;
  // A second slash makes it a path.
  if (word.includes('/', 1)) return undefined;
  const start = selectionStart - before.length;
  return { start, end: start + word.length, typed: word.slice(1) };
}
