/** A text as the server's search compares it: without case and accents. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');
}

/** Whether each word that was typed begins one of the text. */
export function beginsSo(text: string, typed: string): boolean {
  const words = folded(text).split(/[\s,]+/);
  return folded(typed)
    .split(/\s+/)
    .every((begun) => words.some((word) => word.startsWith(begun)));
}
