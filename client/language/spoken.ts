let known: { pattern: RegExp; translation: string }[] = [];

/** What the server says, in the reader's language; a sentence that isn't known stays as it is. */
export function spoken(words: string): string {
  return (
    translated(words) ??
    words
      .split(SENTENCE_END)
      .map((sentence) => translated(sentence) ?? sentence)
      .join(' ')
  );
}

/** Takes the server's sentences with their translations; {{0}}, {{1}} stand for what differs from time to time. */
export function learnSpoken(translations: Record<string, string>): void {
  known = Object.entries(translations).map(([sentence, translation]) => ({
    pattern: new RegExp(
      `^${sentence
        .split(/{{\d}}/)
        .map(literally)
        .join('(.+)')}$`,
    ),
    translation,
  }));
}

const SENTENCE_END = /(?<=\.) (?=[A-Z(])/;

function translated(sentence: string): string | undefined {
  for (const { pattern, translation } of known) {
    const values = pattern.exec(sentence)?.slice(1);
    if (values) return translation.replace(/{{(\d)}}/g, (_, place: string) => values[Number(place)] ?? '');
  }
  return undefined;
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
