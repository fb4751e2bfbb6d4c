import { folded } from '../language/folded.ts';

type Findable = { shortcut: string; text: string };

/** The best first: by the shortcut's beginning, by letters of it in their order, by the words of the text. */
export function matchQuickReplies<Reply extends Findable>(replies: readonly Reply[], typed: string): Reply[] {
  const wanted = folded(typed);
  return replies
    .map((reply) => ({ reply, rank: rankOf(reply, wanted) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ reply }) => reply);
}

function rankOf({ shortcut, text }: Findable, wanted: string): number | undefined {
  const name = folded(shortcut);
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  if (hasInOrder(name, wanted)) return 2;
  const words = folded(text);
  if (words.includes(wanted)) return 3;
  // Not anywhere in a text, where any letters can be found in some order.
  return words.split(/\s+/).some((word) => word[0] === wanted[0] && hasInOrder(word, wanted)) ? 4 : undefined;
}

function hasInOrder(word: string, letters: string): boolean {
  let at = -1;
  return [...letters].every((letter) => {
    at = word.indexOf(letter, at + 1);
    return at >= 0;
  });
}
