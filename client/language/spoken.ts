let sentences: { pattern: RegExp; translation: string }[] = [];

/** A sentence of the server's, translated where it is one that is known, as it is otherwise. */
export function spoken(sentence: string): string {
  for (const { pattern, translation } of sentences) {
    const values = pattern.exec(sentence)?.slice(1);
    if (values) return translation.replace(/{{(\d)}}/g, (_, place: string) => values[Number(place)] ?? '');
  }
  return sentence;
}

/** Takes the server's sentences with their translations; {{0}}, {{1}} stand for what differs from time to time. */
export function learnSpoken(translations: Record<string, string>): void {
  sentences = Object.entries(translations).map(([sentence, translation]) => ({
    pattern: new RegExp(
      `^${sentence
        .split(/{{\d}}/)
        .map(literally)
        .join('(.+)')}$`,
    ),
    translation,
  }));
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
